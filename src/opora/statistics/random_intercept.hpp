#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/statistics/grouped_sums.hpp"

namespace opora::statistics {

enum class Likelihood : std::uint8_t { restricted, full };  ///< REML, ML.

/// Which groupings have a random intercept: the groups alone, or the groups within their parents.
enum class Levels : std::uint8_t { groups, groups_in_parents };

struct FixedEffect {
    bool left_out = false;  ///< A linear combination of the columns before it: no estimate.
    double estimate = 0;
    double se = 0;
};

/// The predicted random intercept (BLUP) of a group.
struct GroupEffect {
    std::int64_t rows = 0;
    double effect = 0;
    /// Standard deviation given the fixed effects, as lme4's ranef(condVar) reports it.
    double conditional_sd = 0;
    /// The same with the uncertainty of the fixed effects, for statements about the group.
    double prediction_sd = 0;
};

struct RandomInterceptFit {
    Likelihood likelihood = Likelihood::restricted;
    std::vector<FixedEffect> fixed;  ///< By column.
    double residual_variance = 0;
    double group_variance = 0;              ///< 0 is legal: at the border of the parameter space.
    std::optional<double> parent_variance;  ///< With two levels only.
    std::vector<std::optional<GroupEffect>> groups;   ///< Empty where a group has no rows.
    std::vector<std::optional<GroupEffect>> parents;  ///< By parent number; two levels only.
    std::int64_t rows = 0;
    double criterion = 0;  ///< -2 log likelihood, full or restricted.
    double log_likelihood = 0;
    double aic = 0;
    double bic = 0;
    double fixed_variance = 0;  ///< Variance of X b over the rows.
    int evaluations = 0;        ///< Of the criterion.

    double random_variance() const { return group_variance + parent_variance.value_or(0); }
    /// Share of the variance that is not explained by X and lies between groups (ICC).
    double intraclass_correlation() const {
        return random_variance() / (random_variance() + residual_variance);
    }
    /// Shares of variance explained by X, and by X and the groups (Nakagawa, Schielzeth 2013).
    double r2_marginal() const { return fixed_variance / variance_all(); }
    double r2_conditional() const { return (fixed_variance + random_variance()) / variance_all(); }

private:
    double variance_all() const { return fixed_variance + random_variance() + residual_variance; }
};

/// Fits y = X b + u_parent + v_group + e, with u, v, e independent normal (v alone for one level).
///
/// The profiled deviance of Bates, Mächler, Bolker, Walker (2015), «Fitting linear mixed-effects
/// models using lme4», J. Stat. Softw. 67(1), eq. 34 and 42, is minimised over the one or two
/// relative standard deviations theta = sd(intercept) / sd(residual) >= 0; for nested intercepts it
/// has a closed form in the sums (docs/statistics/contextual-model.md). Costs
/// O(groups * columns) per evaluation, whatever the number of rows.
///
/// Errors instead of numbers that mean nothing: `model_no_rows`, `model_no_columns` (all of X is
/// 0), `model_too_few_rows` (not more rows than columns), `model_one_group` (nothing to compare),
/// `model_single_rows` (no group has two rows: the intercepts cannot be told from the residuals),
/// `model_single_groups` (no parent has two groups), `model_no_spread` (the response does not vary
/// within groups), `model_saturated` (not more groups than columns that describe them).
base::Result<RandomInterceptFit> fit_random_intercept(
    const GroupedSums& sums, Levels levels, Likelihood likelihood = Likelihood::restricted);

}  // namespace opora::statistics
