#include "opora/statistics/observation.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::statistics {

TEST_CASE("many pupils: the observation is the normal quantile of the share") {
    const Observation seen = observe_share({120, 400}, {-1.0, 0.4});
    CHECK(seen.value == doctest::Approx(normal_quantile(0.3)).epsilon(0.01));
    // Binomial variance over phi^2: 0.3 * 0.7 / 400 / 0.1209.
    CHECK(seen.variance == doctest::Approx(0.00434).epsilon(0.03));
}

TEST_CASE("nobody failed, everybody failed: a finite observation on the side of the data") {
    const Moments expected{-1.0, 0.4};
    const Observation none = observe_share({0, 8}, expected);
    const Observation all = observe_share({8, 8}, expected);
    CHECK(none.value < -1.0);
    CHECK(all.value > -1.0);
    CHECK(none.variance > 0.05);
    CHECK(none.variance < says_nothing);
    CHECK(observe_share({0, 0}, expected).variance == says_nothing);
}

TEST_CASE(
    "one pupil more who failed never lowers the posterior mean, one who passed never raises") {
    const Moments expected{-1.0, 0.4};
    const auto mean = [&](double failed, double all) {
        const Observation seen = observe_share({failed, all}, expected);
        const double prior = 1 / (0.4 * 0.4);
        return (seen.value / seen.variance - 1.0 * prior) / (1 / seen.variance + prior);
    };
    for (double all = 1; all < 60; ++all) {
        for (double failed = 0; failed <= all; ++failed) {
            CHECK(mean(failed + 1, all + 1) >= mean(failed, all));
            CHECK(mean(failed, all + 1) <= mean(failed, all));
        }
    }
}

TEST_CASE("normal shrinkage of a mean: lambda = between / (between + within / n)") {
    const Observation seen = observe_mean(24, 25, {20, 5});
    CHECK(seen.value == doctest::Approx(0.8));
    CHECK(seen.variance == doctest::Approx(0.04));
    const double between = 0.09;
    CHECK(between / (between + seen.variance) == doctest::Approx(0.6923).epsilon(0.001));
    CHECK(observe_mean(24, 0, {20, 5}).variance == says_nothing);
}

}  // namespace opora::statistics
