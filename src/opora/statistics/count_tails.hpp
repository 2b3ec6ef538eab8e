#pragma once

#include <cstdint>

namespace opora::statistics {

/// P(X >= count) for a count whose expectation is itself an estimate.
///
/// X is Poisson with a gamma-distributed mean, so negative binomial with the given mean and
/// variance; a variance that is not above the mean gives the plain Poisson. Requires mean > 0 and
/// count >= 0.
double count_tail(std::int64_t count, double mean, double variance);

/// P(X >= count) for a count out of `trials`, each a success with probability `share`.
///
/// `correlation` >= 0 is the correlation between two trials: the beta-binomial with
/// Var(X) = n p (1-p) (1 + (n-1) correlation); 0 gives the binomial. Requires 0 < share < 1,
/// 0 <= correlation < 1 and 0 <= count <= trials.
double share_tail(std::int64_t count, std::int64_t trials, double share, double correlation);

/// P(X >= x) of the chi-square distribution with 1 or more degrees of freedom.
double chi_square_tail(double x, int degrees);
/// The value that a chi-square variable stays below with probability p, 0 < p < 1.
double chi_square_quantile(double p, int degrees);

}  // namespace opora::statistics
