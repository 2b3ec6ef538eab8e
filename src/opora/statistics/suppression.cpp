#include "opora/statistics/suppression.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

#include "opora/base/expects.hpp"
#include "opora/statistics/suppression_attack.hpp"

namespace opora::statistics {

namespace {

using Groups = std::vector<std::vector<std::size_t>>;

Groups singles(std::size_t count) {
    Groups groups(count);
    for (std::size_t i = 0; i < count; ++i) groups[i] = {i};
    return groups;
}

std::int64_t sum_of(std::span<const std::int64_t> totals, const std::vector<std::size_t>& group) {
    std::int64_t sum = 0;
    for (const std::size_t one : group) sum += totals[one];
    return sum;
}

/// The smallest group of 1 … group_min - 1, the first of equals; groups.size() when there is none.
std::size_t too_small(std::span<const std::int64_t> totals, const Groups& groups,
                      std::int64_t group_min) {
    std::size_t found = groups.size();
    std::int64_t smallest = group_min;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::int64_t sum = sum_of(totals, groups[i]);
        if (sum == 0 || sum >= smallest) continue;
        smallest = sum;
        found = i;
    }
    return found;
}

void join(Groups& groups, std::size_t one, std::size_t other) {
    auto& into = groups[std::min(one, other)];
    const auto& from = groups[std::max(one, other)];
    into.insert(into.end(), from.begin(), from.end());
    std::ranges::sort(into);
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(std::max(one, other)));
}

/// Rows have no order: a small one goes with the smallest other that is not empty.
Groups join_rows(std::span<const std::int64_t> totals, std::int64_t group_min) {
    Groups groups = singles(totals.size());
    while (true) {
        const std::size_t small = too_small(totals, groups, group_min);
        if (small == groups.size()) return groups;
        std::size_t partner = groups.size();
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const std::int64_t sum = sum_of(totals, groups[i]);
            if (i == small || sum == 0 || sum >= least) continue;
            least = sum;
            partner = i;
        }
        OPORA_EXPECTS(partner < groups.size());  // The whole holds group_min or more.
        join(groups, small, partner);
    }
}

/// Columns have an order (marks): a small one goes with its neighbour.
Groups join_columns(std::span<const std::int64_t> totals, std::int64_t group_min) {
    Groups groups = singles(totals.size());
    while (true) {
        const std::size_t small = too_small(totals, groups, group_min);
        if (small == groups.size()) return groups;
        join(groups, small, small == 0 ? 1 : small - 1);
    }
}

CountTable joined(const CountTable& table, const Groups& rows, const Groups& columns) {
    CountTable whole{rows.size(), columns.size(), {}};
    for (const auto& row_group : rows) {
        for (const auto& column_group : columns) {
            std::int64_t sum = 0;
            for (const std::size_t row : row_group) {
                for (const std::size_t column : column_group) sum += table.at(row, column);
            }
            whole.counts.push_back(sum);
        }
    }
    return whole;
}

std::vector<std::int64_t> row_totals(const CountTable& table) {
    std::vector<std::int64_t> totals(table.rows, 0);
    for (std::size_t i = 0; i < table.counts.size(); ++i)
        totals[i / table.columns] += table.counts[i];
    return totals;
}

std::vector<std::int64_t> column_totals(const CountTable& table) {
    std::vector<std::int64_t> totals(table.columns, 0);
    for (std::size_t i = 0; i < table.counts.size(); ++i)
        totals[i % table.columns] += table.counts[i];
    return totals;
}

/// Steps 2 to 4 over a table whose totals are all 0 or large enough.
class Hiding {
public:
    Hiding(const CountTable& table, std::int64_t group_min)
        : table_{table},
          group_min_{group_min},
          rows_{row_totals(table)},
          columns_{column_totals(table)},
          hidden_(table.counts.size(), false) {
        for (std::size_t i = 0; i < hidden_.size(); ++i) {
            hidden_[i] = 0 < table.counts[i] && table.counts[i] < group_min;
            if (hidden_[i]) primary_.push_back(i);
        }
    }

    std::vector<bool> run() && {
        for (auto weak = weakness(); !weak.empty(); weak = weakness()) hide_beside(weak);
        show_again();
        return std::move(hidden_);
    }

private:
    /// Cells that together are too small a group, or one that is known to be small; none if safe.
    std::vector<std::size_t> weakness() const {
        auto group = smallest_computable_group(table_, hidden_, group_min_);
        if (!group.empty()) return group;
        for (const std::size_t cell : primary_) {
            if (largest_possible(table_, hidden_, cell, group_min_) < group_min_) return {cell};
        }
        return {};
    }

    bool lies_beside(std::size_t cell, const std::vector<std::size_t>& weak) const {
        return std::ranges::any_of(weak, [&](std::size_t one) {
            return one / table_.columns == cell / table_.columns ||
                   one % table_.columns == cell % table_.columns;
        });
    }

    void hide_beside(const std::vector<std::size_t>& weak) {
        std::size_t best = hidden_.size();
        bool best_beside = false;
        for (std::size_t i = 0; i < hidden_.size(); ++i) {
            const bool empty_line =
                rows_[i / table_.columns] == 0 || columns_[i % table_.columns] == 0;
            if (hidden_[i] || empty_line) continue;
            const bool beside = lies_beside(i, weak);
            const bool better = best == hidden_.size() || (beside && !best_beside) ||
                                (beside == best_beside && table_.counts[i] < table_.counts[best]);
            if (!better) continue;
            best = i;
            best_beside = beside;
        }
        OPORA_EXPECTS(best < hidden_.size());  // With all cells hidden every table is safe.
        hidden_[best] = true;
        added_.push_back(best);
    }

    void show_again() {
        std::ranges::stable_sort(added_, std::ranges::greater{},
                                 [&](std::size_t cell) { return table_.counts[cell]; });
        // What one shown cell makes needless may have stood before it.
        for (bool changed = true; changed;) {
            changed = false;
            for (const std::size_t cell : added_) {
                if (!hidden_[cell]) continue;
                hidden_[cell] = false;
                if (weakness().empty()) {
                    changed = true;
                } else {
                    hidden_[cell] = true;
                }
            }
        }
    }

    const CountTable& table_;
    std::int64_t group_min_;
    std::vector<std::int64_t> rows_;
    std::vector<std::int64_t> columns_;
    std::vector<bool> hidden_;
    std::vector<std::size_t> primary_;
    std::vector<std::size_t> added_;
};

}  // namespace

std::optional<SafeTable> suppress(const CountTable& table, std::int64_t group_min) {
    OPORA_EXPECTS(table.counts.size() == table.rows * table.columns);
    OPORA_EXPECTS(table.columns <= 12 && group_min >= 1);
    OPORA_EXPECTS(std::ranges::all_of(table.counts, [](auto count) { return count >= 0; }));
    const std::int64_t total =
        std::accumulate(table.counts.begin(), table.counts.end(), std::int64_t{0});
    if (total < group_min) return std::nullopt;

    SafeTable safe{.row_groups = join_rows(row_totals(table), group_min),
                   .column_groups = join_columns(column_totals(table), group_min),
                   .cells = {},
                   .row_totals = {},
                   .column_totals = {},
                   .total = total};
    const CountTable whole = joined(table, safe.row_groups, safe.column_groups);
    safe.row_totals = row_totals(whole);
    safe.column_totals = column_totals(whole);
    const std::vector<bool> hidden = Hiding{whole, group_min}.run();
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        safe.cells.push_back(hidden[i] ? std::nullopt : std::optional{whole.counts[i]});
    }
    return safe;
}

}  // namespace opora::statistics
