#include "opora/cli/run.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>

#include "opora/base/system_words.hpp"
#include "opora/cli/command.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::cli {

namespace {

void speak_russian(CLI::App& app) {
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", "Вызов");
    formatter->label("OPTIONS", "ПАРАМЕТРЫ");
    formatter->label("Options", "Параметры");
    formatter->label("Positionals", "Аргументы");
    formatter->label("Subcommands", "Команды");
    formatter->label("SUBCOMMAND", "КОМАНДА");
    formatter->label("SUBCOMMANDS", "КОМАНДЫ");
    formatter->label("REQUIRED", "обязательно");
    formatter->label("TEXT", "ТЕКСТ");
    formatter->label("INT", "ЧИСЛО");
    formatter->label("UINT", "ЧИСЛО");
    formatter->column_width(34);
    app.formatter(formatter);
    app.set_help_flag("-h,--help", "Показать справку и пример");
}

/// What CLI11 found wrong, in Russian; its own English sentence is not shown.
std::string describe(const CLI::ParseError& error, std::string_view unknown_command) {
    const std::string name = error.get_name();
    // CLI11 puts the offending words after the last colon, or names the option first.
    const std::string text = error.what();
    const auto colon = text.rfind(": ");
    const std::string detail =
        colon == std::string::npos ? text.substr(0, text.find(' ')) : text.substr(colon + 2);
    if (name == "ExtrasError") return fmt::format("лишние слова в команде: {}", detail);
    if (name == "RequiredError") {
        const std::string what = text.substr(0, text.find(" is required"));
        if (text.starts_with("A subcommand")) {
            return unknown_command.empty() ? "не указана команда"
                                           : fmt::format("нет такой команды: {}", unknown_command);
        }
        return fmt::format("не указано обязательное: {}", what);
    }
    if (name == "ArgumentMismatch") return fmt::format("у параметра нет значения: {}", detail);
    if (name == "ConversionError" || name == "ValidationError") {
        return fmt::format("неверное значение параметра: {}", text.substr(0, text.find(':')));
    }
    if (name == "ExcludesError" || name == "RequiresError") {
        return "эти параметры не сочетаются друг с другом";
    }
    return "команда не понята";
}

/// The first word, when it is no command and no option.
std::string_view unknown_command(const CLI::App& app, int argc, const char* const* argv) {
    const std::string_view word = argc > 1 ? argv[1] : "";
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    const bool command =
        std::ranges::any_of(commands, [&](const CLI::App* one) { return one->get_name() == word; });
    return command || word.starts_with('-') ? std::string_view{} : word;
}

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
    for (const base::Error& error : errors) status = refuse(error);
    return status;
}

void add_output_options(CLI::App& command, OutputOptions& options) {
    command.add_option("--format", options.format, "Вид ответа: table, csv, json, xlsx");
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

    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        app.exit(help);
        return done;
    } catch (const CLI::CallForVersion& version) {
        app.exit(version);
        return done;
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "opora: %s. Справка: opora --help или opora КОМАНДА --help\n",
                     describe(error, unknown_command(app, argc, argv)).c_str());
        return wrong_usage;
    }
    return dispatch(line);
}

}  // namespace opora::cli
