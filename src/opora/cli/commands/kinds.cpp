#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

void add_kinds(CommandLine& line) {
    auto* command =
        line.app.add_subcommand("kinds", "Показать виды файлов, которые можно загрузить");
    auto output = std::make_shared<OutputOptions>();
    add_output_options(*command, *output);
    command->footer("Пример: opora kinds");
    command->callback([&line, output] {
        line.action = [&line, output] {
            wording::Table table{.title = "Виды файлов",
                                 .columns = {{"kind", "Вид"},
                                             {"title", "Название"},
                                             {"template", "Шаблон"},
                                             {"description", "Что это"}}};
            for (const ports::FileKind& kind : line.adapters.files->kinds()) {
                table.rows.push_back({kind.code, kind.title, kind.has_template, kind.description});
            }
            const auto written = write_table(table, *output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

void add_template(CommandLine& line) {
    struct Arguments {
        std::string kind;
        std::filesystem::path out;
    };
    auto* command = line.app.add_subcommand("template", "Записать шаблон файла для заполнения");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("KIND", arguments->kind, "Вид файла (см. opora kinds)")->required();
    command->add_option("--out", arguments->out, "Куда записать (.xlsx или .csv)");
    command->footer("Пример: opora template schools --out школы.xlsx");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const std::filesystem::path out = arguments->out.empty()
                                                  ? std::filesystem::path{arguments->kind + ".xlsx"}
                                                  : arguments->out;
            const auto written = line.adapters.files->write_template(arguments->kind, out, {});
            if (!written) {
                const int status = refuse(written.error());
                return written.error().code == "kind_unknown" ? int{wrong_usage} : status;
            }
            say(fmt::format("Шаблон записан: {}", out.string()));
            return int{done};
        };
    });
}

}  // namespace

void add_kind_commands(CommandLine& line) {
    add_kinds(line);
    add_template(line);
}

}  // namespace opora::cli
