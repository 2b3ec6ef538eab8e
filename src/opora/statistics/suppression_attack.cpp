#include "opora/statistics/suppression_attack.hpp"

#include <algorithm>
#include <deque>
#include <limits>

namespace opora::statistics {

namespace {

using Cells = std::vector<std::size_t>;

/// The columns of a row with hidden cells, as bits.
std::vector<unsigned> hidden_columns(const CountTable& table, const std::vector<bool>& hidden) {
    std::vector<unsigned> columns(table.rows, 0);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i]) columns[i / table.columns] |= 1U << (i % table.columns);
    }
    return columns;
}

/// The hidden cells of `wanted` columns in the rows that also have hidden cells in `others`.
Cells cells_of(const CountTable& table, const std::vector<unsigned>& columns, unsigned wanted,
               unsigned others) {
    Cells cells;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if ((columns[row] & others) == 0) continue;
        for (std::size_t column = 0; column < table.columns; ++column) {
            if ((columns[row] & wanted & (1U << column)) != 0) {
                cells.push_back(row * table.columns + column);
            }
        }
    }
    return cells;
}

std::int64_t sum_of(const CountTable& table, const Cells& cells) {
    std::int64_t sum = 0;
    for (const std::size_t cell : cells) sum += table.counts[cell];
    return sum;
}

/// Keeps the smaller of two groups; an empty one is none.
void keep_smaller(const CountTable& table, Cells& kept, Cells group, std::int64_t group_min) {
    if (group.empty()) return;
    const std::int64_t sum = sum_of(table, group);
    if (sum >= group_min) return;
    if (kept.empty() || sum < sum_of(table, kept)) kept = std::move(group);
}

/// Moves one pupil at a time around circles of hidden cells through the cell that is made larger:
/// out of a cell of its row, into one of that column, …, out of a cell of its column.
class Circles {
public:
    Circles(const CountTable& table, const std::vector<bool>& hidden, std::size_t cell)
        : table_{table}, hidden_{hidden}, cell_{cell}, counts_{table.counts} {}

    /// Whether the cell could hold one more; if so, it does.
    bool enlarge() {
        constexpr auto none = std::numeric_limits<std::size_t>::max();
        // Nodes: rows, then columns. From a row to a column: a cell gives one; back: it takes one.
        from_.assign(table_.rows + table_.columns, none);
        const std::size_t begin = cell_ / table_.columns;
        const std::size_t end = table_.rows + cell_ % table_.columns;
        from_[begin] = begin;
        std::deque<std::size_t> waiting{begin};
        while (!waiting.empty() && from_[end] == none) {
            const std::size_t node = waiting.front();
            waiting.pop_front();
            each_next(node, [&](std::size_t next) {
                if (from_[next] != none) return;
                from_[next] = node;
                waiting.push_back(next);
            });
        }
        if (from_[end] == none) return false;
        for (std::size_t node = end; node != begin; node = from_[node]) {
            const bool gives = node >= table_.rows;
            counts_[cell_between(node, from_[node])] += gives ? -1 : 1;
        }
        ++counts_[cell_];
        return true;
    }

    std::int64_t count() const { return counts_[cell_]; }

private:
    std::size_t cell_between(std::size_t one, std::size_t other) const {
        return std::min(one, other) * table_.columns + std::max(one, other) - table_.rows;
    }

    template <class Visit>
    void each_next(std::size_t node, Visit visit) const {
        const bool row = node < table_.rows;
        const std::size_t first = row ? table_.rows : 0;
        const std::size_t last = row ? table_.rows + table_.columns : table_.rows;
        for (std::size_t next = first; next < last; ++next) {
            const std::size_t cell = cell_between(node, next);
            if (!hidden_[cell] || cell == cell_) continue;
            if (row && counts_[cell] == 0) continue;  // Nothing to give.
            visit(next);
        }
    }

    const CountTable& table_;
    const std::vector<bool>& hidden_;
    std::size_t cell_;
    std::vector<std::int64_t> counts_;
    std::vector<std::size_t> from_;
};

}  // namespace

std::vector<std::size_t> smallest_computable_group(const CountTable& table,
                                                   const std::vector<bool>& hidden,
                                                   std::int64_t group_min) {
    const std::vector<unsigned> columns = hidden_columns(table, hidden);
    const unsigned all = (1U << table.columns) - 1;
    Cells smallest;
    for (std::size_t row = 0; row < table.rows; ++row) {
        Cells cells;
        for (std::size_t column = 0; column < table.columns; ++column) {
            if ((columns[row] & (1U << column)) != 0) {
                cells.push_back(row * table.columns + column);
            }
        }
        keep_smaller(table, smallest, std::move(cells), group_min);
    }
    for (unsigned set = 1; set <= all; ++set) {
        const unsigned outside = all & ~set;
        keep_smaller(table, smallest, cells_of(table, columns, outside, set), group_min);
        // Rows that lie in the set as a whole drop out by their own totals.
        keep_smaller(table, smallest, cells_of(table, columns, set, outside), group_min);
    }
    // Columns whose rows have all their hidden cells in them are counted whole.
    for (std::size_t column = 0; column < table.columns; ++column) {
        keep_smaller(table, smallest, cells_of(table, columns, 1U << column, all), group_min);
    }
    return smallest;
}

std::int64_t largest_possible(const CountTable& table, const std::vector<bool>& hidden,
                              std::size_t cell, std::int64_t enough) {
    Circles circles{table, hidden, cell};
    while (circles.count() < enough && circles.enlarge()) {
    }
    return circles.count();
}

}  // namespace opora::statistics
