#include "opora/wording/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "opora/base/fraction.hpp"
#include "opora/base/russian.hpp"
#include "opora/wording/text_width.hpp"

namespace opora::wording {

namespace {

constexpr std::size_t width_max = 60;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

/// A line end or a tab inside a cell would break the table.
std::string one_line(std::string text) {
    for (char& symbol : text) {
        if (symbol >= 0 && symbol < ' ') symbol = ' ';
    }
    return text;
}

/// The first `symbols` code points; «…» tells that there was more.
std::string cut(const std::string& text, std::size_t symbols) {
    if (width(text) <= symbols) return text;
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size(); ++end) {
        if (!continues(text[end]) && count++ == symbols - 1) break;
    }
    return text.substr(0, end) + "…";
}

std::string trimmed_decimal(double number) {
    std::string text = base::decimal_comma(number, 4);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with(',')) text.pop_back();
    return text;
}

std::string plain(const TableCell& cell) {
    struct Writer {
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
        std::string operator()(double number) const { return fmt::format("{}", number); }
        std::string operator()(bool yes) const { return yes ? "true" : "false"; }
    };
    return std::visit(Writer{}, cell);
}

std::string csv_text(std::string text, bool guarded) {
    constexpr std::string_view dangerous = "=+-@\t\r\n";
    const std::size_t first = text.find_first_not_of(' ');  // Spreadsheets skip leading spaces.
    const bool formula = guarded && first != std::string::npos &&
                         dangerous.find(text[first]) != std::string_view::npos &&
                         !base::parse_decimal(text);
    if (formula) text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char symbol : text) {
        if (symbol == '"') quoted += '"';
        quoted += symbol;
    }
    return quoted + "\"";
}

void append_line(std::string& text, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths, const std::vector<Column>& columns) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string padding(widths[i] - width(cells[i]), ' ');
        const bool to_the_right = columns[i].style != ColumnStyle::text;
        if (i > 0) line += "  ";
        line += to_the_right ? padding + cells[i] : cells[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
}

}  // namespace

std::size_t width(std::string_view text) { return text_width(text); }

std::string shown(const TableCell& cell, ColumnStyle style) {
    if (std::holds_alternative<std::monostate>(cell)) return "—";
    if (const bool* yes = std::get_if<bool>(&cell)) return *yes ? "да" : "нет";
    if (const std::int64_t* number = std::get_if<std::int64_t>(&cell)) {
        return style == ColumnStyle::text ? fmt::format("{}", *number) : base::grouped(*number);
    }
    if (const double* number = std::get_if<double>(&cell)) {
        return style == ColumnStyle::percent ? base::decimal_comma(*number * 100, 1) + "\u00a0%"
                                             : trimmed_decimal(*number);
    }
    return std::get<std::string>(cell);
}

std::string text_table(const Table& table) {
    std::vector<std::string> titles;
    for (const Column& column : table.columns) titles.push_back(column.title);
    std::vector<std::vector<std::string>> lines;
    for (const auto& row : table.rows) {
        std::vector<std::string> line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line.push_back(cut(one_line(shown(row[i], table.columns[i].style)), width_max));
        }
        lines.push_back(std::move(line));
    }

    std::vector<std::size_t> widths;
    for (const std::string& title : titles) widths.push_back(width(title));
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], width(line[i]));
        }
    }

    std::string text;
    append_line(text, titles, widths, table.columns);
    std::vector<std::string> rules;
    for (const std::size_t size : widths) {
        std::string rule;
        for (std::size_t i = 0; i < size; ++i) rule += "─";
        rules.push_back(std::move(rule));
    }
    append_line(text, rules, widths, table.columns);
    for (const auto& line : lines) append_line(text, line, widths, table.columns);
    return text;
}

std::string csv_heading(const std::vector<Column>& columns) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) text += ',';
        text += columns[i].code;
    }
    return text + "\n";
}

std::string csv_row(const std::vector<TableCell>& row) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        text += csv_text(plain(row[i]), std::holds_alternative<std::string>(row[i]));
    }
    return text + "\n";
}

std::string csv_table(const Table& table) {
    std::string text = csv_heading(table.columns);
    for (const auto& row : table.rows) text += csv_row(row);
    return text;
}

}  // namespace opora::wording
