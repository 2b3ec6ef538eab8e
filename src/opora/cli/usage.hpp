#pragma once

#include <string>

// NOLINTNEXTLINE(readability-identifier-naming): the name of the library.
namespace CLI {
class App;
class Option;
class ParseError;
}  // namespace CLI

namespace opora::cli {

/// Help of a command and of those below it in Russian, in columns by the width of the symbols. Call
/// it before the commands are added: they take the form of their parent.
void speak_russian(CLI::App& app);

/// Lets every `--year` (and `--from`, `--to` of years) of the finished command line take a school
/// year in any of its spellings: 2024, 2023/24, 2023/2024, 2023-2024.
void accept_school_years(CLI::App& app);

/// The year in which the school year of a text ends, as digits; empty when it is none, or two years
/// that do not follow one another.
std::string ending_year(const std::string& text);

/// What a value may be: «listed, watch», «число от 0 до 1»; empty when anything may stand there.
std::string allowed_values(const CLI::Option& option);

/// What is wrong with the words of a command: the parameter, the value given, the allowed ones, and
/// where its help is. One Russian line without «opora:».
std::string describe_usage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace opora::cli
