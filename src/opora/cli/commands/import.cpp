#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <span>
#include <tuple>

#include "opora/application/importing.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"

namespace opora::cli {

namespace {

constexpr base::PluralForms rows_forms{"строка", "строки", "строк"};
constexpr std::size_t errors_shown_max = 50;

struct Arguments {
    std::filesystem::path directory;
    std::vector<std::filesystem::path> files;
    std::string kind;
    bool preview = false;
    std::string rows = "all-or-nothing";
    std::optional<std::int64_t> changes_max;
    bool full = false;
    std::optional<int> year;
};

/// What concerns the whole file or a sheet comes first: it may be the cause of all the rest.
base::Errors files_first(base::Errors errors) {
    std::ranges::stable_partition(errors, [](const base::Error& one) { return !one.place.row; });
    return errors;
}

/// The same mistake in several rows: said once, with the other rows.
struct Repeated {
    base::Error error;
    std::vector<std::int64_t> other_rows;
};

std::vector<Repeated> without_repeats(base::Errors errors) {
    std::vector<Repeated> all;
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>,
             std::size_t>
        place_of;
    for (base::Error& error : errors) {
        const auto [known, added] = place_of.try_emplace(
            {error.code, error.message, error.place.sheet, error.place.column, error.found},
            all.size());
        if (added || !error.place.row) {
            all.push_back({std::move(error), {}});
        } else {
            all[known->second].other_rows.push_back(*error.place.row);
        }
    }
    return all;
}

std::string other_rows(const std::vector<std::int64_t>& rows) {
    constexpr std::size_t rows_shown = 10;
    if (rows.empty()) return "";
    const auto shown = std::span{rows}.first(std::min(rows.size(), rows_shown));
    return fmt::format(
        " — и в {} {}{}", rows.size() == 1 ? "строке" : "строках", fmt::join(shown, ", "),
        rows.size() > rows_shown ? fmt::format(" … (ещё {})", rows.size() - rows_shown)
                                 : std::string{});
}

void show(const base::Errors& all, const char* word, const char* where_all_are) {
    const std::vector<Repeated> errors = without_repeats(files_first(all));
    for (std::size_t i = 0; i < errors.size() && i < errors_shown_max; ++i) {
        std::fprintf(stderr, "%s: %s%s [%s]\n", word, base::describe(errors[i].error).c_str(),
                     other_rows(errors[i].other_rows).c_str(), errors[i].error.code.c_str());
    }
    if (errors.size() > errors_shown_max) {
        std::fprintf(stderr, "… и ещё %zu%s\n", errors.size() - errors_shown_max, where_all_are);
    }
}

std::string counts(const application::ImportPreview& preview) {
    return fmt::format("добавится {}, изменится {}, исчезнет {}, без изменений {}, с ошибками {}",
                       base::grouped(preview.added), base::grouped(preview.changed),
                       base::grouped(preview.vanished), base::grouped(preview.unchanged),
                       base::grouped(preview.refused));
}

void show_preview(const std::string& file, const application::ImportReport& report) {
    say(fmt::format("{}: вид {}; {}", file, report.kind, counts(report.preview)));
    constexpr std::size_t examples_max = 20;
    for (const std::string& example : report.preview.examples) say("  " + example);
    if (report.preview.examples.size() == examples_max) say("  …");
    if (report.preview.outranked) {
        say("  есть протоколы этих школ: форма будет храниться, но в расчёт не войдёт");
    }
}

void show_stored(const std::string& file, const application::ImportReport& report) {
    if (!report.receipt && report.preview.rows == 0) {
        say(fmt::format("{}: вид {}; строк с данными нет, загружать нечего", file, report.kind));
        return;
    }
    if (!report.receipt) {
        say(fmt::format("{}: вид {}; всё это уже загружено, ничего не изменено", file,
                        report.kind));
        return;
    }
    const ports::ImportReceipt& receipt = *report.receipt;
    say(fmt::format(
        "{}: вид {}; загружено: {} (добавлено {}, изменено {}, исчезло {}), отказано {}", file,
        report.kind, base::counted(receipt.rows_accepted, rows_forms), base::grouped(receipt.added),
        base::grouped(receipt.changed), base::grouped(receipt.vanished),
        base::grouped(receipt.rows_refused)));
    if (report.preview.outranked) {
        say("  есть протоколы этих школ: форма сохранена, но в расчёт не войдёт");
    }
    say(fmt::format("id: {}", receipt.number));
}

/// How the command is repeated when the objection does not hold.
void show_way_out(const application::ImportReport& report) {
    if (report.objection->code == "rows_refused") {
        say("Или загрузите сначала только верные строки (--rows good), а потом исправленные.");
    }
    if (report.objection->code == "mass_change") {
        say(fmt::format("С этими изменениями: --max-changes {}",
                        report.preview.changed + report.preview.vanished));
    }
}

/// The file of refused rows holds what must come with them, and nothing else: of a file that was
/// not loaded at all it brings only a part.
void show_failed_file(const application::ImportReport& report) {
    const std::string path = report.failed_file->string();
    if (!report.objection) {
        say(fmt::format("Отказанные строки с причинами: {}. Исправьте их и загрузите этот файл.",
                        path));
        return;
    }
    say(
        fmt::format("Строки с ошибками и причины: {}. Исправьте их в своём файле и загрузите его "
                    "снова.",
                    path));
}

application::ImportRequest request_of(const CommandLine& line, const Arguments& arguments,
                                      const std::filesystem::path& file) {
    application::ImportRequest request{.directory = arguments.directory, .file = file};
    if (!arguments.kind.empty()) request.kind = arguments.kind;
    if (arguments.year) request.year = model::SchoolYear{*arguments.year};
    request.preview_only = arguments.preview;
    request.options = {.rows = arguments.rows == "good" ? application::RowPolicy::good
                                                        : application::RowPolicy::all_or_nothing,
                       .changes_max = arguments.changes_max,
                       .full = arguments.full,
                       .actor = line.adapters.actor};
    return request;
}

int import_one(application::Importer& importer, const Arguments& arguments,
               const application::ImportRequest& request) {
    const auto report = importer.import(request);
    if (!report) return refuse(report.error());
    show(report->warnings, "внимание", "");
    show(report->errors, "ошибка",
         report->failed_file ? "; все причины — в файле отказанных строк" : "");
    const std::string name = request.file.filename().string();
    if (arguments.preview) {
        show_preview(name, *report);
    } else if (!report->objection) {
        show_stored(name, *report);
    }
    if (report->failed_file) show_failed_file(*report);
    if (report->objection) {
        show_way_out(*report);
        return refuse(*report->objection);
    }
    return report->errors.empty() ? int{done} : int{data_refused};
}

int import_all(const CommandLine& line, const Arguments& arguments) {
    const auto mode = arguments.preview ? ports::OpenMode::read : ports::OpenMode::write;
    const auto store = line.adapters.open_store(arguments.directory, mode);
    application::Importer importer{line.adapters, *store};
    std::vector<application::ImportRequest> requests;
    for (const auto& file : arguments.files) requests.push_back(request_of(line, arguments, file));
    int status = done;
    for (const std::size_t i : application::import_order(line.adapters, requests)) {
        status = std::max(status, import_one(importer, arguments, requests[i]));
    }
    return status;
}

}  // namespace

void add_import_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("import", "Загрузить файлы: протоколы, формы, реестры");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("FILE", arguments->files, "Файлы xlsx, csv или parquet")->required();
    command->add_option("--as", arguments->kind, "Вид файла, если он определён неверно");
    command
        ->add_option("--year", arguments->year,
                     "Учебный год файла, в котором он не указан: год окончания")
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_flag("--preview", arguments->preview, "Только показать, что изменится");
    command
        ->add_option("--rows", arguments->rows,
                     "all-or-nothing: файл целиком или никак; good: только верные строки")
        ->check(CLI::IsMember({"all-or-nothing", "good"}));
    command->add_option("--max-changes", arguments->changes_max,
                        "Сколько изменённых и исчезнувших строк допустить");
    command->add_flag("--full", arguments->full, "Реестр полный: чего нет в файле, то удалить");
    command->footer("Пример: opora import район «Ф1 МА5.xlsx» --preview");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return import_all(line, *arguments); };
    });
}

}  // namespace opora::cli
