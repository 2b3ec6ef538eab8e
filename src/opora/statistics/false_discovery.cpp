#include "opora/statistics/false_discovery.hpp"

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"

namespace opora::statistics {

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> q(p.size());
    double smallest = 1;
    for (std::size_t k = p.size(); k > 0; --k) {
        const std::size_t i = order[k - 1];
        const double scaled = p[i] * (static_cast<double>(p.size()) / static_cast<double>(k));
        smallest = std::min(smallest, scaled);
        q[i] = smallest;
    }
    return q;
}

double simes(std::span<const double> p) {
    OPORA_EXPECTS(!p.empty());
    const std::vector<double> q = benjamini_hochberg(p);
    return *std::ranges::min_element(q);
}

}  // namespace opora::statistics
