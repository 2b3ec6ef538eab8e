#pragma once

#include <span>

namespace opora::statistics {

/// Pupils counted and those of them who failed. Not whole numbers where a class is shared by hours.
struct Counted {
    double failed = 0;
    double all = 0;
};

/// Beta(a, b): what is believed of a share, as if a of a + b pupils had failed.
struct Beta {
    double a = 1;
    double b = 1;

    double mean() const { return a / (a + b); }
    double variance() const;
    double deviation() const;
    /// P(share >= limit).
    double at_least(double limit) const;
};

/// Mean and standard deviation on another scale.
struct Moments {
    double mean = 0;
    double deviation = 0;
};

/// Shares that are certain (0 or 1) and spreads that are impossible are moved to the nearest
/// believable one: the mean into [0.002, 0.998], the deviation into [0.01, 0.9 of sqrt(mean (1 -
/// mean))].
///
/// Prior by moments (DOMAIN 7.2): with the mean m and the deviation s between schools,
/// k = m (1 - m) / s^2 - 1, a = m k, b = (1 - m) k.
Beta beta_of_moments(double mean, double deviation);

/// The prior of one procedure from its schools: m is the share over all pupils, s^2 the variance of
/// the schools' shares less what chance alone gives them, each school weighted by its pupils
/// (Kleinman 1973); not below the floor above. Schools without pupils are left out; without any the
/// prior is Beta(1, 1).
Beta beta_prior(std::span<const Counted> schools);

/// Beta(a + x, b + n - x).
Beta updated(const Beta& prior, const Counted& counted);

/// Mean and deviation of the normal quantile of a Beta share: the prior on the scale on which
/// effects of schools and procedures add up. By the midpoints of 64 equal parts of the
/// distribution.
Moments probit_moments(const Beta& beta);

}  // namespace opora::statistics
