#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace opora::statistics {

/// What is known of one group's true value: normal with this mean and deviation.
struct UncertainValue {
    double mean = 0;
    double deviation = 0;   ///< >= 0
    std::uint64_t key = 0;  ///< Names the group's own stream of random numbers.
};

/// The place of a group among all, 1 being the highest value; equal values share the better place.
struct RankInterval {
    std::int32_t low = 0;   ///< 5 % quantile of the simulated places.
    std::int32_t high = 0;  ///< 95 % quantile.
    double expected = 0;    ///< Mean of the simulated places.

    friend bool operator==(const RankInterval&, const RankInterval&) = default;
};

/// Intervals of places by simulation (Goldstein, Spiegelhalter 1996, J. R. Stat. Soc. A 159,
/// 385-443; Leckie, Goldstein 2011): in each of `draws` draws all true values are drawn and ranked.
///
/// Draw r of a group comes from the stream (seed, key, r), so that neither the order of the groups
/// nor the number of threads changes a place. The quantiles are order statistics: the smallest
/// place of which at least 5 % (95 %) of the draws are not above it. An expected place has a Monte
/// Carlo error of its standard deviation / sqrt(draws).
std::vector<RankInterval> rank_intervals(std::span<const UncertainValue> groups, std::int32_t draws,
                                         std::uint64_t seed);

/// Places of plain values: 1 + the number of higher ones.
std::vector<std::int32_t> ranks(std::span<const double> values);

}  // namespace opora::statistics
