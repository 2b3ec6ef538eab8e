#include "opora/statistics/funnel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

using namespace opora::statistics;

TEST_CASE("the formulas of Spiegelhalter on four points, by hand") {
    // z = -2, -1, 1, 2 with s = 1; type 7 quantiles: 10 %: -2 + 0.3 = -1.7, 90 %: 1.7.
    const std::vector<FunnelPoint> points{{-2, 1}, {2, 1}, {1, 1}, {-1, 1}};
    const Funnel limits = funnel(points, 0, Overdispersion::additive);
    CHECK(limits.phi == doctest::Approx((1.7 * 1.7 * 2 + 2) / 4));  // 1.945
    // I phi - (I - 1) = 4.78; sum w - sum w² / sum w = 3.
    CHECK(limits.between == doctest::Approx(4.78 / 3));
    CHECK(limits.deviation(1) == doctest::Approx(std::sqrt(1 + 4.78 / 3)));
    CHECK(limits.z({2, 1}) == doctest::Approx(2 / std::sqrt(1 + 4.78 / 3)));
    CHECK(funnel(points, 0, Overdispersion::multiplicative).deviation(2) ==
          doctest::Approx(2 * std::sqrt(1.945)));
    CHECK(funnel(points, 0, Overdispersion::none).deviation(2) == 2);
}

TEST_CASE("less spread than chance gives narrows no limit") {
    const std::vector<FunnelPoint> points{{0.1, 1}, {-0.1, 1}, {0, 2}};
    CHECK(funnel(points, 0, Overdispersion::additive).deviation(2) == 2);
    CHECK(funnel(points, 0, Overdispersion::multiplicative).deviation(2) == 2);
    CHECK(funnel(std::vector<FunnelPoint>{{5, 1}}, 0, Overdispersion::additive).between == 0);
}

TEST_CASE(
    "of groups that differ by chance and a common spread, more than 5 % lie outside 95 %: "
    "winsorising") {
    std::vector<FunnelPoint> points;
    for (std::uint64_t i = 0; i < 4000; ++i) {
        Random random{2, i};  // Seed 2.
        const double error = random.uniform(0.05, 0.4);
        points.push_back({random.normal(0, std::sqrt(error * error + 0.09)), error});
    }
    const Funnel limits = funnel(points, 0, Overdispersion::additive);
    int outside = 0;
    for (const FunnelPoint& point : points) outside += std::abs(limits.z(point)) > funnel_warning;
    // Winsorising at 10 % leaves 0.679 of the variance of a normal distribution, so that the limits
    // are narrow: with equal errors 2 (1 - Phi(1.96 sqrt(0.679))) = 10.6 % lie outside, with
    // unequal ones more, never as many as without overdispersion.
    CHECK(outside > 400);
    CHECK(outside < 700);
    const Funnel none = funnel(points, 0, Overdispersion::none);
    CHECK(std::ranges::count_if(points, [&](const FunnelPoint& point) {
              return std::abs(none.z(point)) > funnel_warning;
          }) > 1000);
    std::ranges::reverse(points);
    CHECK(funnel(points, 0, Overdispersion::additive).between == limits.between);
}
