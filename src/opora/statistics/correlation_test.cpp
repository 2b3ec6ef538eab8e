#include "opora/statistics/correlation.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "opora/statistics/random.hpp"
#include "opora/statistics/summary.hpp"
#include "support/number_table.hpp"

using opora::testing::NumberTable;

namespace opora::statistics {

namespace {

using Correlation = std::optional<double> (*)(std::span<const double>, std::span<const double>);

void check_matrix(const std::string& file, Correlation correlation) {
    const NumberTable schools{"ca_schools.csv"};
    const NumberTable reference{file};
    const auto& names = reference.headings();
    REQUIRE(names.size() == 8);
    for (const std::string& column : names) {
        for (std::size_t row = 0; row < names.size(); ++row) {
            CAPTURE(column);
            CAPTURE(names[row]);
            const auto found = correlation(schools[names[row]], schools[column]);
            REQUIRE(found);
            CHECK(std::abs(*found - reference[column][row]) < 1e-8);
        }
    }
}

}  // namespace

// 420 Californian districts (Stock, Watson 2015); R 4.2.2, cor() and quantile(type = 7).
// Tolerance 1e-8.
TEST_CASE("correlations of Californian districts: Pearson, Spearman, Kendall") {
    check_matrix("ca_schools_pearson.csv", pearson);
    check_matrix("ca_schools_spearman.csv", spearman);
    check_matrix("ca_schools_kendall.csv", kendall);
}

TEST_CASE("means, deviations and quantiles of Californian districts") {
    const NumberTable schools{"ca_schools.csv"};
    const NumberTable reference{"ca_schools_describe.csv"};
    const std::array names{"read",    "math",   "lunch",    "calworks",
                           "english", "income", "students", "expenditure"};
    REQUIRE(reference.rows() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CAPTURE(names[i]);
        const auto& values = schools[names[i]];
        const auto near = [&](double value, const char* column) {
            return std::abs(value - reference[column][i]) < 1e-8 * (1 + std::abs(value));
        };
        CHECK(near(mean(values), "mean"));
        CHECK(near(standard_deviation(values), "sd"));
        CHECK(near(quantile(values, 0.5), "median"));
        CHECK(near(quantile(values, 0.1), "q10"));
        CHECK(near(quantile(values, 0.25), "q25"));
        CHECK(near(quantile(values, 0.75), "q75"));
        CHECK(near(quantile(values, 0.9), "q90"));
    }
}

TEST_CASE("Kendall's tau by sorting equals the count of pairs") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        std::vector<double> x;
        std::vector<double> y;
        for (int i = 0; i < 37; ++i) {
            x.push_back(random.below(9));
            y.push_back(random.below(5));
        }
        double surplus = 0;
        double pairs_x = 0;
        double pairs_y = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const auto sign = [](double d) { return d > 0 ? 1.0 : d < 0 ? -1.0 : 0.0; };
                surplus += sign(x[i] - x[j]) * sign(y[i] - y[j]);
                pairs_x += std::abs(sign(x[i] - x[j]));
                pairs_y += std::abs(sign(y[i] - y[j]));
            }
        }
        REQUIRE(kendall(x, y));
        CHECK(std::abs(*kendall(x, y) - surplus / std::sqrt(pairs_x * pairs_y)) < 1e-12);
    }
}

TEST_CASE("what does not vary has no correlation; the ends of quantiles are the extremes") {
    const std::vector<double> flat{1, 1, 1};
    const std::vector<double> rising{1, 2, 3};
    for (const Correlation correlation : {pearson, spearman, kendall}) {
        CHECK(!correlation(flat, rising));
        CHECK(!correlation(rising, flat));
        CHECK(!correlation(std::span{rising}.first(1), std::span{rising}.first(1)));
        CHECK(correlation(rising, rising) == 1.0);
    }
    CHECK(quantile(rising, 0) == 1);
    CHECK(quantile(rising, 1) == 3);
    CHECK(quantile(std::span{rising}.first(1), 0.3) == 1);
    CHECK(sum(std::vector{1e16, 1.0, -1e16}) == 1.0);
}

}  // namespace opora::statistics
