#include "opora/cli/usage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <vector>

#include "opora/model/school_year.hpp"

namespace opora::cli {

namespace {

/// The command that the words name: the deepest of those that were read.
const CLI::App& deepest(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
    return *command;
}

/// «opora list draft».
std::string full_name(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return parent == nullptr ? command.get_name() : full_name(*parent) + " " + command.get_name();
}

std::vector<const CLI::App*> verbs_of(const CLI::App& command) {
    return command.get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); });
}

std::string names_of(const std::vector<const CLI::App*>& verbs) {
    std::vector<std::string> names;
    for (const CLI::App* one : verbs) names.push_back(one->get_name());
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string missing_verb(const CLI::App& command) {
    const std::vector<std::string> words = command.remaining();
    const bool option = !words.empty() && words.front().starts_with('-');
    if (option) return fmt::format("нет такого параметра: «{}»", words.front());
    const std::string found = words.empty() ? "не указана команда"
                                            : fmt::format("нет такой команды: «{}»", words.front());
    return fmt::format("{}; есть: {}", found, names_of(verbs_of(command)));
}

std::string extra_words(const CLI::App& command) {
    const std::vector<std::string> words = command.remaining();
    for (const std::string& word : words) {
        if (word.starts_with("-")) return fmt::format("нет такого параметра: «{}»", word);
    }
    return fmt::format("лишние слова: «{}»", fmt::join(words, " "));
}

/// The option that an English sentence of CLI11 names, with the value that it was given.
const CLI::Option* named_option(const CLI::App& command, const std::string& text) {
    for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
        for (const CLI::Option* option : app->get_options()) {
            const std::string name = option->get_name();
            const auto at = text.find(name);
            if (name.empty() || at == std::string::npos) continue;
            const auto after = at + name.size();
            const bool starts = at == 0 || text[at - 1] == ' ';
            const bool ends = after == text.size() || text[after] == ':' || text[after] == ' ';
            if (starts && ends) return option;
        }
    }
    return nullptr;
}

std::string wrong_value(const CLI::App& command, const std::string& text) {
    const CLI::Option* option = named_option(command, text);
    if (option == nullptr) return "неверное значение параметра";
    std::string said = fmt::format("неверное значение {}: «{}»", option->get_name(),
                                   fmt::join(option->results(), " "));
    const std::string allowed = allowed_values(*option);
    if (!allowed.empty()) return said + "; можно: " + allowed;
    return said + " (" + option->get_description() + ")";
}

std::string missing_value(const CLI::App& command, const std::string& text) {
    const CLI::Option* option = named_option(command, text);
    if (option == nullptr) return "у параметра нет значения";
    const std::string allowed = allowed_values(*option);
    return fmt::format("у параметра {} нет значения{}", option->get_name(),
                       allowed.empty() ? "" : "; можно: " + allowed);
}

/// «--enable excludes --disable» with the words between in Russian.
std::string two_options(const std::string& text, const std::string& verb, const char* words) {
    const auto at = text.find(verb);
    if (at == std::string::npos) return "эти параметры не сочетаются друг с другом";
    return fmt::format("{} {} {}", text.substr(0, at), words, text.substr(at + verb.size()));
}

std::string what_is_wrong(const CLI::App& command, const CLI::ParseError& error) {
    const std::string text = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return extra_words(command);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        if (text.starts_with("A subcommand")) return missing_verb(command);
        const std::string name = text.substr(0, text.find(" is required"));
        const CLI::Option* option = named_option(command, name);
        return fmt::format("не указано обязательное {}{}", name,
                           option == nullptr ? "" : ": " + option->get_description());
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return missing_value(command, text);
    }
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr ||
        dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) {
        return wrong_value(command, text);
    }
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
        return two_options(text, " excludes ", "не сочетается с");
    }
    if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr) {
        return two_options(text, " requires ", "указывают вместе с");
    }
    return "команда не понята";
}

/// Between two marks of a type's name: «TEXT:{a,b}», «INT:INT in [1 - 3]».
std::string between(const std::string& text, char open, char close) {
    const auto from = text.find(open);
    const auto to = text.rfind(close);
    if (from == std::string::npos || to == std::string::npos || to < from) return {};
    return text.substr(from + 1, to - from - 1);
}

/// Whole digits, two or four; nothing else.
bool is_number(std::string_view text) {
    return (text.size() == 2 || text.size() == 4) &&
           std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

}  // namespace

std::string ending_year(const std::string& text) {
    const auto mark = text.find_first_of("/-");
    const std::string first = text.substr(0, mark);
    if (first.size() != 4 || !is_number(first)) return {};
    int year = 0;
    std::from_chars(first.data(), first.data() + first.size(), year);
    if (mark != std::string::npos) {
        const std::string second = text.substr(mark + 1);
        if (!is_number(second)) return {};
        ++year;
        const std::string expected = std::to_string(year);
        if (second != expected && second != expected.substr(2)) return {};
    }
    const bool known = model::year_min.ending <= year && year <= model::year_max.ending;
    return known ? std::to_string(year) : std::string{};
}

void accept_school_years(CLI::App& app) {
    const CLI::Validator school_year{[](std::string& text) {
                                         const std::string year = ending_year(text);
                                         if (year.empty()) return std::string{"not a school year"};
                                         text = year;
                                         return std::string{};
                                     },
                                     "", "school year"};
    for (CLI::Option* option : app.get_options()) {
        const std::string name = option->get_name();
        const bool series = app.get_name() == "series" && (name == "--from" || name == "--to");
        if (name == "--year" || series) option->type_name("YEAR")->transform(school_year);
    }
    for (CLI::App* one : app.get_subcommands([](CLI::App*) { return true; })) {
        accept_school_years(*one);
    }
}

std::string allowed_values(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    if (type.starts_with("YEAR")) {
        return fmt::format("учебный год с {} по {}: 2024, 2023/24 или 2023-2024",
                           model::year_min.ending, model::year_max.ending);
    }
    std::string list = between(type, '{', '}');
    if (!list.empty()) {
        for (std::size_t at = 0; (at = list.find(',', at)) != std::string::npos; at += 2) {
            list.replace(at, 1, ", ");
        }
        return list;
    }
    const char* kind = type.starts_with("FLOAT") ? "число"
                       : type.starts_with("INT") || type.starts_with("UINT") ? "целое число"
                                                                             : "";
    const std::string range = between(type, '[', ']');
    const auto dash = range.find(" - ");
    if (dash == std::string::npos) return kind;
    return fmt::format("{} от {} до {}", kind, range.substr(0, dash), range.substr(dash + 3));
}

std::string describe_usage(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& command = deepest(app);
    return fmt::format("{}. Справка: {} --help", what_is_wrong(command, error), full_name(command));
}

}  // namespace opora::cli
