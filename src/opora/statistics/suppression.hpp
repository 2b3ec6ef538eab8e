#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace opora::statistics {

/// Counts of pupils: rows by columns, row by row. Every pupil stands in one cell.
struct CountTable {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<std::int64_t> counts;

    std::int64_t at(std::size_t row, std::size_t column) const {
        return counts[row * columns + column];
    }
};

/// What may be published of a table with all its totals.
struct SafeTable {
    /// Rows and columns of the given table that were joined into each published one.
    std::vector<std::vector<std::size_t>> row_groups;
    std::vector<std::vector<std::size_t>> column_groups;
    std::vector<std::optional<std::int64_t>> cells;  ///< Row by row; nothing where hidden.
    std::vector<std::int64_t> row_totals;
    std::vector<std::int64_t> column_totals;
    std::int64_t total = 0;
};

/// Joins and hides as little as is found enough, so that whoever reads the cells left and all
/// totals can compute no group of 1 … group_min - 1 pupils. docs/statistics/suppression.md derives
/// it.
///
/// 1. A row, then a column, whose total is 1 … group_min - 1 is joined: a row with the smallest
///    other row, a column with its neighbour. All totals are 0 or at least group_min then.
/// 2. Cells of 1 … group_min - 1 are hidden (primary suppression).
/// 3. While a sum of hidden cells that follows from the totals is below group_min, or a cell hidden
///    in step 2 cannot be as large as group_min for all that the reader knows, one more cell beside
///    it is hidden, the smallest first (complementary suppression).
/// 4. Cells hidden in step 3 are shown again where nothing of it is needed, the largest first.
///
/// Deterministic. Nothing when the whole table holds fewer than group_min pupils. Counts are not
/// negative; at most 12 columns.
std::optional<SafeTable> suppress(const CountTable& table, std::int64_t group_min = 5);

}  // namespace opora::statistics
