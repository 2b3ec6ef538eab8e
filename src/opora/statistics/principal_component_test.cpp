#include "opora/statistics/principal_component.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::statistics {

TEST_CASE("two correlated variables share the first component equally") {
    // Correlation r of two variables: eigenvalue 1 + r, loadings 1 / sqrt 2 (algebra).
    const std::vector<double> rows{1, 2, 2, 1, 3, 4, 4, 3};
    const auto component = first_component(rows, 2);
    REQUIRE(component);
    CHECK(std::abs(component->loadings[0] - std::sqrt(0.5)) < 1e-12);
    CHECK(std::abs(component->loadings[1] - std::sqrt(0.5)) < 1e-12);
    CHECK(std::abs(component->variance_share - (1 + 0.6) / 2) < 1e-12);
}

TEST_CASE("the scale and the place of a variable change nothing") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        std::vector<double> rows;
        std::vector<double> moved;
        for (int i = 0; i < 50; ++i) {
            const double common = random.normal();
            const double values[] = {common + random.normal(), common + random.normal(),
                                     random.normal() - common};
            rows.insert(rows.end(), std::begin(values), std::end(values));
            moved.insert(moved.end(), {values[0] * 1e4 + 7, values[1] - 100, values[2] * 1e-3});
        }
        const auto one = first_component(rows, 3);
        const auto other = first_component(moved, 3);
        REQUIRE((one && other));
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(std::abs(one->loadings[i] - other->loadings[i]) < 1e-9);
        }
        CHECK(std::abs(one->variance_share - other->variance_share) < 1e-9);
        CHECK(one->loadings[0] * one->loadings[2] < 0);
    }
}

TEST_CASE("without two variables that vary there is no component") {
    CHECK(!first_component(std::vector<double>{1, 5, 2, 5, 3, 5}, 2));
    CHECK(!first_component(std::vector<double>{1, 5, 2, 6}, 2));
    CHECK(!first_component(std::vector<double>{1, 1, 1, -1, -1, 1, -1, -1}, 2));
    const auto component = first_component(std::vector<double>{1, 7, 5, 2, 7, 6, 4, 7, 9}, 3);
    REQUIRE(component);
    CHECK(component->loadings[1] == 0);
}

}  // namespace opora::statistics
