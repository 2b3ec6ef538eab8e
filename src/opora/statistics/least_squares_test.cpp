#include "opora/statistics/least_squares.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "support/number_table.hpp"

using opora::testing::NumberTable;

namespace opora::statistics {

// Tennessee STAR, kindergarten mathematics by class size, errors clustered by school (Stock, Watson
// 2015, table 13.1); R 4.2.2, sandwich::vcovCL. Tolerance 1e-6 relative.
TEST_CASE("least squares with errors robust within schools: Tennessee STAR") {
    const NumberTable table{"star_kindergarten.csv"};
    std::vector<double> x;
    std::vector<std::uint32_t> schools;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        x.insert(x.end(), {1, table["aide"][i], table["small"][i]});
        schools.push_back(static_cast<std::uint32_t>(table["school"][i]));
    }
    const auto fit = fit_least_squares(x, 3, table["mathk"], schools);
    REQUIRE(fit);
    const Coefficient expected[] = {{false, 483.199311023617, 3.0718697630258},
                                    {false, -0.403451611007455, 2.49783827467446},
                                    {false, 7.73201701270047, 2.65084460896869}};
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        const Coefficient& found = fit->coefficients[i];
        CHECK(std::abs(found.estimate - expected[i].estimate) <
              1e-6 * std::abs(expected[i].estimate));
        CHECK(std::abs(found.se - expected[i].se) < 1e-6 * expected[i].se);
    }
    CHECK(fit->clusters == 79);
}

TEST_CASE("a line through points, a repeated column, and what cannot be fitted") {
    const std::vector<double> x{1, 0, 0, 1, 1, 2, 1, 2, 4, 1, 3, 6};
    const std::vector<double> y{1, 3, 5, 7};
    const std::vector<std::uint32_t> each{0, 1, 2, 3};
    const auto fit = fit_least_squares(x, 3, y, each);
    REQUIRE(fit);
    CHECK(std::abs(fit->coefficients[0].estimate - 1) < 1e-12);
    CHECK(std::abs(fit->coefficients[1].estimate - 2) < 1e-12);
    CHECK(fit->coefficients[2].left_out);
    CHECK(std::abs(fit->r2 - 1) < 1e-12);

    const std::vector<double> flat{2, 2, 2, 2};
    CHECK(fit_least_squares(x, 3, flat, each).error().code == "regression_no_spread");
    const std::vector<std::uint32_t> one{5, 5, 5, 5};
    CHECK(fit_least_squares(x, 3, y, one).error().code == "regression_one_cluster");
    const std::span few{x};
    CHECK(fit_least_squares(few.first(3), 3, std::span{y}.first(1), std::span{each}.first(1))
              .error()
              .code == "regression_too_few_rows");
}

}  // namespace opora::statistics
