#include "opora/statistics/random.hpp"

#include <array>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {
namespace {

double tail_quantile(double q) {
    constexpr std::array c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                           -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr std::array d{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                           3.754408661907416e+00};
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
           ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1.0);
}

}  // namespace

Random::Random(std::initializer_list<std::uint64_t> key) : state_{0x6F706F7261ULL} {
    for (const std::uint64_t part : key) state_ = mixed(state_ ^ mixed(part + golden_gamma));
}

double Random::uniform() {
    // 53 bits, moved by half a step: neither 0 nor 1 can come out.
    return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53;
}

double Random::uniform(double low, double high) { return low + (high - low) * uniform(); }

std::int32_t Random::below(std::int32_t count) {
    OPORA_EXPECTS(count > 0);
    const auto wide = (bits() >> 32U) * static_cast<std::uint32_t>(count);
    return static_cast<std::int32_t>(wide >> 32U);
}

std::int32_t Random::between(std::int32_t low, std::int32_t high) {
    OPORA_EXPECTS(low <= high);
    return low + below(high - low + 1);
}

bool Random::chance(double probability) { return uniform() < probability; }

double Random::normal() { return normal_quantile(uniform()); }

double Random::normal(double mean, double deviation) { return mean + deviation * normal(); }

std::uint64_t text_key(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char symbol : text) {
        hash = (hash ^ static_cast<unsigned char>(symbol)) * 0x100000001B3ULL;
    }
    return hash;
}

double normal_quantile(double p) {
    OPORA_EXPECTS(0.0 < p && p < 1.0);
    constexpr std::array a{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                           1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr std::array b{-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                           6.680131188771972e+01, -1.328068155288572e+01};
    constexpr double tail = 0.02425;
    if (p < tail) return tail_quantile(std::sqrt(-2.0 * std::log(p)));
    if (p > 1.0 - tail) return -tail_quantile(std::sqrt(-2.0 * std::log1p(-p)));

    const double q = p - 0.5;
    const double r = q * q;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1.0);
}

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

}  // namespace opora::statistics
