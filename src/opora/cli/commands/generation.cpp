#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "opora/application/importing.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

/// «2021-2024» or «2024».
base::Result<std::pair<model::SchoolYear, model::SchoolYear>> read_years(const std::string& text) {
    int first = 0;
    int last = 0;
    const char* end = text.data() + text.size();
    const auto one = std::from_chars(text.data(), end, first);
    last = first;
    bool good = one.ec == std::errc{};
    if (good && one.ptr != end) {
        good = *one.ptr == '-';
        const auto two = std::from_chars(one.ptr + 1, end, last);
        good = good && two.ec == std::errc{} && two.ptr == end;
    }
    good =
        good && model::year_min.ending <= first && first <= last && last <= model::year_max.ending;
    if (!good) {
        return base::Unexpected{base::Error{.code = "years_wrong",
                                            .message = "не понят период --years",
                                            .expected = "год или годы, например 2021-2024",
                                            .found = text}};
    }
    return std::pair{model::SchoolYear{first}, model::SchoolYear{last}};
}

void add_generate(CommandLine& line) {
    struct Arguments {
        application::GenerateRequest request;
        std::string years;
    };
    auto* command = line.app.add_subcommand(
        "generate", "Создать вымышленную территорию с заранее известной правдой");
    auto arguments = std::make_shared<Arguments>();
    auto& request = arguments->request;
    command->add_option("OUT", request.out, "Папка для файлов")->required();
    command->add_option("--schools", request.schools, "Число школ")
        ->required()
        ->check(CLI::Range(1, 100'000));
    command->add_option("--years", arguments->years, "Учебные годы, например 2021-2024")
        ->required();
    command->add_option("--protocols", request.protocols, "Примерное число результатов за год");
    command->add_option("--seed", request.seed, "Начальное число: одно и то же даёт те же файлы");
    command->add_flag("--natural", request.natural,
                      "Оставить школы на границе низких результатов там, где они есть");
    command
        ->add_option("--distorted", request.distorted,
                     "Доля школ с искажёнными результатами, от 0 до 1: для проверки признаков "
                     "необъективности")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--layout", request.layout, "files, csv или parquet")
        ->check(CLI::IsMember({"files", "csv", "parquet"}));
    command->footer("Пример: opora generate область --schools 500 --years 2022-2024 --seed 7");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto years = read_years(arguments->years);
            if (!years) {
                refuse(years.error());
                return int{wrong_usage};
            }
            std::tie(arguments->request.first, arguments->request.last) = *years;
            const auto written = line.adapters.generate(arguments->request);
            if (!written) return refuse(written.error());
            say(*written);
            return int{done};
        };
    });
}

int make_demo(const application::Adapters& adapters, const std::filesystem::path& directory) {
    const auto store = adapters.open_store(directory, ports::OpenMode::create);
    application::Importer importer{adapters, *store};
    std::int64_t rows = 0;
    const auto files = adapters.write_demo_files(directory / "files");
    for (const std::filesystem::path& file : files) {
        const auto report = importer.import(
            {.directory = directory, .file = file, .options = {.actor = adapters.actor}});
        if (!report) return refuse(report.error());
        if (report->objection) {
            refuse(report->errors);
            return refuse(*report->objection);
        }
        rows += report->preview.rows;
    }
    say(fmt::format(
        "Демонстрационный район создан: {} (вымышленные школы и люди). Загружено {}, {}.",
        directory.string(), base::counted(std::ssize(files), {"файл", "файла", "файлов"}),
        base::counted(rows, {"строка", "строки", "строк"})));
    return done;
}

/// Whether the district was made there before: its files lie beside its store.
bool is_demo(const std::filesystem::path& directory) {
    return std::filesystem::exists(directory / "opora.format") &&
           std::filesystem::exists(directory / "files" / "README.txt");
}

void add_demo(CommandLine& line) {
    auto* command = line.app.add_subcommand("demo", "Создать демонстрационный район из 20 школ");
    struct Arguments {
        application::ServeRequest request;
        bool serve = false;
    };
    auto arguments = std::make_shared<Arguments>();
    arguments->request.demo_accounts = true;
    add_directory(*command, arguments->request.directory);
    command->add_flag("--serve", arguments->serve,
                      "Открыть район в браузере, с учётной записью на каждую роль");
    command->add_option("--port", arguments->request.port, "Порт; 0: любой свободный")
        ->check(CLI::Range(0, 65535));
    command->footer("Пример: opora demo район --serve");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const bool made = arguments->serve && is_demo(arguments->request.directory);
            const int status =
                made ? int{done} : make_demo(line.adapters, arguments->request.directory);
            if (status != done || !arguments->serve) return status;
            const auto served = line.adapters.serve(arguments->request);
            return served ? int{done} : refuse(served.error());
        };
    });
}

}  // namespace

void add_generation_commands(CommandLine& line) {
    add_demo(line);
    add_generate(line);
}

}  // namespace opora::cli
