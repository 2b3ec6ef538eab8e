#include "opora/statistics/effect_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

using Weights = EffectDistribution::Weights;
constexpr std::size_t cells = EffectDistribution::cells;
constexpr double width = EffectDistribution::width;

void normalise(Weights& weights) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    OPORA_EXPECTS(sum > 0);
    for (double& weight : weights) weight /= sum;
}

/// exp(-precision a^2 / 2 + pull a) over the cells, 1 at its top.
Weights likelihood(const EffectEvidence& evidence) {
    Weights values;
    double top = -INFINITY;
    for (std::size_t i = 0; i < cells; ++i) {
        const double a = EffectDistribution::middle(i);
        values[i] = a * (evidence.pull - 0.5 * evidence.precision * a);
        top = std::max(top, values[i]);
    }
    for (double& value : values) value = value - top < -40 ? 0 : std::exp(value - top);
    return values;
}

/// Averages with a normal kernel; what would leave the grid stays at its ends.
Weights smoothed(const Weights& weights, double kernel) {
    if (kernel <= 0) return weights;
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(3 * kernel / width));
    std::vector<double> part(static_cast<std::size_t>(reach + 1));
    double whole = 0;
    for (std::ptrdiff_t i = 0; i <= reach; ++i) {
        const double distance = width * static_cast<double>(i) / kernel;
        part[static_cast<std::size_t>(i)] = std::exp(-0.5 * distance * distance);
        whole += (i == 0 ? 1 : 2) * part[static_cast<std::size_t>(i)];
    }
    Weights result{};
    const auto last = static_cast<std::ptrdiff_t>(cells) - 1;
    for (std::ptrdiff_t from = 0; from <= last; ++from) {
        const double weight = weights[static_cast<std::size_t>(from)] / whole;
        if (weight <= 0) continue;
        for (std::ptrdiff_t step = -reach; step <= reach; ++step) {
            const auto to =
                static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(from + step, 0, last));
            result[to] += weight * part[static_cast<std::size_t>(std::abs(step))];
        }
    }
    return result;
}

}  // namespace

EffectDistribution EffectDistribution::normal(const Moments& moments) {
    EffectDistribution result;
    const double deviation = std::max(moments.deviation, width / 5);
    for (std::size_t i = 0; i < cells; ++i) {
        const double low = (middle(i) - width / 2 - moments.mean) / deviation;
        const double high = (middle(i) + width / 2 - moments.mean) / deviation;
        // Both ends on the side of the lower tail, where differences keep their digits.
        result.weights_[i] = low > 0 ? normal_probability(-low) - normal_probability(-high)
                                     : normal_probability(high) - normal_probability(low);
        result.weights_[i] = std::max(result.weights_[i], 1e-300);
    }
    normalise(result.weights_);
    return result;
}

EffectDistribution EffectDistribution::student(double scale, double freedom) {
    EffectDistribution result;
    const double wide = std::max(scale, width / 5);
    for (std::size_t i = 0; i < cells; ++i) {
        // Narrow distributions need more than the middle of a cell.
        constexpr int points = 9;
        for (int k = 0; k < points; ++k) {
            const double z = (middle(i) + width * ((k + 0.5) / points - 0.5)) / wide;
            result.weights_[i] += std::pow(1 + z * z / freedom, -(freedom + 1) / 2);
        }
    }
    normalise(result.weights_);
    return result;
}

EffectDistribution EffectDistribution::estimated(std::span<const EffectEvidence> groups,
                                                 double kernel, int steps) const {
    std::vector<Weights> likelihoods;
    for (const EffectEvidence& group : groups) {
        if (group.precision > 0) likelihoods.push_back(likelihood(group));
    }
    EffectDistribution result = *this;
    if (likelihoods.empty()) return result;
    for (int step = 0; step < steps; ++step) {
        Weights next{};
        for (const Weights& likely : likelihoods) {
            double mass = 0;
            for (std::size_t i = 0; i < cells; ++i) mass += likely[i] * result.weights_[i];
            if (mass <= 0) continue;
            for (std::size_t i = 0; i < cells; ++i)
                next[i] += likely[i] * result.weights_[i] / mass;
        }
        result.weights_ = smoothed(next, kernel);
        for (double& weight : result.weights_) weight = std::max(weight, 1e-300);
        normalise(result.weights_);
    }
    return result;
}

EffectDistribution EffectDistribution::shifted(double by) const {
    EffectDistribution result;
    const auto last = static_cast<std::ptrdiff_t>(cells) - 1;
    const double steps = by / width;
    const double whole = std::floor(steps);
    const double beyond = steps - whole;
    for (std::ptrdiff_t i = 0; i <= last; ++i) {
        const auto to = i + static_cast<std::ptrdiff_t>(whole);
        const double weight = weights_[static_cast<std::size_t>(i)];
        result.weights_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last))] +=
            weight * (1 - beyond);
        result.weights_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to + 1, 0, last))] +=
            weight * beyond;
    }
    return result;
}

EffectDistribution::Weights EffectDistribution::posterior(const EffectEvidence& evidence) const {
    Weights weights = likelihood(evidence);
    for (std::size_t i = 0; i < cells; ++i) weights[i] *= weights_[i];
    double sum = 0;
    for (const double weight : weights) sum += weight;
    // Evidence that no cell of the prior can explain: the prior has nothing to say there.
    if (sum <= 0) weights = likelihood(evidence);
    normalise(weights);
    return weights;
}

Moments EffectDistribution::moments() const { return moments_of(weights_); }

Moments moments_of(const Weights& weights) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        const double a = EffectDistribution::middle(i);
        sum += weights[i] * a;
        squares += weights[i] * a * a;
    }
    return {sum, std::sqrt(std::max(0.0, squares - sum * sum))};
}

EffectQuantiles::EffectQuantiles(const Weights& weights) {
    double sum = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        below_[i] = sum;
        sum += weights[i];
        through_[i] = sum;
    }
}

double EffectQuantiles::at(double p) const {
    const auto cell =
        static_cast<std::size_t>(std::ranges::lower_bound(through_, p) - through_.begin());
    if (cell == cells) return EffectDistribution::middle(cells - 1);
    const double weight = through_[cell] - below_[cell];
    const double inside = weight > 0 ? std::clamp((p - below_[cell]) / weight, 0.0, 1.0) : 0.5;
    return EffectDistribution::middle(cell) + width * (inside - 0.5);
}

}  // namespace opora::statistics
