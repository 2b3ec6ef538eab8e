#include "opora/statistics/rank_intervals.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

using namespace opora::statistics;

TEST_CASE("equal values share the better place") {
    CHECK(ranks(std::vector<double>{3, 5, 3, 1}) == std::vector<std::int32_t>{2, 1, 2, 4});
    CHECK(ranks(std::vector<double>{}).empty());
    const auto sure =
        rank_intervals(std::vector<UncertainValue>{{1, 0, 1}, {1, 0, 2}, {0, 0, 3}}, 100, 1);
    CHECK(sure[0] == RankInterval{1, 1, 1});
    CHECK(sure[1] == RankInterval{1, 1, 1});
    CHECK(sure[2] == RankInterval{3, 3, 3});
}

TEST_CASE("two groups: the place follows P(first above second) = Phi(d / sqrt(s1² + s2²))") {
    constexpr std::int32_t draws = 20'000;
    for (const double d : {0.0, 0.5, 1.0, 2.0, 4.0}) {
        CAPTURE(d);
        const auto places =
            rank_intervals(std::vector<UncertainValue>{{d, 0.6, 1}, {0, 0.8, 2}}, draws, 7);
        const double second = 1 - normal_probability(d / 1.0);
        const double error = std::sqrt(second * (1 - second) / draws);
        CHECK(std::abs(places[0].expected - (1 + second)) <= 4 * error + 1e-12);
        CHECK(places[0].low == 1);
        CHECK(places[0].high == (second > 0.05 ? 2 : 1));
        CHECK(places[0].expected + places[1].expected == doctest::Approx(3));
    }
}

TEST_CASE("expected places of many groups are 1 + the sum of P(other above)") {
    std::vector<UncertainValue> groups;
    for (std::uint64_t i = 0; i < 30; ++i) {
        Random random{5, i};
        groups.push_back({random.normal(0, 0.4), random.uniform(0.05, 0.5), i});
    }
    constexpr std::int32_t draws = 4000;
    const auto places = rank_intervals(groups, draws, 3);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        double expected = 1;
        for (std::size_t j = 0; j < groups.size(); ++j) {
            if (i == j) continue;
            expected += normal_probability((groups[j].mean - groups[i].mean) /
                                           std::hypot(groups[i].deviation, groups[j].deviation));
        }
        // A place deviates by at most half the number of groups: error 15 / sqrt(4000) = 0.24.
        CHECK(std::abs(places[i].expected - expected) < 0.95);
        CHECK(places[i].low <= places[i].expected + 1);
        CHECK(places[i].high + 1 >= places[i].expected);
    }
}

TEST_CASE("identical groups may have any place; the order of groups changes nothing") {
    std::vector<UncertainValue> groups;
    for (std::uint64_t i = 0; i < 100; ++i) groups.push_back({0, 1, i});
    const auto places = rank_intervals(groups, 2000, 11);
    for (const RankInterval& place : places) {
        CHECK(place.low <= 10);   // 5 expected.
        CHECK(place.high >= 91);  // 95 expected.
    }
    std::ranges::reverse(groups);
    auto reversed = rank_intervals(groups, 2000, 11);
    std::ranges::reverse(reversed);
    CHECK(reversed == places);
}
