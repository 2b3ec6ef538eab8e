#include "opora/statistics/descending_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "opora/statistics/random.hpp"

using namespace opora::statistics;

TEST_CASE("the highest comes first; equal values, the two zeros among them, keep their order") {
    DescendingOrder descending;
    const auto order = [&](std::vector<double> values) {
        const auto places = descending.of(values);
        return std::vector<std::uint32_t>{places.begin(), places.end()};
    };
    using Places = std::vector<std::uint32_t>;
    CHECK(order({}).empty());
    CHECK(order({-1}) == Places{0});
    CHECK(order({2, -3, 5, 2, -0.5}) == Places{2, 0, 3, 4, 1});
    CHECK(order({0.0, -0.0, 0.0}) == Places{0, 1, 2});
    const double tiny = std::numeric_limits<double>::denorm_min();
    const double huge = std::numeric_limits<double>::max();
    CHECK(order({tiny, 0, huge, -tiny, -huge}) == Places{2, 0, 1, 3, 4});
}

TEST_CASE("any numbers stand as a stable sort puts them") {
    DescendingOrder descending;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        Random random{seed, text_key("descending_order")};
        std::vector<double> values;
        const std::int32_t count = random.below(3000);
        for (std::int32_t i = 0; i < count; ++i) {
            const double value = random.normal(0, 1);
            values.push_back(seed % 2 == 0 ? value
                                           : static_cast<double>(static_cast<int>(3 * value)));
        }
        std::vector<std::uint32_t> expected(values.size());
        std::iota(expected.begin(), expected.end(), 0u);
        std::ranges::stable_sort(
            expected, [&](std::uint32_t a, std::uint32_t b) { return values[a] > values[b]; });
        CHECK(std::ranges::equal(descending.of(values), expected));
    }
}
