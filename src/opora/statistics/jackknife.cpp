#include "opora/statistics/jackknife.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace opora::statistics {

double student_quantile_975(std::int64_t freedom) {
    constexpr std::array<double, 3> few{12.7062, 4.30265, 3.18245};
    if (freedom <= 3) return few[static_cast<std::size_t>(std::max<std::int64_t>(freedom, 1) - 1)];
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(freedom);
    const double z2 = z * z;
    const double g1 = (z2 + 1) * z / 4;
    const double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
    const double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
    return z + g1 / n + g2 / (n * n) + g3 / (n * n * n);
}

Estimate with_interval(double value, double standard_error, std::int64_t freedom) {
    const double half = student_quantile_975(freedom) * standard_error;
    return {value, standard_error, value - half, value + half};
}

std::optional<Estimate> jackknife(double value, std::span<const std::optional<double>> without) {
    double sum = 0;
    std::int64_t groups = 0;
    for (const auto& one : without) {
        if (!one) continue;
        sum += *one;
        ++groups;
    }
    if (groups < 2) return std::nullopt;
    const double mean = sum / static_cast<double>(groups);
    double squares = 0;
    for (const auto& one : without) {
        if (one) squares += (*one - mean) * (*one - mean);
    }
    const auto count = static_cast<double>(groups);
    return with_interval(value, std::sqrt(squares * (count - 1) / count), groups - 1);
}

std::size_t jackknife_groups(std::size_t units) { return std::min<std::size_t>(units, 60); }

}  // namespace opora::statistics
