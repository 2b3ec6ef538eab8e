#include "opora/statistics/rank_intervals.hpp"

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/base/parallel.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

/// Ranks `values` into `places`; `order` is room to sort in.
void rank_into(std::span<const double> values, std::vector<std::uint32_t>& order,
               std::span<std::int32_t> places) {
    order.resize(values.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return values[a] > values[b] || (values[a] == values[b] && a < b);
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool shared = i > 0 && values[order[i]] == values[order[i - 1]];
        places[order[i]] = shared ? places[order[i - 1]] : static_cast<std::int32_t>(i + 1);
    }
}

RankInterval interval_of(std::vector<std::int32_t>& places) {
    std::ranges::sort(places);
    const std::size_t draws = places.size();
    const auto at = [&](std::size_t percent) { return places[(draws * percent + 99) / 100 - 1]; };
    const auto sum = std::accumulate(places.begin(), places.end(), std::int64_t{0});
    return {at(5), at(95), static_cast<double>(sum) / static_cast<double>(draws)};
}

}  // namespace

std::vector<std::int32_t> ranks(std::span<const double> values) {
    std::vector<std::int32_t> places(values.size());
    std::vector<std::uint32_t> order;
    rank_into(values, order, places);
    return places;
}

std::vector<RankInterval> rank_intervals(std::span<const UncertainValue> groups, std::int32_t draws,
                                         std::uint64_t seed) {
    OPORA_EXPECTS(draws > 0);
    const std::size_t count = groups.size();
    const auto rounds = static_cast<std::size_t>(draws);
    std::vector<std::int32_t> places(count * rounds);  // [draw][group]
    const std::size_t worth_a_thread = 1 + 20'000 / (count + 1);
    base::in_parallel(rounds, worth_a_thread, [&](std::size_t begin, std::size_t end) {
        std::vector<double> values(count);
        std::vector<std::uint32_t> order;
        for (std::size_t draw = begin; draw < end; ++draw) {
            for (std::size_t i = 0; i < count; ++i) {
                Random random{seed, groups[i].key, draw};
                values[i] = random.normal(groups[i].mean, groups[i].deviation);
            }
            rank_into(values, order, std::span{places}.subspan(draw * count, count));
        }
    });
    std::vector<RankInterval> intervals(count);
    base::in_parallel(count, 1000, [&](std::size_t begin, std::size_t end) {
        std::vector<std::int32_t> own(rounds);
        for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t draw = 0; draw < rounds; ++draw) own[draw] = places[draw * count + i];
            intervals[i] = interval_of(own);
        }
    });
    return intervals;
}

}  // namespace opora::statistics
