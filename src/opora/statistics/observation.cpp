#include "opora/statistics/observation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

constexpr double furthest = 6.5;  ///< Beyond it a share is 0 or 1 for any number of pupils.
constexpr double density_at_zero = 0.3989422804014327;

struct GaussHermite {
    std::array<double, 7> node;
    std::array<double, 7> log_weight;  ///< Of exp(-x^2), with exp(x^2) multiplied in.
};

// Abramowitz and Stegun 1964, table 25.10, n = 7: nodes, and log of w exp(x^2).
constexpr GaussHermite seven{
    {-2.651961356835233, -1.673551628767471, -0.8162878828589647, 0.0, 0.8162878828589647,
     1.673551628767471, 2.651961356835233},
    {0.09651920283254789, -0.10849364074422185, -0.18791239249027103, -0.21039439632493234,
     -0.18791239249027103, -0.10849364074422185, 0.09651920283254789}};

/// Phi(u) and 1 - Phi(u), neither of them zero, by one call of the slow function: the smaller one
/// is computed, the larger one is the rest.
struct Sides {
    double low;
    double high;

    explicit Sides(double u) {
        const double smaller = std::max(normal_probability(-std::fabs(u)), 1e-300);
        low = u > 0 ? 1 - smaller : smaller;
        high = u > 0 ? smaller : 1 - smaller;
    }
};

struct Tilted {
    const Counted& counted;
    const Moments& expected;

    double log_density(double u) const {
        const auto [low, high] = Sides{u};
        const double distance = (u - expected.mean) / expected.deviation;
        return counted.failed * std::log(low) + (counted.all - counted.failed) * std::log(high) -
               0.5 * distance * distance;
    }

    /// Fisher scoring from the expected value; the density is log-concave.
    Moments mode() const {
        const double prior = 1 / (expected.deviation * expected.deviation);
        double u = std::clamp(expected.mean, -furthest, furthest);
        double information = prior;
        for (int step = 0; step < 8; ++step) {
            const double density = density_at_zero * std::exp(-0.5 * u * u);
            const auto [low, high] = Sides{u};
            const double score =
                density * (counted.failed / low - (counted.all - counted.failed) / high) -
                prior * (u - expected.mean);
            information = counted.all * density * density / (low * high) + prior;
            const double move = std::clamp(score / information, -1.0, 1.0);
            u = std::clamp(u + move, -furthest, furthest);
            if (std::fabs(move) < 1e-3) break;
        }
        return {u, 1 / std::sqrt(information)};
    }
};

}  // namespace

Observation observe_share(const Counted& counted, const Moments& expected) {
    OPORA_EXPECTS(expected.deviation > 0);
    if (counted.all <= 0) return {expected.mean, says_nothing};
    const Tilted tilted{counted, expected};
    const Moments mode = tilted.mode();
    const double top = tilted.log_density(mode.mean);
    double mass = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < seven.node.size(); ++i) {
        const double shift = std::sqrt(2.0) * mode.deviation * seven.node[i];
        const double weight =
            std::exp(tilted.log_density(mode.mean + shift) - top + seven.log_weight[i]);
        mass += weight;
        sum += weight * shift;
        squares += weight * shift * shift;
    }
    const double shift = sum / mass;
    const double precision = 1 / (squares / mass - shift * shift);
    const double prior = 1 / (expected.deviation * expected.deviation);
    const double gained = precision - prior;
    if (gained <= 1 / says_nothing) return {expected.mean, says_nothing};
    const double value = ((mode.mean + shift) * precision - expected.mean * prior) / gained;
    return {value, 1 / gained};
}

Observation observe_mean(double mean, double n, const Moments& pupils) {
    OPORA_EXPECTS(pupils.deviation > 0);
    if (n <= 0) return {0, says_nothing};
    return {(mean - pupils.mean) / pupils.deviation, 1 / n};
}

}  // namespace opora::statistics
