#include "opora/statistics/silhouette.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "opora/base/parallel.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

/// `count` of these numbers, all equally likely, in their order (Knuth, TAOCP 3.4.2, algorithm S).
std::vector<std::uint32_t> drawn(std::span<const std::uint32_t> order, std::size_t count,
                                 std::uint64_t seed) {
    Random random{seed, text_key("silhouette")};
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < order.size() && chosen.size() < count; ++i) {
        const auto left = static_cast<double>(order.size() - i);
        const auto wanted = static_cast<double>(count - chosen.size());
        if (random.uniform() * left < wanted) chosen.push_back(order[i]);
    }
    return chosen;
}

}  // namespace

SilhouetteDistances::SilhouetteDistances(const Rows& rows, std::size_t rows_max, std::uint64_t seed)
    : rows_all_{rows.count()}, chosen_{canonical_order(rows)} {
    if (rows_all_ > rows_max) chosen_ = drawn(chosen_, rows_max, seed);
    const std::vector<double> values = taken(rows, chosen_);
    const Rows own{values, rows.columns};
    const std::size_t n = chosen_.size();
    distances_.resize(n * n);
    base::in_parallel(n, 200, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                distances_[i * n + j] = std::sqrt(squared_distance(own.row(i), own.row(j)));
            }
        }
    });
}

std::optional<Silhouette> SilhouetteDistances::of(std::span<const std::uint32_t> labels) const {
    const std::size_t n = chosen_.size();
    const std::size_t clusters =
        labels.empty() ? 0 : std::size_t{*std::ranges::max_element(labels)} + 1;
    std::vector<std::uint32_t> own(n);
    std::vector<double> sizes(clusters, 0);
    for (std::size_t i = 0; i < n; ++i) {
        own[i] = labels[chosen_[i]];
        sizes[own[i]] += 1;
    }
    const auto empty = std::ranges::count(sizes, 0.0);
    if (clusters - static_cast<std::size_t>(empty) < 2) return std::nullopt;

    std::vector<double> widths(n);
    base::in_parallel(n, 200, [&](std::size_t begin, std::size_t end) {
        std::vector<double> sums(clusters);
        for (std::size_t i = begin; i < end; ++i) {
            std::ranges::fill(sums, 0.0);
            for (std::size_t j = 0; j < n; ++j) sums[own[j]] += distances_[i * n + j];
            if (sizes[own[i]] < 2) continue;
            const double a = sums[own[i]] / (sizes[own[i]] - 1);
            double b = std::numeric_limits<double>::max();
            for (std::size_t c = 0; c < clusters; ++c) {
                if (c != own[i] && sizes[c] > 0) b = std::min(b, sums[c] / sizes[c]);
            }
            widths[i] = std::max(a, b) > 0 ? (b - a) / std::max(a, b) : 0;
        }
    });
    Silhouette result{.mean = 0,
                      .by_cluster = std::vector<double>(clusters, 0),
                      .negative_share = 0,
                      .rows = n,
                      .sampled = n < rows_all_};
    for (std::size_t i = 0; i < n; ++i) {
        result.mean += widths[i] / static_cast<double>(n);
        result.by_cluster[own[i]] += widths[i] / sizes[own[i]];
        if (widths[i] < 0) result.negative_share += 1 / static_cast<double>(n);
    }
    return result;
}

}  // namespace opora::statistics
