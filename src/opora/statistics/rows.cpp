#include "opora/statistics/rows.hpp"

#include <algorithm>
#include <numeric>

namespace opora::statistics {

std::vector<std::uint32_t> canonical_order(const Rows& rows) {
    std::vector<std::uint32_t> order(rows.count());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
        const auto a = rows.row(left);
        const auto b = rows.row(right);
        const auto [at, other] = std::ranges::mismatch(a, b);
        return at == a.end() ? left < right : *at < *other;
    });
    return order;
}

std::vector<double> taken(const Rows& rows, std::span<const std::uint32_t> numbers) {
    std::vector<double> values;
    values.reserve(numbers.size() * rows.columns);
    for (const std::uint32_t number : numbers) {
        const auto row = rows.row(number);
        values.insert(values.end(), row.begin(), row.end());
    }
    return values;
}

std::size_t distinct_rows(const Rows& rows, std::span<const std::uint32_t> order) {
    std::size_t distinct = order.empty() ? 0 : 1;
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (!std::ranges::equal(rows.row(order[i - 1]), rows.row(order[i]))) ++distinct;
    }
    return distinct;
}

double squared_distance(std::span<const double> a, std::span<const double> b) {
    // Four sums, so that one addition need not wait for another.
    double sums[4] = {0, 0, 0, 0};
    const std::size_t whole = a.size() / 4 * 4;
    for (std::size_t i = 0; i < whole; i += 4) {
        for (std::size_t j = 0; j < 4; ++j) {
            const double apart = a[i + j] - b[i + j];
            sums[j] += apart * apart;
        }
    }
    for (std::size_t i = whole; i < a.size(); ++i) {
        const double apart = a[i] - b[i];
        sums[0] += apart * apart;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

std::vector<std::uint32_t> canonical_labels(std::span<const std::uint32_t> labels,
                                            std::span<const std::uint32_t> order) {
    struct Cluster {
        std::size_t size = 0;
        std::size_t first = 0;  ///< Place in `order` of its first row.
        std::uint32_t label = 0;
    };
    const std::uint32_t count = labels.empty() ? 0 : *std::ranges::max_element(labels) + 1;
    std::vector<Cluster> clusters(count);
    for (std::size_t place = 0; place < order.size(); ++place) {
        Cluster& cluster = clusters[labels[order[place]]];
        if (cluster.size++ == 0) cluster.first = place;
    }
    for (std::uint32_t label = 0; label < count; ++label) clusters[label].label = label;
    std::ranges::sort(clusters, [](const Cluster& left, const Cluster& right) {
        return left.size != right.size ? left.size > right.size : left.first < right.first;
    });
    std::vector<std::uint32_t> numbers(count);
    for (std::uint32_t number = 0; number < count; ++number) {
        numbers[clusters[number].label] = number;
    }
    std::vector<std::uint32_t> renumbered;
    renumbered.reserve(labels.size());
    for (const std::uint32_t label : labels) renumbered.push_back(numbers[label]);
    return renumbered;
}

}  // namespace opora::statistics
