#include "opora/model/journal.hpp"

#include <algorithm>

namespace opora::model {

namespace {

constexpr std::string_view arrow = "->";

std::string quoted(const std::string& value) {
    const bool plain = !value.empty() && value.find_first_of(" \"\\\n") == std::string::npos &&
                       value.find(arrow) == std::string::npos;
    if (plain) return value;
    std::string text = "\"";
    for (const char symbol : value) {
        if (symbol == '"' || symbol == '\\') text += '\\';
        text += symbol;
    }
    return text + '"';
}

/// Takes a value from the front: in quotes, or up to a space or an arrow.
std::string take_value(std::string_view& rest) {
    if (!rest.starts_with('"')) {
        const auto end = std::min({rest.find(' '), rest.find(arrow), rest.size()});
        std::string value{rest.substr(0, end)};
        rest.remove_prefix(end);
        return value;
    }
    std::string value;
    rest.remove_prefix(1);
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
        value += rest.front();
        rest.remove_prefix(1);
    }
    if (!rest.empty()) rest.remove_prefix(1);
    return value;
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '.';
    });
}

}  // namespace

std::string journal_text(const std::vector<JournalChange>& changes) {
    std::string text;
    for (const JournalChange& one : changes) {
        if (!text.empty()) text += ' ';
        if (!one.field.empty()) text += one.field + '=';
        if (one.before) text += quoted(*one.before) + std::string{arrow};
        text += quoted(one.after);
    }
    return text;
}

std::vector<JournalChange> journal_changes(std::string_view text) {
    std::vector<JournalChange> changes;
    while (!text.empty()) {
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        JournalChange one;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos && is_name(text.substr(0, equals))) {
            one.field = text.substr(0, equals);
            text.remove_prefix(equals + 1);
        }
        one.after = take_value(text);
        if (text.starts_with(arrow)) {
            text.remove_prefix(arrow.size());
            one.before = std::move(one.after);
            one.after = take_value(text);
        }
        changes.push_back(std::move(one));
    }
    return changes;
}

}  // namespace opora::model
