#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/kinds/kind.hpp"
#include "opora/intake/tables/table_reader.hpp"

namespace opora::intake {

/// The column that stands for many («1 (2б)», «4 РУ», …): each kind recognises its headings by
/// their pattern.
constexpr std::string_view pattern_column = "task";

enum class HeadingRole : std::uint8_t {
    known,         ///< A column of the kind.
    task,          ///< A column that the kind reads by its pattern: a task, a score, a marker.
    personal,      ///< Names or documents of pupils: its cells are dropped unread.
    reason,        ///< The reasons in a file of failed rows that comes back.
    unrecognised,  ///< Not read; its values are never printed.
    blank,
};

struct Heading {
    HeadingRole role = HeadingRole::unrecognised;
    std::string text;
    std::size_t column = 0;  ///< Number in Kind::columns, when known.
};

/// Which column of a file is which column of its kind.
struct Headings {
    std::vector<Heading> cells;                      ///< By column of the file.
    std::vector<std::optional<std::size_t>> places;  ///< By column of the kind.

    std::size_t recognised() const;
    bool has(std::size_t column) const { return places[column].has_value(); }

    /// The trimmed cell of a column of the kind; "" when the file lacks the column or the row the
    /// cell.
    std::string_view cell(const TableRow& row, std::size_t column) const;

    /// Whether a row repeats the headings, as pages of a long print do.
    bool repeated_in(const TableRow& row) const;

    /// The row without personal and unrecognised cells, as it may be shown and sent back.
    std::vector<std::string> shown(const TableRow& row) const;
    std::vector<std::string> shown_headings() const;
};

/// Matches the cells of a row with the columns of a kind. Where several headings claim a column,
/// the best fitting one gets it and the others try what else they may mean.
Headings match_headings(const Kind& kind, const std::vector<std::string>& cells,
                        const Synonyms& synonyms);

/// The same with the keys of the cells at hand: many kinds are tried on one row.
Headings match_headings(const Kind& kind, const std::vector<std::string>& cells,
                        const std::vector<std::string>& keys, const Synonyms& synonyms);
std::vector<std::string> heading_keys(const std::vector<std::string>& cells);

/// Titles of required columns that are not there: «Код школы», «Учебный год».
std::vector<std::string> missing_columns(const Kind& kind, const Headings& headings);

constexpr std::int64_t heading_row_max = 40;

/// The rows above the headings, and the headings; nothing in `row.cells` when no row of the first
/// 40 fits.
struct HeadedTable {
    std::vector<TableRow> above;
    TableRow row;
    Headings headings;
    bool found = false;
    std::vector<std::string> missing;  ///< When not found: what the best row lacks.
};

/// Reads up to the headings, the first row that has all required columns.
base::Result<HeadedTable> find_headings(TableReader& table, const Kind& kind,
                                        const Synonyms& synonyms);

/// Reads up to the first row of the first 40 that `accept` takes; it may mark columns that it knows
/// by their pattern.
base::Result<HeadedTable> find_headings_where(TableReader& table, const Kind& kind,
                                              const Synonyms& synonyms,
                                              const std::function<bool(Headings&)>& accept);

/// A line that explains the file to people: its first cell that is not blank begins with «#».
bool is_comment(const TableRow& row);

}  // namespace opora::intake
