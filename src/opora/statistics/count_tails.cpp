#include "opora/statistics/count_tails.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

namespace {

/// Doubles are computed in doubles: a long double costs time and changes no digit that is read.
using Doubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Beyond this the extra variance no longer changes a digit that anybody reads.
constexpr double negligible = 1e-9;

}  // namespace

double count_tail(std::int64_t count, double mean, double variance) {
    OPORA_EXPECTS(count >= 0 && mean > 0);
    if (count == 0) return 1;
    const auto k = static_cast<double>(count);
    const double extra = variance - mean;
    if (extra <= negligible * mean) return boost::math::gamma_p(k, mean, Doubles{});
    const double size = mean * mean / extra;
    return boost::math::ibeta(k, size, mean / (size + mean), Doubles{});
}

double share_tail(std::int64_t count, std::int64_t trials, double share, double correlation) {
    OPORA_EXPECTS(0 <= count && count <= trials);
    OPORA_EXPECTS(0 < share && share < 1 && 0 <= correlation && correlation < 1);
    if (count == 0) return 1;
    const auto n = static_cast<double>(trials);
    const auto k = static_cast<double>(count);
    if (correlation <= negligible) return boost::math::ibeta(k, n - k + 1, share, Doubles{});
    const double precision = 1 / correlation - 1;
    const double a = share * precision;
    const double b = (1 - share) * precision;
    // log P(X = k), then the ratios P(x + 1) / P(x).
    double term = std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                           std::lgamma(k + a) + std::lgamma(n - k + b) - std::lgamma(n + a + b) +
                           std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b));
    double tail = 0;
    for (double x = k; x <= n; ++x) {
        tail += term;
        if (x < n) term *= (n - x) / (x + 1) * (x + a) / (n - x - 1 + b);
    }
    return std::min(tail, 1.0);
}

double chi_square_tail(double x, int degrees) {
    OPORA_EXPECTS(degrees >= 1);
    if (x <= 0) return 1;
    const boost::math::chi_squared_distribution<double, Doubles> distribution{
        static_cast<double>(degrees)};
    return boost::math::cdf(boost::math::complement(distribution, x));
}

double chi_square_quantile(double p, int degrees) {
    OPORA_EXPECTS(0 < p && p < 1 && degrees >= 1);
    const boost::math::chi_squared_distribution<double, Doubles> distribution{
        static_cast<double>(degrees)};
    return boost::math::quantile(distribution, p);
}

}  // namespace opora::statistics
