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

/// On a terminal a table cuts long cells: what needs attention stands below it, whole.
wording::Table readable_table(const std::vector<ports::Check>& checks) {
    wording::Table table = table_of(checks, true);
    table.columns.pop_back();
    for (std::size_t i = 0; i < checks.size(); ++i) {
        table.rows[i].pop_back();
        if (checks[i].health != ports::Health::good) table.rows[i].back() = "см. ниже";
    }
    return table;
}

std::string troubles_of(const std::vector<ports::Check>& checks) {
    std::string text;
    for (const ports::Check& one : checks) {
        if (one.health == ports::Health::good) continue;
        text += fmt::format("\n{}: {}\n", one.title, one.finding);
        if (!one.advice.empty()) text += fmt::format("  Что сделать: {}\n", one.advice);
    }
    return text;
}

base::Result<base::Done> write_checks(const std::vector<ports::Check>& checks,
                                      const OutputOptions& output) {
    const Format format = OPORA_TRY(format_of(output));
    if (format == Format::table) {
        return write_text(wording::text_table(readable_table(checks)) + troubles_of(checks),
                          output.out);
    }
    return write_table(table_of(checks, format == Format::xlsx), output);
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
            const auto written = write_checks(checks, arguments->output);
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
