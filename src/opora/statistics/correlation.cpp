#include "opora/statistics/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::statistics {

namespace {

std::vector<double> centred(std::span<const double> values) {
    const double middle = mean(values);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values) result.push_back(value - middle);
    return result;
}

double inner_product(const std::vector<double>& x, const std::vector<double>& y) {
    std::vector<double> products;
    products.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) products.push_back(x[i] * y[i]);
    return sum(products);
}

bool varies(std::span<const double> values) {
    return std::ranges::any_of(values, [&](double value) { return value != values[0]; });
}

std::vector<std::size_t> order_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    return order;
}

std::int64_t pairs(std::int64_t n) { return n * (n - 1) / 2; }

/// Pairs of equal neighbours, summed over runs of equals.
template <class Equal>
std::int64_t tied_pairs(std::size_t count, const Equal& equal) {
    std::int64_t tied = 0;
    std::int64_t run = 1;
    for (std::size_t i = 1; i <= count; ++i) {
        if (i < count && equal(i - 1, i)) {
            ++run;
            continue;
        }
        tied += pairs(run);
        run = 1;
    }
    return tied;
}

/// Sorts and counts the exchanges of neighbours that it takes: the discordant pairs.
std::int64_t exchanges(std::vector<double>& values) {
    std::vector<double> merged(values.size());
    std::int64_t count = 0;
    for (std::size_t width = 1; width < values.size(); width *= 2) {
        for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, values.size());
            const std::size_t end = std::min(begin + 2 * width, values.size());
            std::size_t left = begin;
            std::size_t right = middle;
            for (std::size_t to = begin; to < end; ++to) {
                const bool from_left =
                    right == end || (left < middle && values[left] <= values[right]);
                if (!from_left) count += static_cast<std::int64_t>(middle - left);
                merged[to] = from_left ? values[left++] : values[right++];
            }
        }
        values.swap(merged);
    }
    return count;
}

}  // namespace

std::optional<double> pearson(std::span<const double> x, std::span<const double> y) {
    OPORA_EXPECTS(x.size() == y.size());
    if (x.size() < 2 || !varies(x) || !varies(y)) return std::nullopt;
    const std::vector<double> dx = centred(x);
    const std::vector<double> dy = centred(y);
    const double spread = std::sqrt(inner_product(dx, dx) * inner_product(dy, dy));
    if (!(spread > 0)) return std::nullopt;
    return std::clamp(inner_product(dx, dy) / spread, -1.0, 1.0);
}

std::vector<double> mean_ranks(std::span<const double> values) {
    const std::vector<std::size_t> order = order_of(values);
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        const double rank = 0.5 * static_cast<double>(begin + end + 1);
        for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
        begin = end;
    }
    return ranks;
}

std::optional<double> spearman(std::span<const double> x, std::span<const double> y) {
    return pearson(mean_ranks(x), mean_ranks(y));
}

std::optional<double> kendall(std::span<const double> x, std::span<const double> y) {
    OPORA_EXPECTS(x.size() == y.size());
    const std::size_t n = x.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
        return x[i] != x[j] ? x[i] < x[j] : y[i] < y[j];
    });
    const auto same_x = [&](std::size_t i, std::size_t j) { return x[order[i]] == x[order[j]]; };
    const std::int64_t tied_x = tied_pairs(n, same_x);
    const std::int64_t tied_both = tied_pairs(n, [&](std::size_t i, std::size_t j) {
        return same_x(i, j) && y[order[i]] == y[order[j]];
    });
    std::vector<double> values;
    values.reserve(n);
    for (const std::size_t i : order) values.push_back(y[i]);
    const std::int64_t discordant = exchanges(values);
    const std::int64_t tied_y =
        tied_pairs(n, [&](std::size_t i, std::size_t j) { return values[i] == values[j]; });

    const std::int64_t all = pairs(static_cast<std::int64_t>(n));
    if (all == tied_x || all == tied_y) return std::nullopt;
    const std::int64_t surplus = all - tied_x - tied_y + tied_both - 2 * discordant;
    return static_cast<double>(surplus) /
           std::sqrt(static_cast<double>(all - tied_x) * static_cast<double>(all - tied_y));
}

}  // namespace opora::statistics
