#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/form_differences.hpp"
#include "opora/application/import.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

wording::Table imports_table(const std::vector<ports::ImportReceipt>& imports) {
    using wording::ColumnStyle;
    wording::Table table{.title = "Загрузки",
                         .columns = {{"import", "№", ColumnStyle::whole},
                                     {"time", "Время (UTC)"},
                                     {"kind", "Вид"},
                                     {"file", "Файл"},
                                     {"rows_accepted", "Принято строк", ColumnStyle::whole},
                                     {"rows_refused", "Отказано", ColumnStyle::whole},
                                     {"added", "Добавлено", ColumnStyle::whole},
                                     {"changed", "Изменено", ColumnStyle::whole},
                                     {"vanished", "Исчезло", ColumnStyle::whole},
                                     {"actor", "Кто"},
                                     {"undone", "Отменена"}}};
    for (const ports::ImportReceipt& receipt : imports) {
        table.rows.push_back({receipt.number, receipt.time, receipt.kind, receipt.file,
                              receipt.rows_accepted, receipt.rows_refused, receipt.added,
                              receipt.changed, receipt.vanished, receipt.actor, receipt.undone});
    }
    return table;
}

wording::Table forms_table(const std::vector<application::FormDifference>& differences) {
    using wording::ColumnStyle;
    wording::Table table{.title = "Расхождения сводных форм",
                         .columns = {{"school_id", "Школа"},
                                     {"year", "Год"},
                                     {"type", "Процедура"},
                                     {"subject", "Предмет"},
                                     {"grade", "Класс", ColumnStyle::whole},
                                     {"counts", "Расхождение (сначала форма)"},
                                     {"form_file", "Сводная форма"},
                                     {"form_row", "Строка формы", ColumnStyle::whole},
                                     {"other_file", "Расходится с файлом"},
                                     {"protocol", "Это протокол"}}};
    for (const application::FormDifference& one : differences) {
        const model::Procedure& work = one.procedure;
        table.rows.push_back({one.school.value, std::to_string(work.year.ending),
                              std::string{model::code(work.type)}, work.subject.value,
                              std::int64_t{work.grade}, one.counts, one.form_file,
                              std::int64_t{one.form_row}, one.other_file, one.protocol});
    }
    return table;
}

void add_init(CommandLine& line) {
    auto* command = line.app.add_subcommand("init", "Создать пустую рабочую папку");
    auto directory = std::make_shared<std::filesystem::path>();
    add_directory(*command, *directory);
    command->footer("Пример: opora init район");
    command->callback([&line, directory] {
        line.action = [&line, directory] {
            line.adapters.open_store(*directory, ports::OpenMode::create);
            say(
                fmt::format("Рабочая папка создана: {}. Дальше загрузите реестр школ: "
                            "opora template schools, затем opora import",
                            directory->string()));
            return int{done};
        };
    });
}

void add_imports(CommandLine& line) {
    struct Arguments {
        std::filesystem::path directory;
        bool forms = false;
        OutputOptions output;
    };
    auto* command = line.app.add_subcommand("imports", "Показать загрузки и их итоги");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_flag("--forms", arguments->forms,
                      "Показать, в чём сводные формы расходятся с протоколами и между собой");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora imports район --forms");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto store =
                line.adapters.open_store(arguments->directory, ports::OpenMode::read);
            const auto written =
                write_table(arguments->forms ? forms_table(application::form_differences(*store))
                                             : imports_table(store->register_store().imports()),
                            arguments->output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

void add_undo(CommandLine& line) {
    struct Arguments {
        std::filesystem::path directory;
        std::int64_t number = 0;
    };
    auto* command = line.app.add_subcommand("undo", "Отменить загрузку и вернуть прежние данные");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("IMPORT", arguments->number, "Номер загрузки (см. opora imports)")
        ->required();
    command->footer("Пример: opora undo район 7");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto store =
                line.adapters.open_store(arguments->directory, ports::OpenMode::write);
            const auto undone =
                store->register_store().undo(arguments->number, line.adapters.actor);
            if (!undone) return refuse(undone.error());
            say(fmt::format("Загрузка {} отменена, прежние данные снова в силе.",
                            arguments->number));
            return int{done};
        };
    });
}

}  // namespace

void add_store_commands(CommandLine& line) {
    add_init(line);
    add_imports(line);
    add_undo(line);
}

}  // namespace opora::cli
