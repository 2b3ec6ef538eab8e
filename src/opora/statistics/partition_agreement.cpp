#include "opora/statistics/partition_agreement.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::statistics {

namespace {

/// Rows by cluster of `a` and cluster of `b`.
struct Table {
    std::size_t columns = 0;
    std::vector<std::int64_t> cells;
    std::vector<std::int64_t> of_a;
    std::vector<std::int64_t> of_b;
};

std::size_t clusters_of(std::span<const std::uint32_t> labels) {
    return labels.empty() ? 0 : std::size_t{*std::ranges::max_element(labels)} + 1;
}

Table table_of(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    OPORA_EXPECTS(a.size() == b.size());
    Table table{.columns = clusters_of(b)};
    table.of_a.resize(clusters_of(a));
    table.of_b.resize(table.columns);
    table.cells.resize(table.of_a.size() * table.columns);
    for (std::size_t i = 0; i < a.size(); ++i) {
        ++table.cells[a[i] * table.columns + b[i]];
        ++table.of_a[a[i]];
        ++table.of_b[b[i]];
    }
    return table;
}

double pairs(std::span<const std::int64_t> counts) {
    double sum = 0;
    for (const std::int64_t count : counts) {
        sum += static_cast<double>(count) * static_cast<double>(count - 1) / 2;
    }
    return sum;
}

}  // namespace

std::optional<double> adjusted_rand(std::span<const std::uint32_t> a,
                                    std::span<const std::uint32_t> b) {
    if (a.size() < 2) return std::nullopt;
    const Table table = table_of(a, b);
    const auto n = static_cast<double>(a.size());
    const double together = pairs(table.cells);
    const double in_a = pairs(table.of_a);
    const double in_b = pairs(table.of_b);
    const double expected = in_a * in_b / (n * (n - 1) / 2);
    const double most = (in_a + in_b) / 2;
    if (most == expected) return std::nullopt;
    return (together - expected) / (most - expected);
}

std::vector<double> best_jaccard(std::span<const std::uint32_t> a,
                                 std::span<const std::uint32_t> b) {
    const Table table = table_of(a, b);
    std::vector<double> best(table.of_a.size(), 0);
    for (std::size_t i = 0; i < best.size(); ++i) {
        for (std::size_t j = 0; j < table.columns; ++j) {
            const std::int64_t both = table.cells[i * table.columns + j];
            if (both == 0) continue;
            const std::int64_t either = table.of_a[i] + table.of_b[j] - both;
            best[i] = std::max(best[i], static_cast<double>(both) / static_cast<double>(either));
        }
    }
    return best;
}

}  // namespace opora::statistics
