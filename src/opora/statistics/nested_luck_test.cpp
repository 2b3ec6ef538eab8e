#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "opora/statistics/nested_model.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

constexpr double correlation = 0.6;

double density(double u) { return std::exp(-0.5 * u * u) / std::sqrt(2 * std::acos(-1.0)); }

/// Covariance of two failures of one pupil: given the common ability t they are independent.
double joint_excess(double u) {
    constexpr int steps = 4000;
    constexpr double reach = 8;
    double both = 0;
    for (int i = 0; i < steps; ++i) {
        const double t = reach * (2 * (i + 0.5) / steps - 1);
        const double one =
            normal_probability((u - std::sqrt(correlation) * t) / std::sqrt(1 - correlation));
        both += density(t) * one * one * 2 * reach / steps;
    }
    return both - normal_probability(u) * normal_probability(u);
}

}  // namespace

TEST_CASE("the tilt of luck is the joint excess of two failures over that of their abilities") {
    for (const double share : {0.06, 0.1, 0.16, 0.3, 0.5}) {
        CAPTURE(share);
        const double u = normal_quantile(share);
        const double exact = joint_excess(u) / (density(u) * density(u) * correlation);
        // Terms of the series from r^4 on are left out.
        CHECK(luck_tilt(u) == doctest::Approx(exact).epsilon(0.06));
    }
    CHECK(luck_tilt(normal_quantile(0.06)) > 1.5 * luck_tilt(normal_quantile(0.3)));
}

TEST_CASE("the works of a cohort have one tilt, cohorts and blocks their own") {
    std::vector<NestedRow> rows(5);
    rows[1].cohort = 1;
    rows[3].block = rows[4].block = 1;
    const std::vector<double> expected{-1.0, -0.5, -2.0, -0.2, -0.4};
    tilt_luck(rows, expected);
    CHECK(rows[0].tilt == luck_tilt(-1.5));
    CHECK(rows[2].tilt == rows[0].tilt);
    CHECK(rows[1].tilt == luck_tilt(-0.5));
    CHECK(rows[3].tilt == doctest::Approx(luck_tilt(-0.3)));
    CHECK(rows[4].tilt == rows[3].tilt);
}

}  // namespace opora::statistics
