#include "opora/model/class_name.hpp"

#include <array>
#include <utility>

namespace opora::model {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 22> lookalikes{{
    {"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"}, {"H", "Н"}, {"K", "К"}, {"M", "М"}, {"O", "О"},
    {"P", "Р"}, {"T", "Т"}, {"X", "Х"}, {"a", "А"}, {"b", "В"}, {"c", "С"}, {"e", "Е"}, {"h", "Н"},
    {"k", "К"}, {"m", "М"}, {"o", "О"}, {"p", "Р"}, {"t", "Т"}, {"x", "Х"},
}};

constexpr std::array<std::string_view, 9> dropped{
    {" ", "-", "\"", ".", "\u00a0", "«", "»", "–", "'"}};

std::size_t symbol_bytes(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xe0) return 2;
    return first < 0xf0 ? 3 : 4;
}

/// A small Cyrillic letter (U+0430..U+044F, ё) as its capital, anything else as it is.
std::string capital(std::string_view symbol) {
    if (symbol.size() != 2) return std::string{symbol};
    const unsigned code = (static_cast<unsigned char>(symbol[0]) & 0x1fu) << 6 |
                          (static_cast<unsigned char>(symbol[1]) & 0x3fu);
    unsigned upper = code;
    if (code >= 0x430 && code <= 0x44f) upper = code - 0x20;
    if (code == 0x451) upper = 0x401;
    return {static_cast<char>(0xc0 | (upper >> 6)), static_cast<char>(0x80 | (upper & 0x3f))};
}

}  // namespace

std::string class_key(std::string_view name) {
    std::string key;
    while (!name.empty()) {
        const std::string_view symbol =
            name.substr(0, symbol_bytes(static_cast<unsigned char>(name.front())));
        name.remove_prefix(symbol.size());
        bool drop = false;
        for (const std::string_view blank : dropped) drop = drop || symbol == blank;
        if (drop) continue;
        std::string letter = capital(symbol);
        for (const auto& [latin, cyrillic] : lookalikes) {
            if (symbol == latin) letter = cyrillic;
        }
        key += letter;
    }
    return key;
}

std::optional<int> grade_of_class(std::string_view name) {
    int grade = 0;
    std::size_t digits = 0;
    while (digits < name.size() && digits < 2 && name[digits] >= '0' && name[digits] <= '9') {
        grade = grade * 10 + (name[digits++] - '0');
    }
    if (digits == 0 || grade < 1 || grade > 12) return std::nullopt;
    return grade;
}

}  // namespace opora::model
