#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// Rows some of whose features are missing: values (0 where missing, never looked at) and, by row,
/// the bits of the features that are known. At most 32 features.
struct PartialRows {
    std::size_t columns = 0;
    std::vector<double> values;
    std::vector<std::uint32_t> known;

    std::size_t count() const { return known.size(); }
    double value(std::size_t row, std::size_t column) const {
        return values[row * columns + column];
    }
    bool knows(std::size_t row, std::size_t column) const { return (known[row] >> column) & 1u; }
};

struct Neighbour {
    std::uint32_t row = 0;
    float known_share = 0;  ///< Weight of the features that both rows know; all weights sum to 1.
    double distance = 0;
};

struct NeighbourOptions {
    std::size_t count = 50;
    /// Rows that share less than this part of the weights are not compared.
    double known_share_min = 0.5;
};

/// d²(a, b) = (sum of weights / sum of shared weights) * sum over shared features of
/// weight * (a - b)²: the partial distance of Dixon (1979), as Gower's (1971) with squares.
/// std::nullopt where less than `known_share_min` of the weights is shared.
std::optional<Neighbour> partial_distance(const PartialRows& rows, std::span<const double> weights,
                                          std::uint32_t a, std::uint32_t b, double known_share_min);

/// The nearest other rows of every row, the nearest first, equally near ones by number; fewer than
/// `count` where fewer can be compared.
///
/// Rows that know the same features make a k-d tree (Bentley 1975), because the partial distance of
/// a row to them is an ordinary scaled one; trees are searched with the bounds of their boxes
/// (Friedman, Bentley, Finkel 1977). Weights must be positive.
std::vector<std::vector<Neighbour>> nearest_neighbours(const PartialRows& rows,
                                                       std::span<const double> weights,
                                                       const NeighbourOptions& options);

}  // namespace opora::statistics
