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

/// A smooth function between -10 and 10, linear between points 1/256 apart.
class Table {
public:
    template <class Function>
    explicit Table(Function function) {
        for (std::size_t i = 0; i < points_.size(); ++i) {
            points_[i] = function(static_cast<double>(i) / per_unit - reach);
        }
    }
    double at(double u) const {
        const double place = (std::clamp(u, -reach, reach) + reach) * per_unit;
        const auto cell = static_cast<std::size_t>(place);
        return points_[cell] +
               (place - static_cast<double>(cell)) * (points_[cell + 1] - points_[cell]);
    }

private:
    static constexpr double reach = 10;
    static constexpr double per_unit = 256;
    std::array<double, static_cast<std::size_t>(2 * reach * per_unit) + 2> points_;
};

/// log Phi(u); curvature at most 1, so that its error is below 2e-6.
double log_probability(double u) {
    static const Table table{[](double at) { return std::log(normal_probability(at)); }};
    return table.at(u);
}

/// phi(u) / Phi(u), the derivative of it.
double hazard(double u) {
    static const Table table{[](double at) {
        return density_at_zero * std::exp(-0.5 * at * at) / normal_probability(at);
    }};
    return table.at(u);
}

struct Tilted {
    const Counted& counted;
    const Moments& expected;

    double log_density(double u) const {
        const double distance = (u - expected.mean) / expected.deviation;
        return counted.failed * log_probability(u) +
               (counted.all - counted.failed) * log_probability(-u) - 0.5 * distance * distance;
    }

    /// Fisher scoring from the expected value; the density is log-concave.
    Moments mode() const {
        const double prior = 1 / (expected.deviation * expected.deviation);
        double u = std::clamp(expected.mean, -furthest, furthest);
        double information = prior;
        for (int step = 0; step < 8; ++step) {
            const double low = hazard(u);
            const double high = hazard(-u);
            const double score = counted.failed * low - (counted.all - counted.failed) * high -
                                 prior * (u - expected.mean);
            information = counted.all * low * high + prior;
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
