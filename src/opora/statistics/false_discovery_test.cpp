#include "opora/statistics/false_discovery.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "opora/statistics/random.hpp"

namespace opora::statistics {

TEST_CASE("adjusted p-values are those of R 4.2 p.adjust(method = \"BH\"), to 1e-12") {
    const std::vector<double> p{0.001, 0.008, 0.039, 0.041, 0.042, 0.06,  0.074, 0.205,
                                0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34};
    const std::vector<double> expected{
        0.015,          0.06,           0.126,          0.126,          0.126,
        0.15,           0.158571428571, 0.294642857143, 0.294642857143, 0.294642857143,
        0.294642857143, 0.294642857143, 0.294642857143, 0.294642857143, 0.34};
    const auto q = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        CAPTURE(i);
        CHECK(q[i] == doctest::Approx(expected[i]).epsilon(1e-11));
    }
}

TEST_CASE("nothing to adjust, one value, equal values and ones") {
    CHECK(benjamini_hochberg({}).empty());
    CHECK(benjamini_hochberg(std::vector{0.3}) == std::vector{0.3});
    CHECK(benjamini_hochberg(std::vector{0.2, 0.2}) == std::vector{0.2, 0.2});
    CHECK(benjamini_hochberg(std::vector{1.0, 1.0, 1.0}) == std::vector{1.0, 1.0, 1.0});
    CHECK(benjamini_hochberg(std::vector{0.0, 1.0}) == std::vector{0.0, 1.0});
}

TEST_CASE("the order of p-values changes no adjusted value, and q never falls below p") {
    constexpr std::uint64_t seed = 20;
    Random random{seed};
    for (int round = 0; round < 50; ++round) {
        CAPTURE(seed);
        CAPTURE(round);
        std::vector<double> p(static_cast<std::size_t>(random.between(1, 30)));
        for (double& one : p) one = random.uniform();
        auto reversed = p;
        std::ranges::reverse(reversed);
        auto q = benjamini_hochberg(p);
        auto back = benjamini_hochberg(reversed);
        std::ranges::reverse(back);
        CHECK(q == back);
        for (std::size_t i = 0; i < p.size(); ++i) CHECK(q[i] >= p[i]);
        CHECK(simes(p) == *std::ranges::min_element(q));
    }
}

TEST_CASE("Simes' p-value is uniform when nothing is there") {
    constexpr std::uint64_t seed = 21;
    CAPTURE(seed);
    Random random{seed};
    constexpr int rounds = 20'000;
    int below = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> p(10);
        for (double& one : p) one = random.uniform();
        below += simes(p) <= 0.05 ? 1 : 0;
    }
    // 0.05 ± 4 standard errors of 20 000 draws.
    CHECK(below > rounds * 0.0438);
    CHECK(below < rounds * 0.0562);
}

}  // namespace opora::statistics
