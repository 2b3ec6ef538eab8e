#include "opora/statistics/rank_intervals.hpp"

#include <algorithm>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/base/parallel.hpp"
#include "opora/statistics/descending_order.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

/// Ranks `values` into `places`.
void rank_into(std::span<const double> values, DescendingOrder& descending,
               std::span<std::int32_t> places) {
    const auto order = descending.of(values);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool shared = i > 0 && values[order[i]] == values[order[i - 1]];
        places[order[i]] = shared ? places[order[i - 1]] : static_cast<std::int32_t>(i + 1);
    }
}

/// Only the two quantiles are put in their places.
RankInterval interval_of(std::span<std::int32_t> places) {
    const std::size_t draws = places.size();
    const auto sum = std::accumulate(places.begin(), places.end(), std::int64_t{0});
    const auto at = [&](std::size_t percent) {
        const auto place =
            places.begin() + static_cast<std::ptrdiff_t>((draws * percent + 99) / 100 - 1);
        std::ranges::nth_element(places, place);
        return *place;
    };
    const std::int32_t low = at(5);
    return {low, at(95), static_cast<double>(sum) / static_cast<double>(draws)};
}

/// Groups whose places are gathered together: one line of the memory of every draw holds so many.
constexpr std::size_t gathered = 16;

}  // namespace

std::vector<std::int32_t> ranks(std::span<const double> values) {
    std::vector<std::int32_t> places(values.size());
    DescendingOrder descending;
    rank_into(values, descending, places);
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
        DescendingOrder descending;
        for (std::size_t draw = begin; draw < end; ++draw) {
            for (std::size_t i = 0; i < count; ++i) {
                Random random{seed, groups[i].key, draw};
                values[i] = random.normal(groups[i].mean, groups[i].deviation);
            }
            rank_into(values, descending, std::span{places}.subspan(draw * count, count));
        }
    });
    std::vector<RankInterval> intervals(count);
    base::in_parallel(count, 1000, [&](std::size_t begin, std::size_t end) {
        std::vector<std::int32_t> own(gathered * rounds);  // [group][draw]
        for (std::size_t first = begin; first < end; first += gathered) {
            const std::size_t some = std::min(gathered, end - first);
            for (std::size_t draw = 0; draw < rounds; ++draw) {
                for (std::size_t i = 0; i < some; ++i) {
                    own[i * rounds + draw] = places[draw * count + first + i];
                }
            }
            for (std::size_t i = 0; i < some; ++i) {
                intervals[first + i] = interval_of(std::span{own}.subspan(i * rounds, rounds));
            }
        }
    });
    return intervals;
}

}  // namespace opora::statistics
