#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "opora/base/fraction.hpp"

namespace opora::intake {

/// Counts of pupils behind printed percents.
struct RebuiltCounts {
    std::vector<std::int32_t> counts;  ///< Their sum is n.
    bool fits = true;  ///< Each count gives back its percent within the rounding of the print.
};

/// Rebuilds counts from percents of n so that they sum to n: whole parts first, then the largest
/// remainders, the earlier one of equal ones. Percents whose sum is about 1 are shares. Nothing
/// when the sum is neither about 1 nor about 100.
std::optional<RebuiltCounts> rebuilt_counts(std::int32_t n,
                                            std::span<const base::Fraction> percents);

/// One count behind one percent, e.g. of a task: the nearest whole number, halves up.
std::int64_t rebuilt_count(std::int64_t n, const base::Fraction& percent);

}  // namespace opora::intake
