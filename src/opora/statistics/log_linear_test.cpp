#include "opora/statistics/log_linear.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace opora::statistics {

namespace {

const std::vector<std::int32_t> scores{0, 1, 1, 2, 4, 3, 6, 8, 9, 11, 10,
                                       9, 7, 8, 5, 4, 2, 2, 1, 0, 1};
constexpr std::array<std::size_t, 2> upper{10, 11};
constexpr std::array<std::size_t, 2> lower{8, 9};

/// Without the window 8..11 and the two ends.
std::vector<std::uint8_t> used() {
    std::vector<std::uint8_t> used(scores.size(), 1);
    for (const std::size_t x : {0U, 8U, 9U, 10U, 11U, 20U}) used[x] = 0;
    return used;
}

}  // namespace

TEST_CASE(
    "log-linear curves are those of R 4.2 glm(family = poisson), to 1e-7 (variances 1e-4, "
    "since glm stops earlier)") {
    // m <- glm(h ~ poly(x, 2, raw = TRUE), poisson, subset = used); predictions, their variances
    // and covariance by vcov(m) and the delta method; sum(residuals(m, "pearson")^2)
    const auto curve = LogLinearCurve::fit(scores, used(), 2);
    REQUIRE(curve);
    CHECK(curve->expected(0) == doctest::Approx(0.358611880383).epsilon(1e-7));
    CHECK(curve->expected(10) == doctest::Approx(9.731625551289).epsilon(1e-7));
    const auto expected = curve->expected(upper, lower);
    CHECK(expected.first == doctest::Approx(18.9411763192).epsilon(1e-7));
    CHECK(expected.second == doctest::Approx(18.3945820638).epsilon(1e-7));
    CHECK(expected.variance_first == doctest::Approx(15.7617557884).epsilon(1e-4));
    CHECK(expected.variance_second == doctest::Approx(14.6011005406).epsilon(1e-4));
    CHECK(expected.covariance == doctest::Approx(14.5745941073).epsilon(1e-4));
    CHECK(curve->pearson() == doctest::Approx(2.12964725735).epsilon(1e-6));
    CHECK(curve->freedom() == 12);

    const auto cubic = LogLinearCurve::fit(scores, used(), 3);
    REQUIRE(cubic);
    const auto bent = cubic->expected(upper, lower);
    CHECK(bent.first == doctest::Approx(19.0561704757).epsilon(1e-7));
    CHECK(bent.variance_first == doctest::Approx(16.0036649060).epsilon(1e-4));
}

TEST_CASE("a curve that the cells do not determine is none") {
    const std::vector<std::uint8_t> all(scores.size(), 1);
    const std::vector<std::int32_t> nobody(scores.size(), 0);
    CHECK(!LogLinearCurve::fit(nobody, all, 2));
    std::vector<std::int32_t> three = nobody;
    three[4] = three[9] = three[14] = 5;
    CHECK(!LogLinearCurve::fit(three, all, 2));  // Three filled cells, three coefficients.
    three[11] = 4;
    CHECK(LogLinearCurve::fit(three, all, 2));
    std::vector<std::uint8_t> few(scores.size(), 0);
    few[4] = few[9] = 1;
    CHECK(!LogLinearCurve::fit(scores, few, 2));
    CHECK(!LogLinearCurve::fit({}, {}, 2));
}

}  // namespace opora::statistics
