#include "opora/statistics/beta_binomial.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

constexpr double mean_floor = 0.002;
constexpr double deviation_floor = 0.01;
constexpr double deviation_ceiling = 0.9;  ///< Of the deviation of a share that is 0 or 1.

}  // namespace

double Beta::variance() const { return mean() * (1 - mean()) / (a + b + 1); }

double Beta::deviation() const { return std::sqrt(variance()); }

double Beta::at_least(double limit) const {
    if (limit <= 0) return 1;
    return limit >= 1 ? 0 : boost::math::ibetac(a, b, limit);
}

Beta beta_of_moments(double mean, double deviation) {
    const double m = std::clamp(mean, mean_floor, 1 - mean_floor);
    const double widest = std::sqrt(m * (1 - m));
    const double s = std::clamp(deviation, std::min(deviation_floor, deviation_ceiling * widest),
                                deviation_ceiling * widest);
    const double k = m * (1 - m) / (s * s) - 1;
    return {m * k, (1 - m) * k};
}

Beta beta_prior(std::span<const Counted> schools) {
    double pupils = 0;
    double squares = 0;
    double failed = 0;
    double count = 0;
    for (const Counted& one : schools) {
        if (one.all <= 0) continue;
        pupils += one.all;
        squares += one.all * one.all;
        failed += one.failed;
        count += 1;
    }
    if (pupils <= 0) return {};
    const double m = failed / pupils;
    double deviations = 0;
    for (const Counted& one : schools) {
        if (one.all <= 0) continue;
        const double difference = one.failed / one.all - m;
        deviations += one.all * difference * difference;
    }
    // E[deviations] = m(1-m)(J - 1) + s^2 (N - sum n^2 / N - (J - 1)) for a share with variance
    // s^2.
    const double chance = m * (1 - m) * (count - 1);
    const double weight = pupils - squares / pupils - (count - 1);
    const double variance = weight > 0 ? std::max(0.0, (deviations - chance) / weight) : 0;
    return beta_of_moments(m, std::sqrt(variance));
}

Beta updated(const Beta& prior, const Counted& counted) {
    OPORA_EXPECTS(0 <= counted.failed && counted.failed <= counted.all);
    return {prior.a + counted.failed, prior.b + counted.all - counted.failed};
}

Moments probit_moments(const Beta& beta) {
    constexpr int parts = 64;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < parts; ++i) {
        const double share = boost::math::ibeta_inv(beta.a, beta.b, (i + 0.5) / parts);
        const double value = normal_quantile(std::clamp(share, 1e-12, 1 - 1e-12));
        sum += value;
        squares += value * value;
    }
    const double mean = sum / parts;
    return {mean, std::sqrt(std::max(0.0, squares / parts - mean * mean))};
}

}  // namespace opora::statistics
