#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace opora::statistics {

/// A table of numbers, row after row; nothing in it is missing.
struct Rows {
    std::span<const double> values;
    std::size_t columns = 0;

    std::size_t count() const { return columns == 0 ? 0 : values.size() / columns; }
    std::span<const double> row(std::size_t i) const {
        return values.subspan(i * columns, columns);
    }
};

/// Row numbers in ascending lexicographic order of the rows, equal rows by number. What is computed
/// in this order does not depend on the order in which rows were given.
std::vector<std::uint32_t> canonical_order(const Rows& rows);

/// The rows with these numbers, one after another.
std::vector<double> taken(const Rows& rows, std::span<const std::uint32_t> numbers);

/// How many different rows there are, given their canonical order.
std::size_t distinct_rows(const Rows& rows, std::span<const std::uint32_t> order);

/// Squared Euclidean distance.
double squared_distance(std::span<const double> a, std::span<const double> b);

/// Clusters numbered from 0 by size, the largest first; of equal ones first the one that comes
/// first in `order`.
std::vector<std::uint32_t> canonical_labels(std::span<const std::uint32_t> labels,
                                            std::span<const std::uint32_t> order);

}  // namespace opora::statistics
