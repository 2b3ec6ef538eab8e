#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// Two partitions of the same rows: labels in the same order, from 0.

/// Adjusted Rand index (Hubert, Arabie 1985, eq. 5): 1 for the same partition, 0 on average for
/// partitions by chance. None for fewer than two rows, or where both leave nothing to compare (all
/// rows together in both, or all rows apart in both).
std::optional<double> adjusted_rand(std::span<const std::uint32_t> a,
                                    std::span<const std::uint32_t> b);

/// For every cluster of `a` the largest Jaccard coefficient |A and B| / |A or B| with a cluster of
/// `b` (Hennig 2007); 0 for a cluster without rows.
std::vector<double> best_jaccard(std::span<const std::uint32_t> a,
                                 std::span<const std::uint32_t> b);

}  // namespace opora::statistics
