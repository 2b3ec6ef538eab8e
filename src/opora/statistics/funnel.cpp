#include "opora/statistics/funnel.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::statistics {

double Funnel::deviation(double standard_error) const {
    switch (overdispersion) {
        case Overdispersion::none:
            return standard_error;
        case Overdispersion::multiplicative:
            return standard_error * std::sqrt(std::max(1.0, phi));
        case Overdispersion::additive:
            return std::sqrt(standard_error * standard_error + between);
    }
    return standard_error;
}

double Funnel::z(const FunnelPoint& point) const {
    return (point.value - target) / deviation(point.standard_error);
}

Funnel funnel(std::span<const FunnelPoint> points, double target, Overdispersion overdispersion) {
    OPORA_EXPECTS(!points.empty());
    std::vector<double> z;
    std::vector<double> w;
    std::vector<double> w_squares;
    for (const FunnelPoint& point : points) {
        OPORA_EXPECTS(point.standard_error > 0);
        z.push_back((point.value - target) / point.standard_error);
        w.push_back(1 / (point.standard_error * point.standard_error));
    }
    std::ranges::sort(z);
    std::ranges::sort(w);
    for (const double weight : w) w_squares.push_back(weight * weight);
    const double low = quantile_of_sorted(z, 0.1);
    const double high = quantile_of_sorted(z, 0.9);
    for (double& one : z) one = std::clamp(one, low, high) * std::clamp(one, low, high);

    const auto count = static_cast<double>(points.size());
    Funnel result{.target = target, .phi = sum(z) / count, .overdispersion = overdispersion};
    const double excess = count * result.phi - (count - 1);
    const double room = sum(w) - sum(w_squares) / sum(w);
    if (excess > 0 && room > 0) result.between = excess / room;
    return result;
}

}  // namespace opora::statistics
