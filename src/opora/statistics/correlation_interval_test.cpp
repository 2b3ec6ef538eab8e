#include "opora/statistics/correlation_interval.hpp"

#include <doctest/doctest.h>

#include <cmath>

using opora::statistics::correlation_interval;

TEST_CASE(
    "Bonett and Wright's interval and Fieller's test, worked out by hand for r = 0.5, n = 28") {
    // z = atanh 0.5 = 0.549306; margin = 1.959964 sqrt(1.125 / 25) = 0.415770;
    // test: 0.549306 sqrt(25 / 1.06) = 2.667659, two-sided 0.007638. Tolerance: four digits.
    const auto interval = correlation_interval(0.5, 28);
    REQUIRE(interval);
    CHECK(interval->low == doctest::Approx(std::tanh(0.549306 - 0.415770)).epsilon(1e-4));
    CHECK(interval->high == doctest::Approx(std::tanh(0.549306 + 0.415770)).epsilon(1e-4));
    CHECK(interval->p_value == doctest::Approx(0.007638).epsilon(1e-3));
}

TEST_CASE("no correlation: the interval is symmetric and p is 1; its sign turns everything over") {
    const auto none = correlation_interval(0, 20);
    CHECK(none->low == doctest::Approx(-none->high));
    CHECK(none->p_value == doctest::Approx(1));
    const auto up = correlation_interval(0.3, 20);
    const auto down = correlation_interval(-0.3, 20);
    CHECK(up->low == doctest::Approx(-down->high));
    CHECK(up->p_value == doctest::Approx(down->p_value));
}

TEST_CASE("four pairs are too few; a perfect correlation has a finite interval") {
    CHECK_FALSE(correlation_interval(0.5, 4));
    CHECK(correlation_interval(0.5, 5));
    for (const double r : {1.0, -1.0}) {
        const auto perfect = correlation_interval(r, 10);
        CHECK(std::isfinite(perfect->low));
        CHECK(std::isfinite(perfect->high));
        CHECK(perfect->low <= perfect->high);
        CHECK(perfect->p_value < 1e-6);
    }
}

TEST_CASE("more pairs narrow the interval and lower p") {
    CHECK(correlation_interval(0.4, 100)->low > correlation_interval(0.4, 20)->low);
    CHECK(correlation_interval(0.4, 100)->p_value < correlation_interval(0.4, 20)->p_value);
}
