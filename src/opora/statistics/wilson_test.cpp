#include "opora/statistics/wilson.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace opora::statistics;

// Values computed by hand from the formula (Wilson 1927), in percent with one decimal.
TEST_CASE("Wilson's interval of small and larger groups") {
    struct Row {
        int x, n;
        double low, high;
    };
    for (const Row& row : {Row{2, 5, 11.8, 76.9}, Row{3, 10, 10.8, 60.3}, Row{8, 25, 17.2, 51.6},
                           Row{15, 50, 19.1, 43.8}, Row{30, 100, 21.9, 39.6}}) {
        CAPTURE(row.n);
        const Interval interval = wilson_95(row.x, row.n);
        CHECK(std::abs(interval.low * 100 - row.low) < 0.05);
        CHECK(std::abs(interval.high * 100 - row.high) < 0.05);
    }
}

TEST_CASE("nobody and everybody give intervals that end exactly at 0 and 1") {
    CHECK(wilson_95(0, 7).low == 0.0);
    CHECK(wilson_95(0, 7).high > 0.3);
    CHECK(wilson_95(7, 7).high == 1.0);
    CHECK(wilson_95(1, 1).low > 0.0);
}
