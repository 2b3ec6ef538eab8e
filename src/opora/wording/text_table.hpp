#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace opora::wording {

/// How many columns of a terminal a text takes: one per character, two for East Asian wide ones and emoji, none for
/// combining marks.
std::size_t text_width(std::string_view text);

/// The text with spaces behind it (or before it) up to a width.
std::string padded(std::string_view text, std::size_t width);
std::string padded_left(std::string_view text, std::size_t width);

enum class Align : std::uint8_t { left, right };

struct TableColumn {
    std::string heading;
    Align align = Align::left;
};

/// A table for a terminal: headings, a rule of «─», rows; two spaces between columns, no trailing spaces, a line end
/// after each line. Line ends and tabs inside a cell become spaces. A row may be shorter than the headings.
std::string text_table(const std::vector<TableColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);

}  // namespace opora::wording
