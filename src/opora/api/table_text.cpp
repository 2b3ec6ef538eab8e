#include "opora/api/table_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "opora/api/table_answer.hpp"
#include "opora/base/utf8.hpp"

namespace opora::api {

namespace {

using wording::Table;
using wording::TableCell;

char32_t small_letter(char32_t code) {
    if (code >= U'A' && code <= U'Z') return code + (U'a' - U'A');
    if (code >= U'А' && code <= U'Я') return code + (U'а' - U'А');
    if (code == U'Ё' || code == U'ё') return U'е';
    return code;
}

bool contains(const std::vector<TableCell>& row, std::string_view wanted) {
    return std::ranges::any_of(row, [&](const TableCell& cell) {
        const auto* text = std::get_if<std::string>(&cell);
        return text != nullptr && folded(*text).find(wanted) != std::string::npos;
    });
}

/// A text in which numbers are ordered by their size: «№ 9» before «№ 10».
std::string ordered_text(std::string_view text) {
    constexpr std::size_t digits = 9;
    std::string result;
    std::string number;
    const auto end_number = [&] {
        if (!number.empty() && number.size() < digits) result.append(digits - number.size(), '0');
        result += number;
        number.clear();
    };
    for (const char symbol : folded(text)) {
        const bool digit = '0' <= symbol && symbol <= '9';
        if (!digit) end_number();
        (digit ? number : result) += symbol;
    }
    end_number();
    return result;
}

/// What a cell is ordered by: numbers before texts.
struct SortKey {
    bool missing = false;
    bool text = false;
    double number = 0;
    std::string letters;

    friend bool operator<(const SortKey& left, const SortKey& right) {
        if (left.text != right.text) return right.text;
        return left.text ? left.letters < right.letters : left.number < right.number;
    }
};

SortKey key_of(const TableCell& cell) {
    SortKey key;
    if (const auto* text = std::get_if<std::string>(&cell)) {
        key.text = true;
        key.letters = ordered_text(*text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        key.number = static_cast<double>(*whole);
    } else if (const auto* number = std::get_if<double>(&cell)) {
        key.number = *number;
    } else if (const auto* flag = std::get_if<bool>(&cell)) {
        key.number = *flag ? 1 : 0;
    } else {
        key.missing = true;
    }
    return key;
}

void sort_rows(Table& table, std::string_view wanted) {
    const bool down = wanted.starts_with('-');
    if (down) wanted.remove_prefix(1);
    const auto column = std::ranges::find(table.columns, wanted, &wording::Column::code);
    if (column == table.columns.end()) return;
    const auto place = static_cast<std::size_t>(column - table.columns.begin());
    std::vector<std::pair<SortKey, std::size_t>> order;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        order.emplace_back(key_of(table.rows[i][place]), i);
    }
    std::ranges::stable_sort(order, [down](const auto& left, const auto& right) {
        if (left.first.missing || right.first.missing) {
            return !left.first.missing && right.first.missing;
        }
        return down ? right.first < left.first : left.first < right.first;
    });
    std::vector<std::vector<TableCell>> rows;
    for (const auto& [key, i] : order) rows.push_back(std::move(table.rows[i]));
    table.rows = std::move(rows);
}

}  // namespace

std::string folded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const base::Character character = base::first_character(text);
        if (character.bytes == 0) break;
        base::append_utf8(result, small_letter(character.code));
        text.remove_prefix(character.bytes);
    }
    return result;
}

std::string file_name(std::string_view text) {
    constexpr int characters_max = 120;
    constexpr std::u32string_view forbidden = U"/\\:*?\"<>|";
    std::string name;
    for (int i = 0; i < characters_max && !text.empty(); ++i) {
        const base::Character character = base::first_character(text);
        if (character.bytes == 0) break;
        const bool fits =
            character.code >= U' ' && forbidden.find(character.code) == forbidden.npos;
        base::append_utf8(name, fits ? character.code : U'_');
        text.remove_prefix(character.bytes);
    }
    return name;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kept = "-._~";
    std::string encoded;
    for (const char symbol : text) {
        const bool plain = ('a' <= symbol && symbol <= 'z') || ('A' <= symbol && symbol <= 'Z') ||
                           ('0' <= symbol && symbol <= '9') || kept.find(symbol) != kept.npos;
        if (plain) {
            encoded += symbol;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(symbol));
        }
    }
    return encoded;
}

std::string_view style_code(wording::ColumnStyle style) {
    switch (style) {
        case wording::ColumnStyle::text:
            return "text";
        case wording::ColumnStyle::whole:
            return "whole";
        case wording::ColumnStyle::number:
            return "number";
        case wording::ColumnStyle::percent:
            return "percent";
    }
    return "";
}

Table as_asked(const Request& request, Table table) {
    if (const auto text = query(request, "text"); text && !text->empty()) {
        const std::string wanted = folded(*text);
        std::erase_if(table.rows, [&](const auto& row) { return !contains(row, wanted); });
    }
    if (const auto sort = query(request, "sort")) sort_rows(table, *sort);
    return table;
}

}  // namespace opora::api
