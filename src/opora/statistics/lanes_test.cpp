#include "opora/statistics/lanes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace opora::statistics {

TEST_CASE("numbers of the lanes follow the standard normal distribution, tails included") {
    Random random{5, 17};
    std::vector<double> numbers;
    Lanes drawn;
    constexpr int rounds = 20000;
    for (int i = 0; i < rounds; ++i) {
        fill_normal(random, drawn);
        numbers.insert(numbers.end(), drawn.begin(), drawn.end());
    }
    std::ranges::sort(numbers);
    const auto count = static_cast<double>(numbers.size());
    // Kolmogorov 1933: beyond 1.95 / sqrt(n) once in a thousand.
    double furthest = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double below = (static_cast<double>(i) + 0.5) / count;
        furthest = std::max(furthest, std::fabs(normal_probability(numbers[i]) - below));
    }
    CHECK(furthest < 1.95 / std::sqrt(count));
    for (const double z : {2.0, 3.0, 4.0}) {
        CAPTURE(z);
        const auto beyond = std::ranges::count_if(numbers, [z](double one) { return one > z; });
        const double expected = count * normal_probability(-z);
        CHECK(std::fabs(static_cast<double>(beyond) - expected) < 4 * std::sqrt(expected));
    }
}

TEST_CASE("the same key gives the same numbers") {
    Random one{1, 2};
    Random other{1, 2};
    Lanes first;
    Lanes second;
    fill_normal(one, first);
    fill_normal(other, second);
    CHECK(first == second);
}

TEST_CASE("probabilities by table: within 2e-6 everywhere, 0 and 1 far out, never falling") {
    float before = 0;
    for (int i = -4000; i <= 4000; ++i) {
        Lanes numbers;
        numbers.fill(static_cast<float>(i) / 400.0F);
        replace_by_probabilities(numbers);
        const double exact = normal_probability(i / 400.0);
        CHECK(std::fabs(static_cast<double>(numbers[0]) - exact) < 2e-6);
        CHECK(numbers[0] >= before);
        before = numbers[0];
    }
}

}  // namespace opora::statistics
