#include "opora/statistics/partial_points.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "opora/statistics/random.hpp"

using namespace opora::statistics;

namespace {

using Point = std::vector<std::optional<double>>;

/// Whole coordinates make many equal distances; a fifth of them is not known.
std::vector<std::optional<double>> random_points(std::uint64_t seed, std::size_t count,
                                                 std::size_t dimensions) {
    Random random{seed, text_key("points")};
    std::vector<std::optional<double>> points(count * dimensions);
    const bool whole = random.chance(0.5);
    for (auto& coordinate : points) {
        if (random.chance(0.2)) continue;
        coordinate = whole ? double{1} * random.between(0, 3) : random.normal();
    }
    return points;
}

}  // namespace

TEST_CASE("the distance is the mean square over what both know") {
    const PartialPoints points{{}, {1, 1, 2}, 0.5};
    const Point all{0.0, 0.0, 0.0};
    CHECK(*points.distance(all, Point{1.0, 1.0, 1.0}) == doctest::Approx(1));
    CHECK(*points.distance(all, Point{2.0, 0.0, 0.0}) == doctest::Approx(1));
    CHECK(*points.distance(all, Point{{}, {}, 3.0}) == doctest::Approx(3));
    CHECK_FALSE(points.distance(all, Point{5.0, {}, {}}));         // A quarter of the weight.
    CHECK_FALSE(points.distance(Point{{}, {}, {}}, all));          // Nothing.
    CHECK(points.distance(all, Point{5.0, 0.0, {}}).has_value());  // Exactly a half.
}

TEST_CASE("the nearest points are those that comparing with everything finds") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random{seed, text_key("search")};
        const auto dimensions = static_cast<std::size_t>(random.between(1, 6));
        const auto count = static_cast<std::size_t>(random.between(0, 150));
        const auto coordinates = random_points(seed, count, dimensions);
        std::vector<double> weights(dimensions);
        for (double& weight : weights) weight = random.chance(0.2) ? 0 : random.uniform(0.5, 2);
        const PartialPoints points{coordinates, weights, random.uniform(0, 1)};
        const auto from = random_points(seed + 1000, 1, dimensions);
        const double within = random.uniform(0.1, 2);
        const auto wanted = static_cast<std::size_t>(random.between(0, 20));
        const auto accept = [](std::uint32_t point) { return point % 3 != 0; };

        std::vector<NearPoint> all;
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto own = std::span{coordinates}.subspan(i * dimensions, dimensions);
            const auto distance = points.distance(from, own);
            if (distance && *distance <= within && accept(i)) all.push_back({*distance, i});
        }
        std::ranges::sort(all);
        if (all.size() > wanted) all.resize(wanted);
        CHECK(points.nearest(from, wanted, within, accept) == all);
    }
}
