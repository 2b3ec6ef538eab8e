#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "opora/application/examination.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

std::string size_of(std::int64_t bytes) {
    constexpr double megabyte = 1e6;
    std::string text = fmt::format("{:.1f}", static_cast<double>(bytes) / megabyte);
    std::ranges::replace(text, '.', ',');
    return text + " МБ";
}

void add_backup(CommandLine& line) {
    struct Arguments {
        std::filesystem::path directory;
        std::filesystem::path file;
    };
    auto* command = line.app.add_subcommand(
        "backup", "Сделать резервную копию рабочей папки; работу других она не прерывает");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("FILE", arguments->file, "Новый файл копии")->required();
    command->footer("Пример: opora backup район район-2026-11-26.zip");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto made = line.adapters.back_up(arguments->directory, arguments->file);
            say(fmt::format(
                "Копия записана и проверена: {}\nФайлов: {}, данных: {}. Ключ журнала действий в "
                "копию не входит: храните его отдельно.",
                arguments->file.string(), made.files, size_of(made.bytes)));
            return int{done};
        };
    });
}

void add_restore(CommandLine& line) {
    struct Arguments {
        std::filesystem::path file;
        std::filesystem::path directory;
    };
    auto* command =
        line.app.add_subcommand("restore", "Восстановить рабочую папку из резервной копии");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "Файл копии")->required();
    command->add_option("DIR", arguments->directory, "Новая или пустая папка")->required();
    command->footer("Пример: opora restore район-2026-11-26.zip район-восстановлен");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto made = line.adapters.restore(arguments->file, arguments->directory);
            say(
                fmt::format("Папка восстановлена: {}\nКопия от {} (UTC), файлов: {}, данных: {}. "
                            "Проверить её: opora doctor {}",
                            arguments->directory.string(), made.taken, made.files,
                            size_of(made.bytes), arguments->directory.string()));
            return int{done};
        };
    });
}

std::string title(ports::Health health) {
    switch (health) {
        case ports::Health::good:
            return "в порядке";
        case ports::Health::attention:
            return "обратите внимание";
        case ports::Health::broken:
            break;
    }
    return "неисправно";
}

std::string code(ports::Health health) {
    switch (health) {
        case ports::Health::good:
            return "good";
        case ports::Health::attention:
            return "attention";
        case ports::Health::broken:
            break;
    }
    return "broken";
}

wording::Table table_of(const std::vector<ports::Check>& checks, bool for_people) {
    wording::Table table{.title = "Состояние рабочей папки",
                         .columns = {{"check", "Проверка"},
                                     {"health", "Состояние"},
                                     {"finding", "Что найдено"},
                                     {"advice", "Что сделать"}}};
    for (const ports::Check& one : checks) {
        table.rows.push_back({for_people ? one.title : one.code,
                              for_people ? title(one.health) : code(one.health), one.finding,
                              one.advice});
    }
    return table;
}

void add_doctor(CommandLine& line) {
    struct Arguments {
        std::filesystem::path directory;
        OutputOptions output;
    };
    auto* command = line.app.add_subcommand(
        "doctor", "Проверить рабочую папку: диск, реестр, журнал, файлы результатов");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora doctor район");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto checks = application::examine(line.adapters, arguments->directory);
            const auto format = format_of(arguments->output);
            if (!format) return refuse(format.error());
            const bool for_people = *format == Format::table || *format == Format::xlsx;
            const auto written = write_table(table_of(checks, for_people), arguments->output);
            if (!written) return refuse(written.error());
            const bool broken = std::ranges::any_of(checks, [](const ports::Check& one) {
                return one.health == ports::Health::broken;
            });
            return broken ? int{data_refused} : int{done};
        };
    });
}

}  // namespace

void add_maintenance_commands(CommandLine& line) {
    add_backup(line);
    add_restore(line);
    add_doctor(line);
}

}  // namespace opora::cli
