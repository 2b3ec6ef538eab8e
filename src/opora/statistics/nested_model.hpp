#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "opora/statistics/effect_distribution.hpp"
#include "opora/statistics/observation.hpp"

namespace opora::statistics {

/// One measurement of a group (a school): in what it was measured, and which effects it shares with
/// the other measurements of the group.
struct NestedRow {
    std::uint32_t item = 0;    ///< What was measured (a procedure): numbers from 0.
    std::uint16_t season = 0;  ///< Year: numbers from 0.
    std::uint16_t block = 0;   ///< Series and cohorts of different blocks have nothing in common.
    std::uint16_t series = 0;  ///< The same work in different seasons; numbered within the block.
    std::uint16_t cohort = 0;  ///< The same pupils in one season; numbered within the block.
    double pupils = 0;         ///< Of the cohort: the same in all its rows.
    double tilt = 1;           ///< Of the cohort's luck (`luck_tilt`): the same in all its rows.
    Counted counted;           ///< Of a share.
    Observation observation;   ///< Of the value on the scale of effects.
};

/// Variances of the model; squares of pupils' standard deviations.
///
///     u_i = centre_i + a + d_season + h_cohort + b_series + c_i        the truth of row i
///     z_i = u_i + l_cohort + e_i                                       what is observed
///
/// a: effect of the group, from any distribution; d ~ N(0, season); h ~ N(0, cohort); b ~ N(0,
/// series); c ~ N(0, own). l ~ N(0, luck tilt / pupils): the pupils of a cohort take several works,
/// and who they happen to be moves all of them; e_i is the rest of the sampling error of the row.
struct NestedVariances {
    double season = 0;
    double cohort = 0;
    double series = 0;
    double own = 0;
    double luck = 0;  ///< Correlation between the works of one pupil, 0..1.
};

/// The joint prior of all groups.
struct NestedPrior {
    std::vector<double> centre;  ///< By item.
    NestedVariances variances;
    EffectDistribution effect;
    std::size_t seasons = 1;
    std::size_t groups = 0;  ///< From how many it was estimated.
};

/// The rows of all groups: those of group g are [begin[g], begin[g + 1]), sorted by block.
struct NestedRows {
    std::vector<NestedRow> rows;
    std::vector<std::size_t> begin{0};
    std::size_t items = 0;
    /// By item: which series it belongs to (the same work of all years); empty: each its own.
    std::vector<std::uint32_t> item_series;
    std::size_t seasons = 1;
    bool shares = true;  ///< Counts of shares; else observations are given and stay.

    std::size_t groups() const { return begin.size() - 1; }
    std::span<const NestedRow> of(std::size_t group) const {
        return std::span{rows}.subspan(begin[group], begin[group + 1] - begin[group]);
    }
    std::span<NestedRow> of(std::size_t group) {
        return std::span{rows}.subspan(begin[group], begin[group + 1] - begin[group]);
    }
};

/// How much more the luck of a cohort moves shares than its abilities, where the share is Phi(u).
///
/// Two failures of one pupil, whose abilities in two works correlate at r, have the covariance
/// phi(u)^2 (r + r^2 u^2 / 2 + r^3 (u^2 - 1)^2 / 6 + …) (the tetrachoric series, Pearson 1900):
/// rare failures go together more than marks do. The bracket divided by r, at the usual r = 0.6.
double luck_tilt(double u);

/// Tilts the luck of every cohort of a group as the mean of what is expected of its works says;
/// `expected`: by row, on the scale of effects.
void tilt_luck(std::span<NestedRow> rows, std::span<const double> expected);

/// The part of a row's error that it shares with its cohort, and the rest.
double luck_variance(const NestedRow& row, const NestedVariances& variances);
double own_error(const NestedRow& row, const NestedVariances& variances);

}  // namespace opora::statistics
