#include "opora/statistics/suppression.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>

#include "opora/statistics/suppression_attack.hpp"

using namespace opora::statistics;

namespace {

constexpr std::int64_t group_min = 5;

std::size_t hidden_count(const SafeTable& table) {
    return static_cast<std::size_t>(
        std::ranges::count_if(table.cells, [](const auto& cell) { return !cell; }));
}

/// The truth behind a safe table, joined as it is.
CountTable truth_of(const CountTable& table, const SafeTable& safe) {
    CountTable whole{safe.row_groups.size(), safe.column_groups.size(), {}};
    for (const auto& rows : safe.row_groups) {
        for (const auto& columns : safe.column_groups) {
            std::int64_t sum = 0;
            for (const std::size_t row : rows) {
                for (const std::size_t column : columns) sum += table.at(row, column);
            }
            whole.counts.push_back(sum);
        }
    }
    return whole;
}

/// A reader with patience: goes through every table that agrees with what is published, and keeps
/// for each set of hidden cells the least and the largest sum over all of them. Knows nothing of
/// how the cells were chosen.
class PatientReader {
public:
    explicit PatientReader(const SafeTable& safe)
        : columns_{safe.column_groups.size()},
          rows_{safe.row_totals},
          columns_left_{safe.column_totals} {
        for (std::size_t i = 0; i < safe.cells.size(); ++i) {
            if (safe.cells[i]) {
                rows_[i / columns_] -= *safe.cells[i];
                columns_left_[i % columns_] -= *safe.cells[i];
            } else {
                hidden_.push_back(i);
            }
        }
    }

    const std::vector<std::size_t>& hidden() const { return hidden_; }

    void read() {
        const std::size_t sets = std::size_t{1} << hidden_.size();
        least_.assign(sets, std::numeric_limits<std::int64_t>::max());
        largest_.assign(sets, -1);
        values_.assign(hidden_.size(), 0);
        fill(0);
    }
    std::int64_t least(std::size_t set) const { return least_[set]; }
    std::int64_t largest(std::size_t set) const { return largest_[set]; }

private:
    void fill(std::size_t place) {
        if (place == hidden_.size()) {
            const auto zero = [](std::int64_t left) { return left == 0; };
            if (std::ranges::all_of(rows_, zero) && std::ranges::all_of(columns_left_, zero))
                keep();
            return;
        }
        std::int64_t& row = rows_[hidden_[place] / columns_];
        std::int64_t& column = columns_left_[hidden_[place] % columns_];
        const bool row_ends = place + 1 == hidden_.size() ||
                              hidden_[place + 1] / columns_ != hidden_[place] / columns_;
        for (std::int64_t value = row_ends ? row : 0; value <= std::min(row, column); ++value) {
            row -= value;
            column -= value;
            values_[place] = value;
            fill(place + 1);
            row += value;
            column += value;
        }
    }
    void keep() {
        for (std::size_t set = 1; set < least_.size(); ++set) {
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < values_.size(); ++i) {
                if ((set >> i & 1U) != 0) sum += values_[i];
            }
            least_[set] = std::min(least_[set], sum);
            largest_[set] = std::max(largest_[set], sum);
        }
    }

    std::size_t columns_;
    std::vector<std::int64_t> rows_;
    std::vector<std::int64_t> columns_left_;
    std::vector<std::size_t> hidden_;
    std::vector<std::int64_t> values_;
    std::vector<std::int64_t> least_;
    std::vector<std::int64_t> largest_;
};

