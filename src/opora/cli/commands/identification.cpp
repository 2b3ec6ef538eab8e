#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/identifying.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/methodology_remarks.hpp"
#include "opora/cli/territory.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/names.hpp"
#include "opora/wording/parameter_words.hpp"
#include "opora/wording/uncertainty.hpp"

namespace opora::cli {

namespace {

using application::Methodology;
using model::Listing;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    std::string methodology;
    int year = 0;
    std::optional<std::string> territory;
    std::vector<std::string> only;
    std::vector<std::string> settings;
    bool no_probability = false;
    OutputOptions output;
};

application::IdentifyOptions options_of(const Arguments& arguments) {
    application::IdentifyOptions options{.year = {arguments.year},
                                         .territory = {},
                                         .probabilities = !arguments.no_probability,
                                         .derive = {}};
    if (arguments.territory) options.territory = model::TerritoryId{*arguments.territory};
    return options;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

bool wanted(const Arguments& arguments, model::Verdict verdict) {
    return arguments.only.empty() ||
           std::ranges::find(arguments.only, model::code(verdict)) != arguments.only.end();
}

wording::Table listing_table(const model::SchoolList& list, const Arguments& arguments) {
    wording::Table table{.title = "Перечень",
                         .columns = {{"school_id", "Код школы"},
                                     {"school_name", "Школа"},
                                     {"outcome", "Вывод"},
                                     {"probability", "Вероятность", ColumnStyle::percent},
                                     {"reliability", "Надёжность"},
                                     {"rules_met", "Выполнены правила"},
                                     {"year", "Год"},
                                     {"methodology", "Методика"},
                                     {"version", "Версия"},
                                     {"teacher_id", "Педагог"},
                                     {"notes", "Примечания"}}};
    for (const Listing& one : list.listings) {
        if (!wanted(arguments, one.verdict)) continue;
        table.rows.push_back(
            {one.school.value, one.school_name, std::string{model::code(one.verdict)},
             one.probability ? TableCell{*one.probability} : TableCell{},
             std::string{model::code(one.reliability)}, joined(one.rules_met, ";"),
             std::int64_t{list.year.ending}, list.methodology.value, list.version,
             one.teacher.value.empty() ? TableCell{} : TableCell{one.teacher.value},
             joined(one.notes, "; ")});
    }
    return table;
}

/// Rules as a document counts them: «A, B», «п. VII 1.1, п. VII 3.1».
std::string rules_for_people(const std::vector<std::string>& rules, const rules::Pack& pack) {
    std::vector<std::string> names;
    for (const std::string& id : rules) {
        const auto rule = std::ranges::find(pack.rules, id, &rules::Rule::id);
        const bool by_clause =
            !wording::is_letter(id) && rule != pack.rules.end() && !rule->clause.empty();
        names.push_back(by_clause ? wording::clause_words(rule->clause) : id);
    }
    return joined(names, ", ");
}

/// For people: the verdict in words, without the columns that are the same in every row.
wording::Table readable_table(const model::SchoolList& list, const Arguments& arguments,
                              const rules::Pack& pack) {
    const bool teachers = rules::for_teachers(pack);
    wording::Table table{.title = "Перечень",
                         .columns = {{"school_id", "Код школы"}, {"school_name", "Школа"}}};
    if (teachers) table.columns.push_back({"teacher_id", "Педагог"});
    table.columns.insert(table.columns.end(), {{"outcome", "Вывод"},
                                               {"reliability", "Надёжность"},
                                               {"rules_met", "Выполнены правила"},
                                               {"notes", "Примечания"}});
    for (const Listing& one : list.listings) {
        if (!wanted(arguments, one.verdict)) continue;
        std::vector<TableCell> row{one.school.value, one.school_name};
        if (teachers) row.emplace_back(one.teacher.value);
        row.insert(row.end(), {std::string{model::title(one.verdict)},
                               std::string{wording::reliability_words(one)},
                               rules_for_people(one.rules_met, pack), joined(one.notes, "; ")});
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::int64_t count(const model::SchoolList& list, model::Verdict verdict) {
    return std::ranges::count(list.listings, verdict, &Listing::verdict);
}

std::string closing_line(const model::SchoolList& list, bool teachers) {
    const auto everyone = std::ssize(list.listings);
    const auto listed = count(list, model::Verdict::listed);
    std::string text = fmt::format(
        "{}: в перечне {} из {} ({})", list.methodology.value, listed,
        base::counted(everyone, teachers ? base::PluralForms{"педагога", "педагогов", "педагогов"}
                                         : base::PluralForms{"школы", "школ", "школ"}),
        base::percent({listed, std::max<std::int64_t>(everyone, 1)}));
    const auto add = [&](model::Verdict verdict, std::string_view words) {
        if (const auto number = count(list, verdict)) {
            text += fmt::format("; {} {} ({})", words, number,
                                base::percent({number, std::max<std::int64_t>(everyone, 1)}));
        }
    };
    add(model::Verdict::watch, "под наблюдением");
    add(model::Verdict::unknown, "недостаточно данных");
    add(model::Verdict::excluded, "не рассматриваются");
    if (!list.clusters.empty()) text += fmt::format(". Кластеры: {}", list.clusters);
    return text + fmt::format(". Методика версии {}, снимок данных {}.", list.version,
                              list.snapshot.substr(0, 12));
}

int identify(const application::Adapters& adapters, const Arguments& arguments) {
    const auto methodology =
        application::find_methodology(adapters, arguments.methodology, arguments.directory);
    if (!methodology) return refuse(methodology.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());

    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    application::Basis basis{*store, *scales};
    const model::SchoolList list =
        application::identify(basis, *methodology, options_of(arguments));
    const bool teachers = rules::for_teachers(methodology->pack);
    const bool for_people = *format == Format::table;
    const auto written = write_table(for_people ? readable_table(list, arguments, methodology->pack)
                                                : listing_table(list, arguments),
                                     arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) {
        say(closing_line(list, teachers));
        const std::string uncertainty = wording::uncertainty_sentences(list);
        if (!uncertainty.empty()) say(uncertainty);
    }
    return done;
}

/// What the reliability adds to a verdict in a narrow cell.
std::string_view doubt_words(const Listing& listing) {
    switch (listing.reliability) {
        case model::Reliability::unsure:
            return "ненадёжно";
        case model::Reliability::borderline:
            return "пограничная";
        case model::Reliability::none:
        case model::Reliability::sure:
        case model::Reliability::no_data:
            return "";
    }
    return "";
}

/// A verdict in a column of many: «да: A, B», «да: 5 правил», «наблюдение»; nothing for a school
/// that is not listed.
std::string verdict_in_short(const Listing& one) {
    switch (one.verdict) {
        case model::Verdict::listed: {
            constexpr std::size_t rules_named_max = 2;
            const bool few = one.rules_met.size() <= rules_named_max;
            const bool letters = std::ranges::all_of(one.rules_met, wording::is_letter);
            if (few && letters) return "да: " + joined(one.rules_met, ", ");
            return "да: " +
                   base::counted(std::ssize(one.rules_met), {"правило", "правила", "правил"});
        }
        case model::Verdict::watch:
            return "наблюдение";
        case model::Verdict::not_listed:
            return "";
        case model::Verdict::unknown:
            return "нет данных";
        case model::Verdict::excluded:
            return "не рассм.";
    }
    return "";
}

/// The same with its doubt: «да: A; ненадёжно», «пограничная».
TableCell short_verdict(const Listing& one) {
    const std::string verdict = verdict_in_short(one);
    const std::string_view doubt = doubt_words(one);
    if (verdict.empty() && doubt.empty()) return {};
    const std::string_view between = verdict.empty() || doubt.empty() ? "" : "; ";
    return fmt::format("{}{}{}", verdict, between, doubt);
}

wording::Table compare_table(const std::vector<Methodology>& methodologies,
                             const std::vector<model::SchoolList>& lists, bool for_people) {
    wording::Table table{.title = "Сравнение методик",
                         .columns = {{"school_id", "Код школы"}, {"school_name", "Школа"}}};
    for (const Methodology& one : methodologies) {
        table.columns.push_back({one.pack.document.id, one.pack.document.id});
    }
    if (lists.empty()) return table;
    for (std::size_t i = 0; i < lists.front().listings.size(); ++i) {
        const Listing& school = lists.front().listings[i];
        std::vector<TableCell> row{school.school.value, school.school_name};
        for (std::size_t k = 0; k < lists.size(); ++k) {
            const Listing& one = lists[k].listings[i];
            if (for_people) {
                row.push_back(short_verdict(one));
                continue;
            }
            std::string text{model::code(one.verdict)};
            if (one.verdict == model::Verdict::listed) {
                text += fmt::format(" ({})", joined(one.rules_met, ";"));
            }
            row.emplace_back(std::move(text));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// Methodologies that judge teachers are compared by schools: their unit is switched where the pack
/// allows it.
std::vector<Methodology> judging_schools(std::vector<Methodology> all) {
    for (Methodology& one : all) {
        if (!rules::for_teachers(one.pack) || one.pack.unit.parameter.empty()) continue;
        auto schools = rules::with_parameter(one.pack, one.pack.unit.parameter, "school");
        if (schools) one.pack = std::move(*schools);
    }
    std::erase_if(all, [](const Methodology& one) { return rules::for_teachers(one.pack); });
    return all;
}

int compare(const application::Adapters& adapters, const Arguments& arguments) {
    auto all = application::shipped_methodologies(adapters);
    if (!all) return refuse(all.error());
    const std::vector<Methodology> methodologies = judging_schools(std::move(*all));
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());

    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    application::Basis basis{*store, *scales};
    std::vector<model::SchoolList> lists;
    for (const Methodology& one : methodologies) {
        lists.push_back(application::identify(basis, one, options_of(arguments)));
    }
    const bool for_people = *format == Format::table;
    const auto written =
        write_table(compare_table(methodologies, lists, for_people), arguments.output);
    if (!written) return refuse(written.error());
    if (!for_people) return done;
    say("да — в перечне, с выполненными правилами; — не в перечне; «не рассм.» — методика к школе "
        "не "
        "относится. Почему: opora explain.");
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const rules::Decision& decision = methodologies[i].pack.decision;
        const bool no_rules = !decision.listing && !decision.official_list;
        std::string text = no_rules ? fmt::format("{}: правил выявления нет, только отметки.",
                                                  lists[i].methodology.value)
                                    : closing_line(lists[i], false);
        if (decision.official_list) {
            text += " Правил выявления в источнике нет: берётся официальный список.";
        }
        say(text + methodology_remarks(methodologies[i].pack, arguments.year));
    }
    return done;
}

wording::Table change_table(const std::vector<application::VerdictChange>& changes,
                            const rules::Pack& pack, bool for_people) {
    wording::Table table{
        .title = "Что изменится",
        .columns = {{"school_id", "Код школы"},
                    {"school_name", "Школа"},
                    {"teacher_id", "Педагог"},
                    {"before", "Сейчас"},
                    {"after", "Станет"},
                    {"rules_met_before", "Правила сейчас"},
                    {"rules_met_after", "Правила станут"},
                    {"probability_before", "Вероятность сейчас", ColumnStyle::percent},
                    {"probability_after", "Вероятность станет", ColumnStyle::percent}}};
    const auto verdict = [for_people](const Listing& one) {
        return std::string{for_people ? model::title(one.verdict) : model::code(one.verdict)};
    };
    const auto rules_of = [&](const Listing& one) {
        return for_people ? rules_for_people(one.rules_met, pack) : joined(one.rules_met, ";");
    };
    const auto probability = [](const Listing& one) {
        return one.probability ? TableCell{*one.probability} : TableCell{};
    };
    for (const auto& [before, after] : changes) {
        table.rows.push_back(
            {after->school.value, after->school_name,
             after->teacher.value.empty() ? TableCell{} : TableCell{after->teacher.value},
             verdict(*before), verdict(*after), rules_of(*before), rules_of(*after),
             probability(*before), probability(*after)});
    }
    return table;
}

std::vector<std::string> spoken(const Methodology& methodology,
                                const application::Adapters& adapters,
                                const std::vector<std::string>& settings) {
    std::vector<std::string> words;
    for (const std::string& one : settings) {
        words.push_back(wording::setting_words(methodology.pack, one, adapters.subjects));
    }
    return words;
}

int whatif(const application::Adapters& adapters, const Arguments& arguments) {
    const auto methodology =
        application::find_methodology(adapters, arguments.methodology, arguments.directory);
    if (!methodology) return refuse(methodology.error());
    const auto changed = application::with_parameters(*methodology, arguments.settings);
    if (!changed) return refuse(changed.error());
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    if (rules::for_teachers(methodology->pack) != rules::for_teachers(changed->pack)) {
        return refuse(base::Error{.code = "unit_changed",
                                  .message =
                                      "списки школ и педагогов не сравниваются: сделайте два "
                                      "списка командой identify"});
    }
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto territory = expect_territory(arguments.territory, *store);
    if (!territory) return refuse(territory.error());
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    application::Basis basis{*store, *scales};
    const auto before = application::identify(basis, *methodology, options_of(arguments));
    const auto after = application::identify(basis, *changed, options_of(arguments));
    const bool for_people = *format == Format::table;
    const auto written =
        write_table(change_table(application::changes(before, after), changed->pack, for_people),
                    arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) {
        say(fmt::format("В перечне сейчас {}, станет {}. Изменено: {}.",
                        count(before, model::Verdict::listed), count(after, model::Verdict::listed),
                        joined(spoken(*methodology, adapters, arguments.settings), "; ")));
        const std::string now = wording::uncertainty_sentences(before);
        const std::string then = wording::uncertainty_sentences(after);
        if (!now.empty()) say("Сейчас. " + now);
        if (!then.empty()) say("Станет. " + then);
    }
    return done;
}

CLI::App* add_reading(CommandLine& line, Arguments& arguments, const char* name,
                      const char* description) {
    auto* command = line.app.add_subcommand(name, description);
    add_directory(*command, arguments.directory);
    command->add_option("--year", arguments.year, "Год окончания учебного года")
        ->required()
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_option("--territory", arguments.territory, "Только школы этой территории");
    command->add_flag("--no-probability", arguments.no_probability,
                      "Не считать вероятности: перечень без надёжности");
    add_output_options(*command, arguments.output);
    return command;
}

void add_methodology(CLI::App& command, Arguments& arguments) {
    command.add_option("--methodology", arguments.methodology, "Методика или файл .yaml")
        ->required();
}

}  // namespace

void add_identification_commands(CommandLine& line) {
    auto identifying = std::make_shared<Arguments>();
    auto* command = add_reading(line, *identifying, "identify", "Составить перечень по методике");
    add_methodology(*command, *identifying);
    command
        ->add_option("--only", identifying->only,
                     "Только эти выводы: listed, watch, not_listed, unknown, excluded")
        ->delimiter(',')
        ->check(CLI::IsMember({"listed", "watch", "not_listed", "unknown", "excluded"}));
    command->footer("Пример: opora identify район --methodology federal-2025 --year 2024");
    command->callback([&line, identifying] {
        line.action = [&line, identifying] { return identify(line.adapters, *identifying); };
    });

    auto comparing = std::make_shared<Arguments>();
    command = add_reading(line, *comparing, "compare", "Сравнить выводы всех методик");
    command->footer("Пример: opora compare район --year 2024");
    command->callback([&line, comparing] {
        line.action = [&line, comparing] { return compare(line.adapters, *comparing); };
    });

    auto trying = std::make_shared<Arguments>();
    command = add_reading(line, *trying, "whatif", "Показать, что даст другое значение параметра");
    add_methodology(*command, *trying);
    command->add_option("--set", trying->settings, "ПАРАМЕТР=ЗНАЧЕНИЕ, можно несколько")
        ->required();
    command->footer(
        "Пример: opora whatif район --methodology federal-2025 --year 2024 --set low_limit=35%");
    command->callback([&line, trying] {
        line.action = [&line, trying] { return whatif(line.adapters, *trying); };
    });
}

}  // namespace opora::cli
