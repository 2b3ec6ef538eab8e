#include "opora/statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "opora/base/expects.hpp"

namespace opora::statistics {

double sum(std::span<const double> values) {
    double total = 0;
    double lost = 0;
    for (const double value : values) {
        const double next = total + value;
        lost +=
            std::abs(total) >= std::abs(value) ? (total - next) + value : (value - next) + total;
        total = next;
    }
    return total + lost;
}

double mean(std::span<const double> values) {
    OPORA_EXPECTS(!values.empty());
    return sum(values) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
    OPORA_EXPECTS(values.size() >= 2);
    const double middle = mean(values);
    std::vector<double> squares;
    squares.reserve(values.size());
    for (const double value : values) squares.push_back((value - middle) * (value - middle));
    return std::sqrt(sum(squares) / static_cast<double>(values.size() - 1));
}

double quantile(std::span<const double> values, double p) {
    std::vector<double> sorted{values.begin(), values.end()};
    std::ranges::sort(sorted);
    return quantile_of_sorted(sorted, p);
}

double quantile_of_sorted(std::span<const double> values, double p) {
    OPORA_EXPECTS(!values.empty() && 0 <= p && p <= 1);
    const double place = static_cast<double>(values.size() - 1) * p;
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= values.size()) return values.back();
    return values[below] +
           (place - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

}  // namespace opora::statistics
