#include "opora/statistics/effect_distribution.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "opora/statistics/random.hpp"

namespace opora::statistics {

TEST_CASE("a cut normal distribution keeps its moments and its quantiles") {
    const auto normal = EffectDistribution::normal({0.2, 0.5});
    CHECK(normal.moments().mean == doctest::Approx(0.2).epsilon(0.001));
    CHECK(normal.moments().deviation == doctest::Approx(0.5).epsilon(0.01));
    CHECK(EffectQuantiles{normal.weights()}.at(0.5) == doctest::Approx(0.2).epsilon(0.001));
    CHECK(EffectQuantiles{normal.weights()}.at(0.975) ==
          doctest::Approx(0.2 + 1.96 * 0.5).epsilon(0.01));
    CHECK(EffectDistribution::normal({0, 0}).moments().deviation < 0.03);
}

TEST_CASE("two kinds of groups are told apart, which a normal prior cannot") {
    std::vector<EffectEvidence> groups;
    for (std::uint64_t i = 0; i < 800; ++i) {
        Random random{5, i};
        const double truth = random.chance(0.12) ? 1.0 : 0.3 * random.normal();
        const double seen = truth + 0.1 * random.normal();
        groups.push_back({100, 100 * seen});
    }
    const auto start = EffectDistribution::normal({0.1, 0.45});
    const auto found = start.estimated(groups, 0.04, 60);
    double high = 0;
    for (std::size_t i = 0; i < EffectDistribution::cells; ++i) {
        if (EffectDistribution::middle(i) > 0.75) high += found.weights()[i];
    }
    CHECK(high == doctest::Approx(0.12).epsilon(0.2));
    CHECK(std::accumulate(found.weights().begin(), found.weights().end(), 0.0) ==
          doctest::Approx(1.0));
}

TEST_CASE("the order of the groups moves the estimate by rounding alone, no group leaves it") {
    const auto start = EffectDistribution::normal({0, 0.3});
    CHECK(start.estimated({}, 0.04, 10).weights() == start.weights());
    const std::vector<EffectEvidence> silent(3);
    CHECK(start.estimated(silent, 0.04, 10).weights() == start.weights());
}

TEST_CASE("moving a distribution moves its mean alone") {
    const auto normal = EffectDistribution::normal({0, 0.4});
    const auto moved = normal.shifted(-0.123);
    CHECK(moved.moments().mean == doctest::Approx(-0.123).epsilon(0.01));
    CHECK(moved.moments().deviation == doctest::Approx(0.4).epsilon(0.01));
}

TEST_CASE("evidence beyond the grid stands at its end, not outside") {
    const auto normal = EffectDistribution::normal({0, 0.05});
    const auto far = normal.posterior({1000, 1000.0 * 50});
    CHECK(moments_of(far).mean <= EffectDistribution::middle(EffectDistribution::cells - 1));
    CHECK(moments_of(far).mean > 0);
}

}  // namespace opora::statistics