/// What the margins alone say of the hidden cells, tightened until nothing changes: the attack that
/// needs no patience, for tables of any size.
std::vector<std::pair<std::int64_t, std::int64_t>> intervals(const SafeTable& safe) {
    const std::size_t columns = safe.column_groups.size();
    std::vector<std::pair<std::int64_t, std::int64_t>> bounds;
    for (const auto& cell : safe.cells) {
        bounds.emplace_back(cell.value_or(0), cell.value_or(safe.total));
    }
    bool changed = true;
    const auto tighten = [&](const std::vector<std::size_t>& line, std::int64_t total) {
        for (const std::size_t cell : line) {
            std::int64_t low = total;
            std::int64_t high = total;
            for (const std::size_t other : line) {
                if (other == cell) continue;
                low -= bounds[other].second;
                high -= bounds[other].first;
            }
            const std::pair tighter{std::max(bounds[cell].first, low),
                                    std::min(bounds[cell].second, high)};
            changed = changed || tighter != bounds[cell];
            bounds[cell] = tighter;
        }
    };
    while (changed) {
        changed = false;
        for (std::size_t row = 0; row < safe.row_totals.size(); ++row) {
            std::vector<std::size_t> line;
            for (std::size_t i = 0; i < columns; ++i) line.push_back(row * columns + i);
            tighten(line, safe.row_totals[row]);
        }
        for (std::size_t column = 0; column < columns; ++column) {
            std::vector<std::size_t> line;
            for (std::size_t i = column; i < safe.cells.size(); i += columns) line.push_back(i);
            tighten(line, safe.column_totals[column]);
        }
    }
    return bounds;
}

rc::Gen<CountTable> tables(std::size_t rows_max, std::size_t columns_max, std::int64_t count_max) {
    return rc::gen::exec([=] {
        CountTable table;
        table.rows = *rc::gen::inRange<std::size_t>(1, rows_max + 1);
        table.columns = *rc::gen::inRange<std::size_t>(1, columns_max + 1);
        table.counts = *rc::gen::container<std::vector<std::int64_t>>(
            table.rows * table.columns,
            rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 6),
                           rc::gen::inRange<std::int64_t>(0, count_max)));
        return table;
    });
}

}  // namespace

TEST_CASE("nothing is hidden where nothing is small, and zeros are no group") {
    const auto safe = suppress({2, 3, {5, 0, 9, 12, 7, 30}});
    REQUIRE(safe);
    CHECK(hidden_count(*safe) == 0);
    CHECK(safe->row_totals == std::vector<std::int64_t>{14, 49});
    CHECK(safe->column_totals == std::vector<std::int64_t>{17, 7, 39});
    CHECK(safe->total == 63);
}

TEST_CASE(
    "one small cell hides three more: its row, its column and the corner would give it away") {
    const auto safe = suppress({3, 3, {3, 20, 30, 10, 11, 40, 50, 60, 70}});
    REQUIRE(safe);
    CHECK(hidden_count(*safe) == 4);
    CHECK_FALSE(safe->cells[0]);
}

TEST_CASE("two hidden cells of a line whose sum is small are a small group together") {
    // 1 and 2 stand in one row: 3 pupils follow from its total unless a third cell is hidden.
    const auto safe = suppress({2, 4, {1, 2, 40, 50, 30, 31, 41, 51}});
    REQUIRE(safe);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += safe->cells[i] ? 0 : 1;
    CHECK(sum >= 3);
}

TEST_CASE("a district and a mark with fewer than five pupils are joined, the total stays") {
    const auto safe = suppress({3, 2, {20, 30, 1, 2, 8, 0}});
    REQUIRE(safe);
    CHECK(safe->row_groups == std::vector<std::vector<std::size_t>>{{0}, {1, 2}});
    const auto marks = suppress({2, 4, {1, 20, 30, 9, 2, 21, 31, 8}});
    REQUIRE(marks);
    CHECK(marks->column_groups == std::vector<std::vector<std::size_t>>{{0, 1}, {2}, {3}});
    CHECK(marks->total == 122);
}

TEST_CASE("fewer than five pupils, nobody and no rows: nothing is published") {
    CHECK_FALSE(suppress({1, 2, {1, 3}}));
    CHECK_FALSE(suppress({2, 2, {0, 0, 0, 0}}));
    CHECK_FALSE(suppress({0, 4, {}}));
    CHECK(suppress({1, 2, {1, 4}}));
}

