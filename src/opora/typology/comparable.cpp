#include "opora/typology/comparable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/summary.hpp"

namespace opora::typology {

namespace {

constexpr std::size_t differences_max = 3;
constexpr double z_95 = 1.959963984540054;

std::vector<model::ContextDifference> differences(const ContextSpace& space, std::uint32_t own,
                                                  std::uint32_t other) {
    std::vector<model::ContextDifference> all;
    for (std::size_t j = 0; j < space.features().size(); ++j) {
        if (!space.rows().knows(own, j) || !space.rows().knows(other, j)) continue;
        const auto& feature = space.features()[j].feature;
        const double apart = space.rows().value(other, j) - space.rows().value(own, j);
        if (apart == 0) continue;
        all.push_back({std::string{feature.code}, std::string{feature.title}, apart});
    }
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) {
        return std::fabs(a.difference) > std::fabs(b.difference);
    });
    if (all.size() > differences_max) all.resize(differences_max);
    return all;
}

}  // namespace

ComparableRows comparable_rows(const ContextSpace& space, const ComparableOptions& options) {
    const auto others = static_cast<double>(space.schools().size() - 1);
    const auto part = static_cast<std::size_t>(std::lround(options.share_max * others));
    const auto least = static_cast<std::size_t>(options.with_result_min) + 2;
    return statistics::nearest_neighbours(space.rows(), space.weights(),
                                          {.count = std::min(options.count, std::max(part, least)),
                                           .known_share_min = options.known_share_min});
}

std::optional<model::ComparedResult> compared(std::uint32_t row, const ComparableRows& comparable,
                                              std::span<const std::optional<SchoolResult>> results,
                                              const ComparableOptions& options) {
    if (!results[row]) return std::nullopt;
    std::vector<double> others;
    for (const statistics::Neighbour& neighbour : comparable[row]) {
        if (results[neighbour.row]) others.push_back(results[neighbour.row]->value);
    }
    if (others.size() < 2 || std::ssize(others) < options.with_result_min) return std::nullopt;
    const auto n = static_cast<double>(others.size());
    model::ComparedResult result{.own = results[row]->value,
                                 .standard_error = results[row]->standard_error};
    result.comparable = static_cast<std::int32_t>(others.size());
    result.comparable_mean = statistics::mean(others);
    result.comparable_deviation = statistics::standard_deviation(others);
    result.difference = result.own - result.comparable_mean;
    const double error = std::sqrt(result.standard_error * result.standard_error +
                                   result.comparable_deviation * result.comparable_deviation / n);
    result.low = result.difference - z_95 * error;
    result.high = result.difference + z_95 * error;
    const auto lower =
        std::ranges::count_if(others, [&](double value) { return value < result.own; });
    result.lower_share = static_cast<double>(lower) / n;
    return result;
}

model::SchoolComparison comparison(const indicators::Evidence& evidence, const ContextSpace& space,
                                   std::uint32_t row, const ComparableRows& comparable,
                                   std::span<const std::optional<SchoolResult>> results,
                                   const ComparableOptions& options, ComparisonDetail detail) {
    const auto school_of = [&](std::uint32_t one) -> const model::School& {
        return evidence.schools()[space.schools()[one]];
    };
    model::SchoolComparison result{.school = school_of(row).id, .name = school_of(row).name};
    for (const statistics::Neighbour& neighbour : comparable[row]) {
        if (detail == ComparisonDetail::result) break;
        const auto& other = results[neighbour.row];
        result.comparable.push_back({.school = school_of(neighbour.row).id,
                                     .name = school_of(neighbour.row).name,
                                     .distance = neighbour.distance,
                                     .known_share = double{neighbour.known_share},
                                     .result = other ? std::optional{other->value} : std::nullopt,
                                     .differences = differences(space, row, neighbour.row)});
    }
    result.result = compared(row, comparable, results, options);
    if (result.result) return result;
    if (comparable[row].empty()) {
        result.reason = fmt::format("известно {:.0f} % условий школы: сравнивать не с кем",
                                    100 * space.known_share(row));
    } else if (!results[row]) {
        result.reason = "у школы нет результатов за этот год";
    } else {
        result.reason =
            fmt::format("результаты есть меньше чем у {} похожих школ", options.with_result_min);
    }
    return result;
}

}  // namespace opora::typology
