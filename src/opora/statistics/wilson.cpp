#include "opora/statistics/wilson.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

Interval wilson_95(std::int64_t x, std::int64_t n) {
    OPORA_EXPECTS(n > 0 && 0 <= x && x <= n);
    constexpr double z = 1.959963984540054;
    const auto size = static_cast<double>(n);
    const double share = static_cast<double>(x) / size;
    const double centre = share + z * z / (2 * size);
    const double half = z * std::sqrt(share * (1 - share) / size + z * z / (4 * size * size));
    const double scale = 1 + z * z / size;
    // At the ends the formula gives exactly 0 and 1; rounding must not push it past them.
    return {x == 0 ? 0.0 : std::max(0.0, (centre - half) / scale),
            x == n ? 1.0 : std::min(1.0, (centre + half) / scale)};
}

}  // namespace opora::statistics
