#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "opora/statistics/random.hpp"

namespace opora::statistics {

/// What is believed of the centres of items before they are measured: the same work of other years
/// lies near, and all works lie somewhere.
///
///     centre_item ~ N(mean of its series, between years),   mean of a series ~ N(middle, between
///     series)
///
/// Few groups measure a centre badly, and the items that look hardest are those whose errors point
/// that way. Both variances are drawn with everything else (scaled inverse chi-square, a weak prior
/// of four imagined deviations of 0.15 and 0.35).
class CentrePrior {
public:
    /// `series`: by item; empty: each item is a series of its own.
    CentrePrior(std::span<const std::uint32_t> series, std::size_t items);

    /// Draws means and variances given the centres of the items that were measured.
    void learn(std::span<const double> centres, std::span<const double> weights, Random& random);

    /// A draw of the centre of an item: `value` was measured with the precision `weight`.
    double draw(std::size_t item, double value, double weight, Random& random) const;

private:
    std::vector<std::uint32_t> series_;
    std::vector<double> mean_;  ///< By series.
    double middle_ = 0;
    double between_years_ = 0.0225;
    double between_series_ = 0.1225;
};

/// A draw of a chi-square number, by the cube-root normal approximation (Wilson and Hilferty 1931).
double chi_square(double freedom, Random& random);

}  // namespace opora::statistics
