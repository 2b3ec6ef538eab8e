#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "opora/indicators/catalogue.hpp"
#include "opora/statistics/wilson.hpp"

namespace opora::application {

/// Which indicators are asked for; what is not set is not filtered.
struct IndicatorFilter {
    model::SchoolYear year;
    std::optional<std::string> code;
    std::optional<model::SchoolId> school;
    std::optional<model::TerritoryId> territory;  ///< Its schools, at any depth.
    /// Facts that have rows beside the catalogue's: `code` is the fact itself, `code_share` its
    /// part of the whole.
    std::span<const model::FactDefinition> facts;
};

/// One value of one school. `procedure` is nullptr for indicators of a school in a year.
struct IndicatorRow {
    const model::School* school = nullptr;
    const model::Procedure* procedure = nullptr;
    std::string_view indicator;
    std::string_view title;
    model::Unit unit = model::Unit::number;
    double value = 0;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> n;
    std::optional<statistics::Interval> interval;  ///< Wilson's, for shares of pupils.
};

/// Visits every known value in the order of schools, procedures and the catalogue; what is missing
/// has no row.
///
/// Beside the catalogue: `region_mean_score` (all participants of the region pooled),
/// `score_deviation` (own mean score minus it) and `percent_rank` (share of the other schools of
/// the store with a lower mean score in the same procedure; SQL's percent_rank). Shares and means
/// are the doubles nearest to their exact ratios.
void visit_indicators(const indicators::Evidence& evidence, const IndicatorFilter& filter,
                      const std::function<void(const IndicatorRow&)>& visit);

/// Whether a code is known: of the catalogue, one of the three above, a fact or its share, or
/// imported.
bool knows_indicator(const indicators::Evidence& evidence, std::string_view code,
                     std::span<const model::FactDefinition> facts = {});

/// Whether a school lies in a territory, at any depth.
bool lies_in(const indicators::Evidence& evidence, const model::School& school,
             const model::TerritoryId& territory);

}  // namespace opora::application
