#include "opora/statistics/lanes.hpp"

#include <algorithm>
#include <vector>

namespace opora::statistics {

namespace {

constexpr unsigned quantile_bits = 12;
constexpr unsigned between_bits = 32 - quantile_bits;
constexpr std::uint32_t quantile_cells = 1U << quantile_bits;
/// At each end, cells in which the quantile is too curved for a line.
constexpr std::uint32_t curved_cells = quantile_cells / 256;

std::vector<float> quantile_points() {
    std::vector<float> points(quantile_cells + 1, 0.0F);
    for (std::uint32_t i = 1; i < quantile_cells; ++i) {
        points[i] = static_cast<float>(normal_quantile(static_cast<double>(i) / quantile_cells));
    }
    return points;
}

constexpr float furthest = 8;
constexpr float points_per_unit = 128;

std::vector<float> probability_points() {
    const auto last = static_cast<std::size_t>(2 * furthest * points_per_unit);
    std::vector<float> points(last + 2, 1.0F);
    for (std::size_t i = 0; i <= last; ++i) {
        const double z = static_cast<double>(i) / points_per_unit - furthest;
        points[i] = static_cast<float>(normal_probability(z));
    }
    return points;
}

float normal_of(const std::vector<float>& points, std::uint32_t bits) {
    constexpr float cell = 0x1p-20F;
    static_assert(between_bits == 20);
    const std::uint32_t place = bits >> between_bits;
    if (place < curved_cells || place >= quantile_cells - curved_cells) {
        return static_cast<float>(normal_quantile((static_cast<double>(bits) + 0.5) * 0x1p-32));
    }
    const auto beyond = static_cast<float>(bits & ((1U << between_bits) - 1U)) * cell;
    return points[place] + beyond * (points[place + 1] - points[place]);
}

}  // namespace

void fill_normal(Random& random, Lanes& numbers) {
    static const std::vector<float> points = quantile_points();
    for (std::size_t i = 0; i < lanes; i += 2) {
        const std::uint64_t bits = random.bits();
        numbers[i] = normal_of(points, static_cast<std::uint32_t>(bits));
        numbers[i + 1] = normal_of(points, static_cast<std::uint32_t>(bits >> 32U));
    }
}

void replace_by_probabilities(Lanes& numbers) {
    static const std::vector<float> points = probability_points();
    for (float& number : numbers) {
        const float place = (std::clamp(number, -furthest, furthest) + furthest) * points_per_unit;
        const auto cell = static_cast<std::size_t>(place);
        number =
            points[cell] + (place - static_cast<float>(cell)) * (points[cell + 1] - points[cell]);
    }
}

}  // namespace opora::statistics
