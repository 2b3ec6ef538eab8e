#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "opora/cli/command.hpp"

namespace opora::cli {

/// A verb below a command that works on a working directory: its arguments live as long as the
/// command line, and its action runs once all of them are read.
template <class Arguments>
CLI::App* add_subcommand(CommandLine& line, CLI::App& parent,
                         const std::shared_ptr<Arguments>& arguments, const char* name,
                         const char* what, int (*action)(const CommandLine&, const Arguments&)) {
    auto* command = parent.add_subcommand(name, what);
    add_directory(*command, arguments->directory);
    command->callback([&line, arguments, action] {
        line.action = [&line, arguments, action] { return action(line, *arguments); };
    });
    return command;
}

}  // namespace opora::cli
