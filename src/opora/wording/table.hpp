#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace opora::wording {

/// How numbers of a column are shown to people; machines always get the plain number.
enum class ColumnStyle : std::uint8_t {
    text,
    whole,
    number,   ///< Up to four decimals.
    percent,  ///< A share 0..1 as «32,0 %».
};

struct Column {
    std::string code;   ///< English snake_case, for csv and json.
    std::string title;  ///< Russian, for people.
    ColumnStyle style = ColumnStyle::text;
};

/// A cell: missing, a text, a whole number, a real number, or yes/no.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

/// What a command answers with, before it is known for whom.
struct Table {
    std::string title;  ///< Russian; a sheet name and a caption.
    std::vector<Column> columns;
    std::vector<std::vector<TableCell>> rows;
};

/// For a terminal: aligned columns under Russian titles, missing as «—», wide texts cut to 60
/// symbols.
std::string text_table(const Table& table);

/// RFC 4180 with `,` and LF, English codes in the first line, missing as empty, numbers with a
/// point and as many digits as give the same double back. A text that a spreadsheet would take for
/// a formula (= + - @ first, and not a number) is preceded by an apostrophe.
std::string csv_table(const Table& table);
std::string csv_heading(const std::vector<Column>& columns);
std::string csv_row(const std::vector<TableCell>& row);

/// One cell as people read it.
std::string shown(const TableCell& cell, ColumnStyle style);

/// Columns that a text takes on a terminal; see text_width.hpp.
std::size_t width(std::string_view text);

}  // namespace opora::wording
