#include "opora/statistics/correlation_interval.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

std::optional<CorrelationInterval> correlation_interval(double r, std::int64_t n) {
    OPORA_EXPECTS(-1.000001 <= r && r <= 1.000001);
    constexpr std::int64_t pairs_min = 5;
    constexpr double nearly_one = 1 - 1e-12;
    constexpr double normal_95 = 1.959963984540054;
    if (n < pairs_min) return std::nullopt;
    const double bounded = std::clamp(r, -nearly_one, nearly_one);
    const double z = std::atanh(bounded);
    const double free = static_cast<double>(n - 3);
    const double margin = normal_95 * std::sqrt((1 + bounded * bounded / 2) / free);
    const double tail = normal_probability(-std::abs(z) * std::sqrt(free / 1.06));
    return CorrelationInterval{std::tanh(z - margin), std::tanh(z + margin),
                               std::min(1.0, 2 * tail)};
}

}  // namespace opora::statistics
