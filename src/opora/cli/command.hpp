#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "opora/application/adapters.hpp"
#include "opora/cli/output.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): the name of the library.
namespace CLI {
class App;
}

namespace opora::cli {

/// Exit statuses of the command-line contract.
enum Status : int { done = 0, data_refused = 1, wrong_usage = 2, store_failed = 3 };

/// The command line while it is being put together: every command adds itself to `app` and, when it
/// is chosen, leaves its action in `action`.
struct CommandLine {
    CLI::App& app;
    const application::Adapters& adapters;
    std::function<int()> action;
};

void add_store_commands(CommandLine& line);           // init, imports, undo
void add_journal_command(CommandLine& line);          // journal
void add_import_command(CommandLine& line);           // import
void add_kind_commands(CommandLine& line);            // kinds, template
void add_scales_command(CommandLine& line);           // scales list|show
void add_generation_commands(CommandLine& line);      // generate, demo
void add_methodology_command(CommandLine& line);      // methodology list|show|check
void add_indicators_command(CommandLine& line);       // indicators
void add_typology_command(CommandLine& line);         // typology
void add_context_command(CommandLine& line);          // context
void add_series_command(CommandLine& line);           // series
void add_identification_commands(CommandLine& line);  // identify, compare, whatif
void add_objectivity_command(CommandLine& line);      // objectivity
void add_explain_command(CommandLine& line);          // explain
void add_document_commands(CommandLine& line);        // documents
void add_list_commands(CommandLine& line);            // list draft|publish|…|show
void add_list_paper_commands(CommandLine& line);      // order, verify
void add_pairing_command(CommandLine& line);          // pair
void add_serve_command(CommandLine& line);            // serve
void add_user_command(CommandLine& line);             // user add|list|close|reset
void add_maintenance_commands(CommandLine& line);     // backup, restore, doctor
void add_rating_command(CommandLine& line);           // rating
void add_growth_command(CommandLine& line);           // growth
void add_factors_command(CommandLine& line);          // factors, verify, catalogue
void add_questionnaires_command(CommandLine& line);   // questionnaires list|show|template

/// Prints an error to stderr as one Russian line and gives the status of refused data.
int refuse(const base::Error& error);
int refuse(const base::Errors& errors);

/// Adds --format and --out to a reading command.
void add_output_options(CLI::App& command, OutputOptions& options);

/// Adds the working directory as the first positional argument.
void add_directory(CLI::App& command, std::filesystem::path& directory);

/// Prints to stdout, a line.
void say(std::string_view text);

}  // namespace opora::cli
