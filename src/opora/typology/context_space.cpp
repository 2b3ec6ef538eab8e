#include "opora/typology/context_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "opora/statistics/correlation.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::typology {

namespace {

using indicators::ContextFeature;
using indicators::ContextSign;

constexpr std::array<ContextFeature, 2> register_features{{
    {"advanced_programme", "Гимназия или лицей", ContextSign::neutral},
    {"special_school", "Вечерняя, коррекционная школа или интернат", ContextSign::neutral},
}};

bool advanced(model::SchoolType type) {
    return type == model::SchoolType::gymnasium || type == model::SchoolType::lyceum;
}

bool special(model::SchoolType type) {
    return type == model::SchoolType::evening || type == model::SchoolType::correctional ||
           type == model::SchoolType::boarding;
}

/// One condition over the schools that told it.
struct Column {
    std::vector<std::uint32_t> rows;
    std::vector<double> values;
};

Column column_of(const ContextColumns& columns, std::size_t feature) {
    Column column;
    for (std::uint32_t row = 0; row < columns.schools.size(); ++row) {
        const auto& value = columns.values[row * columns.features.size() + feature];
        if (!value) continue;
        column.rows.push_back(row);
        column.values.push_back(*value);
    }
    return column;
}

bool repeats(const Column& a, const Column& b) {
    std::vector<double> x;
    std::vector<double> y;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
        while (j < b.rows.size() && b.rows[j] < a.rows[i]) ++j;
        if (j == b.rows.size()) break;
        if (b.rows[j] != a.rows[i]) continue;
        x.push_back(a.values[i]);
        y.push_back(b.values[j]);
    }
    if (x.size() < 3) return false;
    const auto correlation = statistics::pearson(x, y);
    return correlation && std::fabs(*correlation) > 1 - 1e-9;
}

/// Spread that is not rounding of equal values.
bool varies(const Column& column, double deviation) {
    const auto [low, high] = std::ranges::minmax(column.values);
    return high > low && deviation > 1e-12 * std::max(std::fabs(low), std::fabs(high));
}

/// Every value in standard deviations from the mean of its condition.
statistics::PartialRows standard_rows(std::span<const Column> columns,
                                      std::span<const SpaceFeature> features, std::size_t rows) {
    statistics::PartialRows result{.columns = features.size(), .values = {}, .known = {}};
    result.known.assign(rows, 0);
    result.values.assign(rows * features.size(), 0);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        for (std::size_t i = 0; i < columns[j].rows.size(); ++i) {
            const std::uint32_t row = columns[j].rows[i];
            result.known[row] |= 1u << j;
            result.values[row * features.size() + j] =
                (columns[j].values[i] - features[j].mean) / features[j].deviation;
        }
    }
    return result;
}

base::Unexpected<base::Error> refused(const char* code, const char* message) {
    return base::Unexpected{base::Error{.code = code, .message = message}};
}

}  // namespace

ContextColumns context_columns(const indicators::Evidence& evidence, model::SchoolYear year) {
    const indicators::ContextTable table{evidence, year};
    const auto own = indicators::ContextTable::features();
    ContextColumns columns;
    columns.features.assign(own.begin(), own.end());
    columns.features.insert(columns.features.end(), register_features.begin(),
                            register_features.end());
    for (indicators::SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        const model::School& school = evidence.schools()[i];
        const bool open = (!school.opened || *school.opened <= year) &&
                          (!school.closed || *school.closed >= year);
        if (!open) continue;
        columns.schools.push_back(i);
        for (std::size_t j = 0; j < own.size(); ++j) columns.values.push_back(table.value(i, j));
        columns.values.emplace_back(advanced(school.type) ? 1.0 : 0.0);
        columns.values.emplace_back(special(school.type) ? 1.0 : 0.0);
    }
    return columns;
}

base::Result<ContextSpace> ContextSpace::make(const ContextColumns& columns,
                                              const SpaceOptions& options) {
    if (columns.schools.empty()) {
        return refused("context_no_schools", "нет ни одной школы, работавшей в этом году");
    }
    if (columns.schools.size() == 1) {
        return refused("context_one_school", "школа одна: сравнивать не с кем");
    }
    ContextSpace space;
    space.schools_ = columns.schools;
    const auto everyone = static_cast<double>(columns.schools.size());
    std::vector<Column> used;
    bool any_passport = false;
    for (std::size_t j = 0; j < columns.features.size(); ++j) {
        const ContextFeature& feature = columns.features[j];
        Column column = column_of(columns, j);
        const double share = static_cast<double>(column.values.size()) / everyone;
        const auto leave_out = [&](std::string reason) {
            space.unused_.push_back({feature, std::move(reason)});
        };
        if (column.values.size() < 2 || share < options.known_share_min) {
            leave_out(fmt::format("известно у {} из {} школ", column.values.size(),
                                  columns.schools.size()));
            continue;
        }
        const double deviation = statistics::standard_deviation(column.values);
        if (!varies(column, deviation)) {
            leave_out("одинаково у всех школ");
            continue;
        }
        const auto twin =
            std::ranges::find_if(used, [&](const Column& other) { return repeats(other, column); });
        if (twin != used.end()) {
            const auto number = static_cast<std::size_t>(twin - used.begin());
            leave_out(fmt::format("полностью повторяет признак «{}»",
                                  space.features_[number].feature.title));
            continue;
        }
        any_passport = any_passport || feature.sign != ContextSign::neutral;
        space.features_.push_back({feature, statistics::mean(column.values), deviation, share});
        used.push_back(std::move(column));
    }
    if (!any_passport) {
        return refused("context_no_passports",
                       "условия школ неизвестны: нет социальных паспортов (за год и два года до "
                       "него) хотя бы у половины школ или все их доли одинаковы");
    }
    if (space.features_.size() < 2) {
        return refused("context_one_feature",
                       "известно только одно условие, различающее школы; для сравнения нужно хотя "
                       "бы два");
    }
    space.rows_ = standard_rows(used, space.features_, space.schools_.size());
    return space;
}

std::optional<std::uint32_t> ContextSpace::row(indicators::SchoolNumber school) const {
    const auto place = std::ranges::lower_bound(schools_, school);
    if (place == schools_.end() || *place != school) return std::nullopt;
    return static_cast<std::uint32_t>(place - schools_.begin());
}

double ContextSpace::known_share(std::uint32_t row) const {
    return static_cast<double>(std::popcount(rows_.known[row])) /
           static_cast<double>(features_.size());
}

bool ContextSpace::complete(std::uint32_t row) const {
    return static_cast<std::size_t>(std::popcount(rows_.known[row])) == features_.size();
}

}  // namespace opora::typology
