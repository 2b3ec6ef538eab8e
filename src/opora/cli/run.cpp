#include "opora/cli/run.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>

#include "opora/base/system_words.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/usage.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::cli {

namespace {

/// The file or folder that was named does not suit the command: the store itself is well.
bool is_wrong_choice(const ports::StorageError& error) {
    constexpr std::array codes{"not_found", "bad_path", "exists", "not_empty", "not_backup"};
    return std::ranges::find(codes, error.code()) != codes.end();
}

/// What is wrong with the words of a command and not with the data.
bool is_usage(const base::Error& error) {
    constexpr std::array codes{
        "format_unknown",  "out_missing", "option_unknown", "year_missing", "template_extension",
        "pair_leader_min", "pair_text",   "pair_weight",    "years_wrong",  "level_wrong"};
    return std::ranges::find(codes, error.code) != codes.end();
}

int dispatch(CommandLine& line) {
    try {
        return line.action();
    } catch (const ports::StorageError& error) {
        std::fprintf(stderr, "opora: %s [%s]\n", error.what(), error.code().c_str());
        return is_wrong_choice(error) ? data_refused : store_failed;
    } catch (const std::filesystem::filesystem_error& error) {
        std::fprintf(stderr, "opora: нет доступа к файлу или папке «%s»: %s\n",
                     error.path1().c_str(), base::system_words(error.code()).c_str());
        return base::is_wrong_path(error.code()) ? data_refused : store_failed;
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "opora: не хватило памяти; ничего не записано\n");
        return store_failed;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "opora: сбой: %s\n", error.what());
        return store_failed;
    }
}

}  // namespace

int refuse(const base::Error& error) {
    std::fprintf(stderr, "opora: %s [%s]\n", base::describe(error).c_str(), error.code.c_str());
    return is_usage(error) ? wrong_usage : data_refused;
}

int refuse(const base::Errors& errors) {
    int status = data_refused;
    for (const base::Error& error : errors) status = std::max(status, refuse(error));
    return status;
}

void add_output_options(CLI::App& command, OutputOptions& options) {
    command.add_option("--format", options.format, "Вид ответа: table, csv, json, xlsx")
        ->check(CLI::IsMember({"table", "csv", "json", "xlsx"}));
    command.add_option("--out", options.out, "Записать ответ в файл");
}

void add_directory(CLI::App& command, std::filesystem::path& directory) {
    command.add_option("DIR", directory, "Рабочая папка Опоры")->required();
}

void say(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
}

int run(int argc, const char* const* argv, const application::Adapters& adapters) {
    CLI::App app{"Опора: система поддержки школ с низкими результатами обучения", "opora"};
    speak_russian(app);
    app.set_version_flag("--version", adapters.version, "Показать версию программы");
    app.require_subcommand(1);

    CommandLine line{app, adapters, {}};
    add_generation_commands(line);
    add_store_commands(line);
    add_journal_command(line);
    add_kind_commands(line);
    add_scales_command(line);
    add_import_command(line);
    add_methodology_command(line);
    add_indicators_command(line);
    add_context_command(line);
    add_series_command(line);
    add_typology_command(line);
    add_identification_commands(line);
    add_objectivity_command(line);
    add_explain_command(line);
    add_document_commands(line);
    add_list_commands(line);
    add_list_paper_commands(line);
    add_pairing_command(line);
    add_user_command(line);
    add_maintenance_commands(line);
    add_serve_command(line);
    add_rating_command(line);
    add_growth_command(line);
    add_factors_command(line);
    add_questionnaires_command(line);

    accept_school_years(app);

    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        app.exit(help);
        return done;
    } catch (const CLI::CallForVersion& version) {
        app.exit(version);
        return done;
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "opora: %s\n", describe_usage(app, error).c_str());
        return wrong_usage;
    }
    return dispatch(line);
}

}  // namespace opora::cli
