#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "opora/statistics/nested_model.hpp"

namespace opora::statistics {

/// Below so many groups the form of the distribution of their effects cannot be told.
constexpr std::size_t groups_for_free_form = 100;
/// Below so many groups the prior itself is uncertain: several possible priors stand for it.
constexpr std::size_t groups_for_one_prior = 300;
constexpr std::size_t possible_priors = 8;

struct NestedFitOptions {
    /// By item: mean and deviation between groups as known from elsewhere, on the scale of effects.
    /// Empty, or as long as there are items.
    std::vector<std::optional<Moments>> imported;
    std::uint64_t seed = 0;
    unsigned threads = 0;  ///< 0: as many as the machine has. Changes no result.
};

/// Estimates the joint prior from all groups, and makes the observations of the rows under it.
///
/// Start: every item by itself, Beta prior by moments (beta_binomial.hpp) on the probit scale. Then
/// rounds of stochastic EM (Celeux and Diebolt 1985) on at most 1,000 evenly spaced groups: given
/// the parameters, the effects of every group are drawn from their exact posterior; given the
/// effects, every variance is their mean square, held by a weak prior (a few imagined groups with
/// usual values) where there are few.
///
/// From 300 groups on, 24 rounds, the variances averaged over the last 12; at last, all groups give
/// the centres of the items and the distribution of the effects. Below, 48 rounds in which the
/// parameters are drawn as well (a Gibbs sampler: centres normal, variances inverse chi-square),
/// and eight of the last 24 rounds come back as equally likely priors: with 20 schools nobody knows
/// the spread between schools, and a single best guess would make every posterior too sure. The
/// distribution of the effects is free (EMS) from 100 groups on, normal below.
///
/// Items with imported moments keep their centre; the deviations of such items, less the variances
/// within a group, give the deviation of the effects.
std::vector<NestedPrior> fit_nested(NestedRows& rows, const NestedFitOptions& options);

}  // namespace opora::statistics
