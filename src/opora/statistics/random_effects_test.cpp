#include "opora/statistics/random_effects.hpp"

#include <doctest/doctest.h>

#include <array>
#include <utility>

namespace opora::statistics {

namespace {

using Group = std::pair<double, double>;

template <std::size_t N>
RandomEffects effects_of(const std::array<Group, N>& groups) {
    RandomEffects effects;
    for (const auto& [value, variance] : groups) effects.look(value, variance);
    effects.settle();
    for (const auto& [value, variance] : groups) effects.weigh(value, variance);
    return effects;
}

}  // namespace

TEST_CASE("variance between groups and their mean by DerSimonian and Laird, worked by hand") {
    // w = 1, 2, 4; y = 0, 3, 6: mean 30/7, Q = 162 - 900/7 = 234/7; W - W2/W = 7 - 3 = 4;
    // between = (234/7 - 2) / 4 = 55/7.
    const std::array<Group, 3> groups{{{0, 1}, {3, 0.5}, {6, 0.25}}};
    const auto effects = effects_of(groups);
    CHECK(effects.groups() == 3);
    CHECK(effects.between() == doctest::Approx(55.0 / 7));
    const double a = 1 / (55.0 / 7 + 1);
    const double b = 1 / (55.0 / 7 + 0.5);
    const double c = 1 / (55.0 / 7 + 0.25);
    CHECK(effects.mean() == doctest::Approx((3 * b + 6 * c) / (a + b + c)));
    CHECK(effects.mean_variance() == doctest::Approx(1 / (a + b + c)));
}

TEST_CASE("a shift of all values shifts the mean and nothing else; equal values have no variance") {
    const std::array<Group, 3> groups{{{1e6, 1}, {1e6 + 3, 0.5}, {1e6 + 6, 0.25}}};
    CHECK(effects_of(groups).between() == doctest::Approx(55.0 / 7).epsilon(1e-9));
    const std::array<Group, 2> equal{{{5, 1}, {5, 2}}};
    CHECK(effects_of(equal).between() == 0);
    const std::array<Group, 1> alone{{{5, 1}}};
    CHECK(effects_of(alone).between() == 0);
    CHECK(effects_of(alone).mean() == 5);
}

}  // namespace opora::statistics
