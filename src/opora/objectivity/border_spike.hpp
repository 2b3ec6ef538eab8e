#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "opora/objectivity/borders.hpp"

namespace opora::objectivity {

/// O1: a peak of primary scores at the official borders of marks, with a hollow just below them.
///
/// For the first score b of every mark, the scores b and b+1 are the upper and b-2, b-1 the lower
/// half of a window (a score in an upper and in a lower half belongs to neither). A log-linear
/// curve is fitted to the scores outside all windows, without the lowest and the highest possible
/// score, where what lies beyond is heaped up. Two questions are asked of it, and p is twice the
/// smaller answer:
/// - the peak: P(U >= u), U negative binomial with the mean E(U) and the variance phi E(U) +
///   Var(estimate);
/// - the shift: P(U >= u | T = u + l), U beta-binomial with the share E(U) / E(T): a score moved
///   over a border raises the upper half and lowers the other, whatever the level of the curve.
/// phi >= 1 is the scatter of scores about such curves, estimated for every work over all schools
/// of the region.
///
/// Fewer than 20 participants are not tested, fewer than 50 only approximately (ФИОКО 2026, p. 13).
/// All works of a school that were tested are then tested together.
constexpr std::int32_t spike_participants_min = 20;
constexpr std::int32_t spike_participants_good = 50;

/// One distribution against its curve.
struct SpikeCounts {
    std::int64_t upper = 0;
    std::int64_t lower = 0;
    double upper_expected = 0;
    double lower_expected = 0;
    double upper_variance = 0;  ///< Of the estimate of the upper half alone.
    double share_variance = 0;  ///< Of the estimate of E(U) / E(T).
    double pearson = 0;         ///< Of the curve outside the windows,
    int freedom = 0;            ///< and its degrees of freedom.
};

/// None when the scores outside the windows do not determine a curve.
std::optional<SpikeCounts> count_spike(std::span<const std::int32_t> histogram,
                                       const Borders& borders, std::int32_t score_max);

/// Rows of all works with scores of the year, and of every school with two works or more.
std::vector<Row> border_spikes(const Material& material);

}  // namespace opora::objectivity
