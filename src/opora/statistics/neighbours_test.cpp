// Nearest rows with missing features, concentration, jackknife.

#include "opora/statistics/neighbours.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/concentration.hpp"
#include "opora/statistics/jackknife.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

PartialRows random_rows(std::size_t count, std::size_t columns, double missing,
                        std::uint64_t seed) {
    Random random{seed};
    PartialRows rows{.columns = columns};
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t known = 0;
        for (std::size_t j = 0; j < columns; ++j) {
            const bool has = !random.chance(missing);
            known |= has ? 1u << j : 0u;
            // Few different values: ties must be in their order, too.
            rows.values.push_back(has ? std::round(2 * random.normal()) / 2 : 0);
        }
        rows.known.push_back(known);
    }
    return rows;
}

}  // namespace

TEST_CASE("nearest neighbours: the trees find what a look at every pair finds") {
    rc::check("against every pair", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000000);
        const auto count = *rc::gen::inRange<std::size_t>(1, 300);
        const PartialRows rows = random_rows(count, 4, 0.15, seed);
        const std::vector<double> weights{1, 2, 0.5, 1};
        const auto found = nearest_neighbours(rows, weights, {.count = 7});
        for (std::uint32_t i = 0; i < rows.count(); ++i) {
            std::vector<Neighbour> all;
            for (std::uint32_t j = 0; j < rows.count(); ++j) {
                const auto one = partial_distance(rows, weights, i, j, 0.5);
                if (i != j && one) all.push_back(*one);
            }
            std::ranges::sort(all, {}, &Neighbour::distance);
            RC_ASSERT(found[i].size() == std::min<std::size_t>(7, all.size()));
            for (std::size_t k = 0; k < found[i].size(); ++k) {
                RC_ASSERT(std::fabs(found[i][k].distance - all[k].distance) < 1e-9);
                const auto own = partial_distance(rows, weights, i, found[i][k].row, 0.5);
                RC_ASSERT(std::fabs(found[i][k].distance - own->distance) < 1e-9);
                RC_ASSERT(found[i][k].known_share == own->known_share);
            }
        }
    });
}

TEST_CASE("partial distance: shared features stand for all; too few are not compared") {
    PartialRows rows{.columns = 4,
                     .values = {0, 0, 0, 0, 3, 4, 0, 0, 1, 0, 0, 0},
                     .known = {0b1111, 0b0011, 0b0001}};
    const std::vector<double> equal(4, 1.0);
    const auto half = partial_distance(rows, equal, 0, 1, 0.5);
    REQUIRE(half);
    CHECK(half->distance == doctest::Approx(std::sqrt(25.0 * 2)));
    CHECK(half->known_share == 0.5f);
    CHECK_FALSE(partial_distance(rows, equal, 0, 1, 0.6));
    CHECK_FALSE(partial_distance(rows, equal, 0, 2, 0.5));
    rows.known[2] = 0;
    CHECK_FALSE(partial_distance(rows, equal, 0, 2, 0));
    CHECK(nearest_neighbours(rows, equal, {.count = 5})[2].empty());
    CHECK(nearest_neighbours(rows, equal, {.count = 5})[0].size() == 1);
    CHECK(nearest_neighbours(rows, equal, {.count = 0})[0].empty());
}

TEST_CASE("concentration: equal rates give no concentration, all in one unit the most") {
    const auto equal = concentration(std::vector<UnitCount>{{10, 2}, {20, 4}, {70, 14}});
    REQUIRE(equal);
    CHECK(equal->gini == doctest::Approx(0));
    CHECK(equal->in_worst_quarter == doctest::Approx(0.25));
    CHECK(equal->members_holding_half == doctest::Approx(0.5));
    CHECK(equal->curve.size() == 2);

    // One unit of four holds all: the curve is (0,0), (1/4,1), (1,1); area 7/8, gini 3/4.
    const auto one = concentration(std::vector<UnitCount>{{10, 0}, {10, 5}, {10, 0}, {10, 0}});
    CHECK(one->gini == doctest::Approx(0.75));
    CHECK(one->in_worst_quarter == doctest::Approx(1));
    CHECK(one->members_holding_half == doctest::Approx(0.125));

    CHECK_FALSE(concentration(std::vector<UnitCount>{{10, 0}}));
    CHECK_FALSE(concentration({}));
    CHECK_FALSE(concentration(std::vector<UnitCount>{{0, 0}}));
    CHECK(concentration(std::vector<UnitCount>{{10, 10}, {5, 5}})->gini == doctest::Approx(0));
}

TEST_CASE("jackknife: of a mean it is the usual standard error; too few groups give none") {
    const std::vector<double> values{1, 4, 2, 8, 5};
    double sum = 0;
    for (const double value : values) sum += value;
    std::vector<std::optional<double>> without;
    double squares = 0;
    for (const double value : values) {
        without.emplace_back((sum - value) / 4);
        squares += (value - sum / 5) * (value - sum / 5);
    }
    const auto estimate = jackknife(sum / 5, without);
    REQUIRE(estimate);
    CHECK(estimate->standard_error == doctest::Approx(std::sqrt(squares / 4 / 5)));
    // Quantiles of Student's distribution: R's qt(0.975, df).
    CHECK(student_quantile_975(1) == doctest::Approx(12.7062).epsilon(1e-4));
    CHECK(student_quantile_975(4) == doctest::Approx(2.776445).epsilon(2e-3));
    CHECK(student_quantile_975(10) == doctest::Approx(2.228139).epsilon(1e-4));
    CHECK(student_quantile_975(59) == doctest::Approx(2.000995).epsilon(1e-5));
    CHECK_FALSE(jackknife(1, std::vector<std::optional<double>>{1.0}));
    CHECK_FALSE(jackknife(1, {}));
    CHECK(jackknife_groups(20) == 20);
    CHECK(jackknife_groups(2000) == 60);
}

}  // namespace opora::statistics
