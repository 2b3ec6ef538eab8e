#pragma once

#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// Correlations of two variables given in the same order. None for fewer than two pairs, or when a
/// variable does not vary.

/// Pearson's product-moment correlation, in two passes.
std::optional<double> pearson(std::span<const double> x, std::span<const double> y);

/// Spearman's: Pearson's of the ranks, ties sharing their mean rank.
std::optional<double> spearman(std::span<const double> x, std::span<const double> y);

/// Kendall's tau-b, ties taken out of both denominators; by merge sort (Knight 1966), n log n.
std::optional<double> kendall(std::span<const double> x, std::span<const double> y);

/// Ranks from 1, ties sharing their mean rank.
std::vector<double> mean_ranks(std::span<const double> values);

}  // namespace opora::statistics
