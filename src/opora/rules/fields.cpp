#include "opora/rules/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

void Mistakes::add(std::string_view code, std::string_view message, std::size_t line,
                   std::string_view expected, std::string_view found) {
    errors_.push_back({std::string{code},
                       std::string{message},
                       {file_, {}, static_cast<std::int64_t>(line), {}},
                       std::string{expected},
                       std::string{found}});
}

void Mistakes::add_within(const YamlNode& scalar, std::size_t offset, std::string_view code,
                          std::string_view message, std::string_view expected,
                          std::string_view found) {
    add(code, message, line_within(source_, scalar, offset), expected, found);
}

base::Errors Mistakes::take() {
    std::ranges::stable_sort(errors_, [](const base::Error& left, const base::Error& right) {
        return left.place.row < right.place.row;
    });
    const auto repeated = std::ranges::unique(errors_);
    errors_.erase(repeated.begin(), repeated.end());
    return std::move(errors_);
}

Fields::Fields(const YamlNode& node, std::string_view where, Mistakes& mistakes)
    : node_{node}, where_{where}, mistakes_{mistakes} {
    if (node.kind != YamlNode::Kind::map) {
        mistakes_.add("pack_structure", fmt::format("{}: нужны записи «ключ: значение»", where_),
                      node.line, "{ключ: значение, …}", node.text);
    }
}

const YamlNode* Fields::node(std::string_view key) {
    known_.emplace(key);
    return node_.find(key);
}

const YamlNode* Fields::required(std::string_view key, std::string_view expected) {
    const YamlNode* found = node(key);
    if (found == nullptr && node_.kind == YamlNode::Kind::map) {
        mistakes_.add("pack_missing_key", fmt::format("{}: нет ключа {}", where_, key), node_.line,
                      expected, "");
    }
    return found;
}

std::string Fields::text(std::string_view key) {
    const YamlNode* found = required(key, "текст");
    if (found == nullptr) return {};
    if (found->kind != YamlNode::Kind::scalar || found->text.empty()) {
        mistakes_.add("pack_structure", fmt::format("{}: {} должен быть текстом", where_, key),
                      found->line, "текст", found->text);
    }
    return found->text;
}

std::string Fields::text_or(std::string_view key, std::string_view fallback) {
    return node(key) == nullptr ? std::string{fallback} : text(key);
}

std::vector<std::string> Fields::texts(std::string_view key) {
    const YamlNode* found = node(key);
    if (found == nullptr) return {};
    if (found->kind == YamlNode::Kind::scalar) return {found->text};
    std::vector<std::string> all;
    for (const YamlNode& item : found->items) {
        if (found->kind == YamlNode::Kind::sequence && item.kind == YamlNode::Kind::scalar) {
            all.push_back(item.text);
        } else {
            mistakes_.add("pack_structure", fmt::format("{}: {} должен быть списком", where_, key),
                          item.line, "[одно, другое]", item.text);
        }
    }
    return all;
}

bool Fields::flag_or(std::string_view key, bool fallback) {
    const YamlNode* found = node(key);
    if (found == nullptr) return fallback;
    if (found->text != "yes" && found->text != "no") {
        mistakes_.add("pack_value", fmt::format("{}: {} — да или нет", where_, key), found->line,
                      "yes или no", found->text);
    }
    return found->text == "yes";
}

std::size_t Fields::line_of(std::string_view key) const {
    const YamlNode* found = node_.find(key);
    return found != nullptr ? found->line : node_.line;
}

void Fields::finish() {
    std::vector<std::string_view> known(known_.begin(), known_.end());
    for (const YamlNode& key : node_.keys) {
        if (known_.contains(key.text)) continue;
        const auto near = nearest(key.text, known);
        mistakes_.add(
            "pack_unknown_key", fmt::format("{}: такого ключа нет", where_), key.line,
            near ? fmt::format("возможно, {}", *near) : fmt::format("{}", fmt::join(known, ", ")),
            key.text);
    }
}

}  // namespace opora::rules
