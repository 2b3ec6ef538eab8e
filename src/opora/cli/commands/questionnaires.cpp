#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/risk_factors.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

using model::Questionnaire;
using wording::ColumnStyle;

struct Arguments {
    std::string code;
    std::optional<std::filesystem::path> directory;
    bool yaml = false;
    OutputOptions output;
};

wording::Table list_table(const model::FactorCatalogue& catalogue) {
    wording::Table table{.title = "Анкеты",
                         .columns = {{"questionnaire", "Код"},
                                     {"title", "Анкета"},
                                     {"group", "Кто отвечает"},
                                     {"official", "От имени школы"},
                                     {"version", "Версия", ColumnStyle::whole},
                                     {"questions", "Вопросов", ColumnStyle::whole},
                                     {"note", "Примечание"}}};
    for (const Questionnaire& one : catalogue.questionnaires) {
        table.rows.push_back({one.code.value, one.title, std::string{model::title(one.group)},
                              one.official, std::int64_t{one.version},
                              std::int64_t{std::ssize(one.items)}, one.note});
    }
    return table;
}

std::string joined(const std::vector<model::FactorCode>& factors) {
    std::string text;
    for (const model::FactorCode& factor : factors)
        text += (text.empty() ? "" : ", ") + factor.value;
    return text;
}

wording::Table question_table(const Questionnaire& questionnaire) {
    wording::Table table{.title = questionnaire.title,
                         .columns = {{"item", "Код"},
                                     {"text", "Вопрос"},
                                     {"factors", "О каких факторах"},
                                     {"unfavourable", "Неблагоприятные ответы"},
                                     {"answers", "Все ответы"},
                                     {"weight", "Вес", ColumnStyle::whole}}};
    for (const model::QuestionnaireItem& item : questionnaire.items) {
        std::string answers;
        std::string unfavourable;
        for (const model::ScaleAnswer& answer : questionnaire.scale(item.scale)->answers) {
            answers += (answers.empty() ? "" : ", ") + answer.title;
            if (answer.side == item.problem)
                unfavourable += (unfavourable.empty() ? "" : ", ") + answer.title;
        }
        table.rows.push_back({item.code.value, item.text, joined(item.factors), unfavourable,
                              answers, std::int64_t{item.weight}});
    }
    return table;
}

base::Error unknown_questionnaire(const std::string& code) {
    return {.code = "questionnaire_unknown",
            .message = "такой анкеты нет; коды показывает opora questionnaires list",
            .found = code};
}

int show(const application::Adapters& adapters, const Arguments& arguments) {
    if (arguments.yaml) {
        const auto text = adapters.factor_texts.find("questionnaires/" + arguments.code + ".yaml");
        if (text == adapters.factor_texts.end())
            return refuse(unknown_questionnaire(arguments.code));
        const auto written = write_text(text->second, arguments.output.out);
        return written ? int{done} : refuse(written.error());
    }
    const auto catalogue = application::factor_catalogue(adapters, arguments.directory);
    if (!catalogue) return refuse(catalogue.error());
    const Questionnaire* one = catalogue->questionnaire({arguments.code});
    if (one == nullptr) return refuse(unknown_questionnaire(arguments.code));
    const auto written = write_table(question_table(*one), arguments.output);
    return written ? int{done} : refuse(written.error());
}

void add_list(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("list", "Показать анкеты");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--dir", arguments->directory, "Рабочая папка со своими анкетами");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora questionnaires list");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto catalogue =
                application::factor_catalogue(line.adapters, arguments->directory);
            if (!catalogue) return refuse(catalogue.error());
            const auto written = write_table(list_table(*catalogue), arguments->output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

void add_show(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("show", "Показать вопросы анкеты и факторы");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("CODE", arguments->code, "Код анкеты")->required();
    command->add_option("--dir", arguments->directory, "Рабочая папка со своими анкетами");
    command->add_flag("--yaml", arguments->yaml, "Сам файл анкеты: скопировать и изменить");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora questionnaires show pupils");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show(line.adapters, *arguments); };
    });
}

void add_template(CommandLine& line, CLI::App& parent) {
    auto* command = parent.add_subcommand("template", "Записать файл для ответов на одну анкету");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("CODE", arguments->code, "Код анкеты")->required();
    command->add_option("--dir", arguments->directory, "Рабочая папка со своими анкетами");
    command->add_option("--out", arguments->output.out, "Куда записать (.xlsx или .csv)");
    command->footer("Пример: opora questionnaires template pupils --out ответы.xlsx");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const std::string kind = "answers-" + arguments->code;
            const auto out = arguments->output.out.value_or(std::filesystem::path{kind + ".xlsx"});
            const auto written =
                line.adapters.files->write_template(kind, out, arguments->directory);
            if (!written) {
                return refuse(written.error().code == "kind_unknown"
                                  ? unknown_questionnaire(arguments->code)
                                  : written.error());
            }
            say(fmt::format("Шаблон записан: {}", out.string()));
            return int{done};
        };
    });
}

}  // namespace

void add_questionnaires_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("questionnaires", "Анкеты: список, вопросы, шаблоны");
    command->require_subcommand(1);
    command->footer("Пример: opora questionnaires list");
    add_list(line, *command);
    add_show(line, *command);
    add_template(line, *command);
}

}  // namespace opora::cli
