#include "opora/typology/grid.hpp"

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::typology {

namespace {

using model::SchoolGroup;

constexpr std::int32_t schools_min = 4;

base::Unexpected<base::Error> refused(const char* code, const char* message) {
    return base::Unexpected{base::Error{.code = code, .message = message}};
}

bool within(double share) { return share > 0 && share < 1; }

std::size_t place(SchoolGroup group) { return static_cast<std::size_t>(group); }

}  // namespace

base::Result<GridBorders> grid_borders(std::span<const GridSchool> schools,
                                       const GridOptions& options) {
    const bool sensible = within(options.adverse_share) && within(options.low_share) &&
                          within(options.high_share) && options.low_share + options.high_share <= 1;
    if (!sensible) {
        return refused("typology_borders",
                       "доли для границ типологии должны лежать между 0 и 1, а доли низких и "
                       "высоких результатов вместе — не превышать 1");
    }
    std::vector<double> indices;
    std::vector<double> results;
    double noise = 0;
    for (const GridSchool& school : schools) {
        if (!school.index || !school.result) continue;
        indices.push_back(*school.index);
        results.push_back(school.result->value);
        noise += school.result->standard_error * school.result->standard_error;
    }
    if (std::ssize(results) < schools_min) {
        return refused("typology_few_schools",
                       "типология не строится: и условия, и результаты известны меньше чем у "
                       "четырёх школ");
    }
    const auto same = [](const std::vector<double>& values) {
        const auto [low, high] = std::ranges::minmax(values);
        return low == high;
    };
    if (same(indices)) {
        return refused("typology_same_context",
                       "типология не строится: индекс условий у всех школ одинаков");
    }
    if (same(results)) {
        return refused("typology_same_results",
                       "типология не строится: результаты у всех школ одинаковы");
    }
    GridBorders borders{.index = statistics::quantile(indices, options.adverse_share),
                        .low = statistics::quantile(results, options.low_share),
                        .high = statistics::quantile(results, 1 - options.high_share),
                        .mean = statistics::mean(results),
                        .schools = static_cast<std::int32_t>(results.size())};
    const double deviation = statistics::standard_deviation(results);
    noise /= static_cast<double>(results.size());
    borders.true_deviation = std::sqrt(std::max(0.0, deviation * deviation - noise));
    return borders;
}

std::array<double, 3> result_probabilities(const SchoolResult& result, const GridBorders& borders) {
    const double truth = borders.true_deviation * borders.true_deviation;
    const double error = result.standard_error * result.standard_error;
    const double kept = truth + error > 0 ? truth / (truth + error) : 0;
    const double mean = borders.mean + kept * (result.value - borders.mean);
    const double deviation = std::sqrt(kept * error);
    const auto below = [&](double border) {
        if (deviation > 0) return statistics::normal_probability((border - mean) / deviation);
        return mean < border ? 1.0 : 0.0;
    };
    const double low = below(borders.low);
    const double up_to_high = std::max(low, below(borders.high));
    return {low, up_to_high - low, 1 - up_to_high};
}

model::TypologyRow grid_type(const GridSchool& school, const GridBorders& borders) {
    model::TypologyRow row{.index = school.index};
    if (school.index) row.adverse = *school.index <= borders.index;
    if (school.result) {
        row.result = school.result->value;
        row.standard_error = school.result->standard_error;
    }
    if (!school.index || !school.result) {
        row.reason = school.index    ? "нет результатов за этот год"
                     : school.result ? "нет индекса условий"
                                     : "нет ни индекса условий, ни результатов за этот год";
        return row;
    }
    const bool adverse = *row.adverse;
    const auto low = adverse ? SchoolGroup::struggling : SchoolGroup::ineffective;
    const auto high = adverse ? SchoolGroup::resilient : SchoolGroup::leading;
    row.group = *row.result < borders.low    ? low
                : *row.result > borders.high ? high
                                             : SchoolGroup::ordinary;
    const auto [is_low, is_ordinary, is_high] = result_probabilities(*school.result, borders);
    row.probabilities[place(low)] = is_low;
    row.probabilities[place(SchoolGroup::ordinary)] = is_ordinary;
    row.probabilities[place(high)] = is_high;
    return row;
}

}  // namespace opora::typology
