#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "opora/cli/usage.hpp"
#include "opora/wording/text_width.hpp"

namespace opora::cli {

namespace {

constexpr std::size_t name_width = 30;
constexpr std::size_t line_width = 100;

/// Words in lines that begin below each other.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string lines;
    std::size_t width = indent;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(' ', from), text.size());
        const std::string_view word = text.substr(from, to - from);
        const std::size_t more = wording::text_width(word);
        if (width > indent && width + 1 + more > line_width) {
            lines += "\n" + std::string(indent, ' ');
            width = indent;
        } else if (width > indent) {
            lines += ' ';
            ++width;
        }
        lines += word;
        width += more;
        from = to + 1;
    }
    return lines;
}

/// A name and what it is, in two columns.
std::string row(const std::string& name, const std::string& what) {
    std::string text = "  " + name;
    const std::size_t width = wording::text_width(text);
    if (what.empty()) return text + "\n";
    text += width + 1 < name_width ? std::string(name_width - width, ' ')
                                   : "\n" + std::string(name_width, ' ');
    return text + wrapped(what, name_width) + "\n";
}

/// The kind of a value as a word: ТЕКСТ, ЧИСЛО, ГОД; nothing for a switch.
std::string kind_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) return {};
    const std::string type = option.get_type_name();
    if (type.starts_with("YEAR")) return "ГОД";
    const bool number =
        type.starts_with("INT") || type.starts_with("UINT") || type.starts_with("FLOAT");
    return number ? "ЧИСЛО" : "ТЕКСТ";
}

class RussianHelp : public CLI::Formatter {
public:
    RussianHelp() {
        label("Usage", "Вызов");
        label("OPTIONS", "ПАРАМЕТРЫ");
        label("Positionals", "Аргументы");
        label("SUBCOMMAND", "КОМАНДА");
        label("SUBCOMMANDS", "КОМАНДЫ");
    }

    std::string make_group(std::string group, bool is_positional,
                           std::vector<const CLI::Option*> options) const override {
        if (group == "Options") group = "Параметры";
        return CLI::Formatter::make_group(group, is_positional, std::move(options));
    }

    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        std::string name = make_option_name(option, is_positional);
        for (std::size_t at = 0; (at = name.find(',', at)) != std::string::npos; at += 2) {
            name.replace(at, 1, ", ");
        }
        const std::string kind = is_positional ? std::string{} : kind_of(*option);
        if (!kind.empty()) name += " " + kind;
        return row(name, what_of(*option));
    }

    std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode /*mode*/) const override {
        const auto commands =
            app->get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); });
        if (commands.empty()) return {};
        std::string text = "\nКоманды:\n";
        for (const CLI::App* one : commands) text += make_subcommand(one);
        return text;
    }

    std::string make_subcommand(const CLI::App* command) const override {
        return row(command->get_name(), command->get_description());
    }

private:
    /// The description, with the allowed values that it does not name itself.
    static std::string what_of(const CLI::Option& option) {
        std::string what = option.get_description();
        const std::string allowed = allowed_values(option);
        const bool list = option.get_type_name().find('{') != std::string::npos;
        const bool range = option.get_type_name().find('[') != std::string::npos;
        const bool named = what.find(allowed.substr(0, allowed.find(','))) != std::string::npos;
        if (option.get_type_name().starts_with("YEAR")) {
            what += "; 2024, 2023/24 или 2023-2024";
        } else if (list ? !named : range) {
            what += fmt::format("; {}", allowed);
        }
        if (option.get_required()) what += " (обязательно)";
        for (const CLI::Option* other : option.get_excludes()) {
            what += fmt::format("; не сочетается с {}", other->get_name());
        }
        for (const CLI::Option* other : option.get_needs()) {
            what += fmt::format("; вместе с {}", other->get_name());
        }
        return what;
    }
};

}  // namespace

void speak_russian(CLI::App& app) {
    app.formatter(std::make_shared<RussianHelp>());
    app.set_help_flag("-h,--help", "Показать справку и пример");
}

}  // namespace opora::cli