TEST_CASE("a patient reader of the published table computes no group of one to four pupils") {
    const bool safe_always = rc::check("no group follows, no small cell is known to be small", [] {
        const CountTable table = *tables(3, 3, 12);
        const auto safe = suppress(table, group_min);
        std::int64_t total = 0;
        for (const std::int64_t count : table.counts) total += count;
        RC_ASSERT(safe.has_value() == (total >= group_min));
        if (!safe) return;
        const CountTable truth = truth_of(table, *safe);
        PatientReader reader{*safe};
        reader.read();
        const auto& hidden = reader.hidden();
        for (std::size_t set = 1; set < std::size_t{1} << hidden.size(); ++set) {
            RC_ASSERT(reader.largest(set) >= 0);  // The truth itself agrees.
            if (reader.least(set) == reader.largest(set)) RC_ASSERT(reader.least(set) >= group_min);
        }
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            const std::int64_t count = truth.counts[hidden[i]];
            const bool small = 0 < count && count < group_min;
            if (small) RC_ASSERT(reader.largest(std::size_t{1} << i) >= group_min);
        }
        for (std::size_t i = 0; i < truth.counts.size(); ++i) {
            const bool shown = safe->cells[i].has_value();
            if (shown) RC_ASSERT(truth.counts[i] == 0 || truth.counts[i] >= group_min);
        }
    });
    CHECK(safe_always);
}

TEST_CASE("the attack of the library finds what the patient reader finds") {
    const bool same = rc::check("largest value and smallest group over any hidden cells", [] {
        const CountTable table = *tables(3, 3, 9);
        const auto hidden =
            *rc::gen::container<std::vector<bool>>(table.counts.size(), rc::gen::arbitrary<bool>());
        SafeTable shown{.row_groups = std::vector<std::vector<std::size_t>>(table.rows),
                        .column_groups = std::vector<std::vector<std::size_t>>(table.columns),
                        .cells = {},
                        .row_totals = std::vector<std::int64_t>(table.rows, 0),
                        .column_totals = std::vector<std::int64_t>(table.columns, 0),
                        .total = 0};
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            shown.cells.push_back(hidden[i] ? std::nullopt : std::optional{table.counts[i]});
            shown.row_totals[i / table.columns] += table.counts[i];
            shown.column_totals[i % table.columns] += table.counts[i];
        }
        PatientReader reader{shown};
        reader.read();
        bool small_group = false;
        for (std::size_t set = 1; set < std::size_t{1} << reader.hidden().size(); ++set) {
            small_group = small_group || (reader.least(set) == reader.largest(set) &&
                                          reader.least(set) < group_min);
        }
        RC_ASSERT(smallest_computable_group(table, hidden, group_min).empty() == !small_group);
        for (std::size_t i = 0; i < reader.hidden().size(); ++i) {
            RC_ASSERT(largest_possible(table, hidden, reader.hidden()[i], 1000) ==
                      reader.largest(std::size_t{1} << i));
        }
    });
    CHECK(same);
}

TEST_CASE("tables of districts by marks withstand the attack by intervals") {
    const bool safe_always = rc::check("large tables", [] {
        const CountTable table = *tables(25, 4, 60);
        const auto safe = suppress(table, group_min);
        if (!safe) return;
        const CountTable truth = truth_of(table, *safe);
        const auto bounds = intervals(*safe);
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            if (safe->cells[i]) continue;
            if (bounds[i].first == bounds[i].second) RC_ASSERT(bounds[i].first >= group_min);
            const bool small = 0 < truth.counts[i] && truth.counts[i] < group_min;
            if (small) RC_ASSERT(bounds[i].second >= group_min);
        }
        for (const std::int64_t total : safe->row_totals)
            RC_ASSERT(total == 0 || total >= group_min);
        for (const std::int64_t total : safe->column_totals)
            RC_ASSERT(total == 0 || total >= group_min);
        RC_ASSERT(suppress(table, group_min)->cells == safe->cells);
    });
    CHECK(safe_always);
}
