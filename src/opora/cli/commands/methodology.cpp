#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/methodologies.hpp"
#include "opora/cli/command.hpp"
#include "opora/wording/parameter_words.hpp"

namespace opora::cli {

namespace {

using application::Methodology;

std::string date_text(const std::chrono::year_month_day& date) {
    return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string in_force(const rules::Document& document) {
    std::string text = "с " + date_text(document.in_force_from);
    if (document.in_force_to) text += " по " + date_text(*document.in_force_to);
    return text;
}

std::string how_it_lists(const rules::Pack& pack) {
    if (pack.decision.listing) return pack.decision.listing_text;
    return pack.decision.official_list ? "правил выявления нет: список вносится"
                                       : "списка не составляет: только отметки";
}

/// For people; the expression itself stays in csv and json and in `methodology show`.
std::string who_is_listed(const rules::Pack& pack) {
    if (pack.decision.official_list) return "школы официального списка";
    if (!pack.decision.listing) return "никто: только отметки";
    return rules::for_teachers(pack) ? "педагоги, по правилам" : "школы, по правилам";
}

wording::Table list_table(const std::vector<Methodology>& all, bool for_people) {
    wording::Table table{.title = "Методики",
                         .columns = {{"methodology", "Методика"},
                                     {"version", "Версия"},
                                     {"title", "Название"},
                                     {"in_force", "Действует"},
                                     {"rules", "Правил", wording::ColumnStyle::whole},
                                     {"listing", "Кто попадает в список"}}};
    for (const Methodology& one : all) {
        const rules::Pack& pack = one.pack;
        table.rows.push_back({pack.document.id, pack.document.version, pack.document.title,
                              in_force(pack.document), std::ssize(pack.rules),
                              for_people ? who_is_listed(pack) : how_it_lists(pack)});
    }
    return table;
}

using Subjects = std::map<model::SubjectCode, std::string>;

/// «достаточно любого из условий (a_or_b)»: the words for a reader, the name for --set.
std::string reading(const rules::Parameter& parameter, const rules::ParameterValue& value,
                    const Subjects& subjects) {
    std::string words = wording::value_words(parameter, value, subjects);
    if (!std::holds_alternative<rules::Choice>(value)) return words;
    return fmt::format("{} ({})", words, rules::to_text(value));
}

wording::Table parameter_table(const rules::Pack& pack, const Subjects& subjects) {
    wording::Table table{.title = "Параметры",
                         .columns = {{"parameter", "Параметр"},
                                     {"value", "Значение"},
                                     {"other", "Другие прочтения"},
                                     {"clause", "Пункт"},
                                     {"evidence", "Основание"},
                                     {"title", "Смысл"}}};
    for (const rules::Parameter& parameter : pack.parameters) {
        std::string other;
        for (const rules::ParameterValue& value : parameter.other) {
            if (!other.empty()) other += "; ";
            other += reading(parameter, value, subjects);
        }
        table.rows.push_back({parameter.name, reading(parameter, parameter.value, subjects), other,
                              parameter.clause, parameter.evidence, parameter.title});
    }
    return table;
}

std::string summary(const rules::Pack& pack, const Subjects& subjects) {
    const rules::Document& document = pack.document;
    std::string text =
        fmt::format("{} (методика {}, версия {})\nИздатель: {}\nДействует {}\n", document.title,
                    document.id, document.version, document.issuer, in_force(document));
    text += fmt::format("Список: {}\n", how_it_lists(pack));
    for (const rules::Rule& rule : pack.rules) {
        text += fmt::format("\n{} {} (пункт {}): {}\n", rule.flag ? "Отметка" : "Правило", rule.id,
                            rule.clause, rule.title);
        if (!rule.applies_text.empty()) text += fmt::format("  к кому: {}\n", rule.applies_text);
        text += fmt::format("  условие: {}\n", rule.when_text);
    }
    if (!pack.parameters.empty())
        text += "\n" + wording::text_table(parameter_table(pack, subjects));
    if (!pack.notes.empty()) text += "\nЧто источник оставляет открытым:\n";
    for (const rules::Note& note : pack.notes) {
        text += fmt::format("- {} ({}){}\n", note.what, note.clause,
                            note.parameter.empty() ? "" : ": параметр " + note.parameter);
    }
    return text;
}

struct Arguments {
    std::string id;
    bool yaml = false;
    OutputOptions output;
};

void add_list(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("list", "Показать методики программы");
    auto output = std::make_shared<OutputOptions>();
    add_output_options(*command, *output);
    command->callback([&line, output] {
        line.action = [&line, output] {
            const auto all = application::shipped_methodologies(line.adapters);
            if (!all) return refuse(all.error());
            const auto format = format_of(*output);
            if (!format) return refuse(format.error());
            const auto written = write_table(list_table(*all, *format == Format::table), *output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

void add_show(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("show", "Показать методику: правила, параметры, пробелы");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("ID", arguments->id, "Методика или файл .yaml")->required();
    command->add_flag("--yaml", arguments->yaml, "Сам файл методики: скопировать и изменить");
    command->add_option("--out", arguments->output.out, "Записать в файл");
    command->footer("Пример: opora methodology show federal-2025 --yaml --out моя.yaml");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto found = application::find_methodology(line.adapters, arguments->id);
            if (!found) return refuse(found.error());
            const auto written = write_text(
                arguments->yaml ? found->text : summary(found->pack, line.adapters.subjects),
                arguments->output.out);
            return written ? int{done} : refuse(written.error());
        };
    });
}

void add_check(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("check", "Проверить файл методики, показать все ошибки");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->id, "Файл .yaml")->required();
    command->footer("Пример: opora methodology check моя.yaml");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto found = application::find_methodology(line.adapters, arguments->id);
            if (!found) return refuse(found.error());
            say(fmt::format("Методика {} версии {}: ошибок нет.", found->pack.document.id,
                            found->pack.document.version));
            return int{done};
        };
    });
}

}  // namespace

void add_methodology_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("methodology", "Методики: список, показ, проверка");
    command->require_subcommand(1);
    command->footer("Пример: opora methodology list");
    add_list(line, *command);
    add_show(line, *command);
    add_check(line, *command);
}

}  // namespace opora::cli
