#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/indicators/standard_scores.hpp"
#include "opora/model/typology.hpp"
#include "opora/statistics/concentration.hpp"

namespace opora::typology {

/// Two groups of pupils whose results are compared: by school number 1 and 2, 0 for neither.
struct PupilGroups {
    std::string code;   ///< `gap_settlement`.
    std::string title;  ///< Russian, «разрыв: село минус город».
    std::vector<std::uint8_t> side;
};

struct SpreadOptions {
    std::int32_t schools_min = 3;   ///< With results; fewer have no spread.
    std::int32_t results_min = 10;  ///< Of each group of a gap; smaller groups are protected.
    std::vector<std::uint8_t> included{};  ///< By school number, 0: left out; empty: all are in.
};

/// How far schools differ in a year and how far groups of pupils are apart, with the change against
/// the year before.
///
/// `school_deviation` (T) and `intraclass` (T² / (T² + S²)), in standard deviations of pupils: the
/// one-way analysis of variance of every procedure, pooled over procedures p,
///     S² = sum SSW_p / sum (N_p - J_p),
///     T² = sum (SSB_p - (J_p - 1) S²) / sum (N_p - (sum n²)_p / N_p), not below 0.
/// `low_gini`, `low_in_worst_quarter`, `low_holding_half`: concentration of the results below the
/// threshold (statistics/concentration.hpp). Gaps: mean standard score of group 1 minus group 2.
///
/// Intervals by the delete-a-group jackknife over schools; a school is in the same group every
/// year, so that the interval of a change counts what both years share. `years` ascending, one for
/// each value; values in the order of years, then statistics.
std::vector<model::SpreadValue> spread(const indicators::Evidence& evidence,
                                       std::span<const indicators::StandardScores> years,
                                       std::span<const PupilGroups> groups,
                                       const SpreadOptions& options = {});

/// Results below the threshold and all results of every school in a year, for the curve.
std::vector<statistics::UnitCount> low_results(const indicators::Evidence& evidence,
                                               model::SchoolYear year,
                                               std::span<const std::uint8_t> included = {});

}  // namespace opora::typology
