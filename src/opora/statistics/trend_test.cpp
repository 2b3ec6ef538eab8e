#include "opora/statistics/trend.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "opora/statistics/random.hpp"

using namespace opora::statistics;

TEST_CASE("a line through three years, by hand") {
    const auto trend =
        trend_of(std::vector<YearValue>{{2022, 0.0, 0.1}, {2023, 0.3, 0.2}, {2024, 0.4, 0.3}});
    REQUIRE(trend.has_value());
    CHECK(trend->slope == doctest::Approx(0.2));  // (0.4 - 0.0) / 2
    CHECK(trend->spread == 2);
    CHECK(trend->sampling_variance == doctest::Approx((0.01 + 0.09) / 4));
    // Residuals -1/30, 2/30, -1/30; leverages 5/6, 1/3, 5/6.
    CHECK(trend->residual_squares == doctest::Approx(6.0 / 900));
    CHECK(trend->residual_noise == doctest::Approx(0.01 / 6 + 0.04 * 2 / 3 + 0.09 / 6));
    CHECK(trend->variance(0.02) == doctest::Approx(0.025 + 0.01));
}

TEST_CASE("years may be missing; one year is no line") {
    const auto gap = trend_of(std::vector<YearValue>{{2021, 0.1, 0.1}, {2024, 0.4, 0.1}});
    REQUIRE(gap.has_value());
    CHECK(gap->slope == doctest::Approx(0.1));
    CHECK(gap->freedom() == 0);
    CHECK_FALSE(trend_of(std::vector<YearValue>{{2024, 0.4, 0.1}}));
    CHECK_FALSE(trend_of({}));
    CHECK_FALSE(year_shock(std::vector<Trend>{*gap}));
}

TEST_CASE("chance years are told from sampling errors; slopes vary as their variance says") {
    std::vector<Trend> trends;
    for (std::uint64_t i = 0; i < 4000; ++i) {
        Random random{9, i};  // Seed 9.
        std::vector<YearValue> values;
        for (int year = 2021; year <= 2024; ++year) {
            const double error = random.uniform(0.05, 0.15);
            values.push_back({year, random.normal(0, std::hypot(error, 0.2)), error});
        }
        trends.push_back(*trend_of(values));
    }
    const double shock = *year_shock(trends);
    CHECK(shock == doctest::Approx(0.04).epsilon(0.05));
    double squares = 0;
    for (const Trend& trend : trends) {
        squares += trend.slope * trend.slope / trend.variance(shock) / 4000;
    }
    CHECK(squares == doctest::Approx(1).epsilon(0.07));
}
