#include "opora/statistics/cluster_stability.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/parallel.hpp"
#include "opora/statistics/partition_agreement.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

/// What one resample says of one partition.
struct Comparison {
    std::optional<double> agreement;
    std::vector<double> by_cluster;
};

std::vector<std::uint32_t> drawn(std::span<const std::uint32_t> order, std::uint64_t draw,
                                 const StabilityOptions& options) {
    Random random{options.seed, text_key("stability"), draw};
    const std::size_t count = std::min(order.size(), options.rows_max);
    std::vector<std::uint32_t> places;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back(
            static_cast<std::uint32_t>(random.below(static_cast<std::int32_t>(order.size()))));
    }
    std::ranges::sort(places);
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t place : places) rows.push_back(order[place]);
    return rows;
}

/// Each drawn row once, with its labels in both partitions.
Comparison compare(std::span<const std::uint32_t> numbers, std::span<const std::uint32_t> whole,
                   std::span<const std::uint32_t> anew) {
    std::vector<std::uint32_t> before;
    std::vector<std::uint32_t> after;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && numbers[i] == numbers[i - 1]) continue;
        before.push_back(whole[numbers[i]]);
        after.push_back(anew[i]);
    }
    return {adjusted_rand(before, after), best_jaccard(before, after)};
}

Stability summary(const std::vector<std::vector<Comparison>>& draws, std::size_t partition,
                  std::size_t clusters) {
    Stability result;
    std::vector<double> agreements;
    result.by_cluster.assign(clusters, 0);
    std::vector<int> seen(clusters, 0);
    for (const auto& draw : draws) {
        const Comparison& one = draw[partition];
        if (!one.agreement) continue;
        agreements.push_back(*one.agreement);
        for (std::size_t i = 0; i < one.by_cluster.size(); ++i) {
            result.by_cluster[i] += one.by_cluster[i];
            ++seen[i];
        }
    }
    result.resamples = static_cast<int>(agreements.size());
    for (std::size_t i = 0; i < clusters; ++i) {
        if (seen[i] > 0) result.by_cluster[i] /= seen[i];
    }
    if (agreements.empty()) return result;
    const auto n = static_cast<double>(agreements.size());
    for (const double one : agreements) result.agreement += one / n;
    for (const double one : agreements) {
        result.spread += (one - result.agreement) * (one - result.agreement);
    }
    result.spread = agreements.size() > 1 ? std::sqrt(result.spread / (n - 1)) : 0;
    return result;
}

}  // namespace

std::vector<Stability> stability(const Rows& rows,
                                 const std::vector<std::vector<std::uint32_t>>& partitions,
                                 const Partitioner& partition, const StabilityOptions& options) {
    const std::vector<std::uint32_t> order = canonical_order(rows);
    const auto resamples = static_cast<std::size_t>(std::max(1, options.resamples));
    std::vector<std::vector<Comparison>> draws(resamples);
    base::in_parallel(resamples, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t draw = begin; draw < end; ++draw) {
            const std::vector<std::uint32_t> numbers = drawn(order, draw, options);
            const std::vector<double> values = taken(rows, numbers);
            const auto anew = partition({values, rows.columns}, draw);
            draws[draw].resize(partitions.size());
            for (std::size_t i = 0; i < partitions.size(); ++i) {
                if (anew[i].empty() || partitions[i].empty()) continue;
                draws[draw][i] = compare(numbers, partitions[i], anew[i]);
            }
        }
    });
    std::vector<Stability> results;
    for (std::size_t i = 0; i < partitions.size(); ++i) {
        const auto& labels = partitions[i];
        const std::size_t clusters =
            labels.empty() ? 0 : std::size_t{*std::ranges::max_element(labels)} + 1;
        results.push_back(summary(draws, i, clusters));
    }
    return results;
}

}  // namespace opora::statistics
