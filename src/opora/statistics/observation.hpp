#pragma once

#include "opora/statistics/beta_binomial.hpp"

namespace opora::statistics {

/// What a measurement says of an unknown number: like a value read with a normal error.
///
/// A variance of `says_nothing` stands for a measurement without information.
struct Observation {
    double value = 0;
    double variance = 0;
};

constexpr double says_nothing = 1e6;

/// A count as an observation of u, where the share is Phi(u).
///
/// The likelihood Phi(u)^x (1 - Phi(u))^(n - x) is replaced by the normal one that gives the same
/// mean and variance of u when u is expected at `expected` (a moment-matching site, Minka 2001,
/// section 3.2). The moments are integrated with seven adaptive Gauss-Hermite points around the
/// mode (Liu and Pierce 1994). So 0 of 8 says «not high», and not «minus infinity»; for large n the
/// value is near the normal quantile of x / n.
Observation observe_share(const Counted& counted, const Moments& expected);

/// A mean of n results with the standard deviation `deviation` between pupils, as an observation
/// of (mean - centre) / deviation.
Observation observe_mean(double mean, double n, const Moments& pupils);

}  // namespace opora::statistics
