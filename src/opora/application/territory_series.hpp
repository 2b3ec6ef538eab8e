#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/indicators/catalogue.hpp"
#include "opora/model/context_facts.hpp"

namespace opora::application {

/// What a series is about.
enum class SeriesOf : std::uint8_t {
    results,  ///< All results of a kind of procedure together: ВПР, ОГЭ, annual marks …
    works,    ///< One procedure across years, beside the region and the country.
    facts,    ///< Facts of schools (passports, flows, staff, resources): sums and their shares.
};

struct SeriesRequest {
    SeriesOf of = SeriesOf::results;
    std::optional<model::TerritoryId> territory;  ///< All schools of the store when not set.
    std::optional<model::SchoolYear> first;
    std::optional<model::SchoolYear> last;
    std::vector<std::string> codes;  ///< Empty: all.
    std::optional<model::ProcedureType> type;
    /// For facts: their titles and the wholes of which they are parts.
    std::span<const model::FactDefinition> facts;
};

struct SeriesPoint {
    model::SchoolYear year;
    model::Measurement value;       ///< Pooled over the schools; `n` as in the catalogue.
    std::int64_t schools = 0;       ///< Schools that entered the value.
    std::optional<double> region;   ///< Only for works: imported reference, else pooled.
    std::optional<double> country;  ///< The same of the country.
};

/// One indicator of a territory over consecutive years; a year without a value carries its reason.
struct Series {
    std::optional<model::ProcedureType> type;
    std::optional<model::Procedure> work;  ///< For works; the latest year of the procedure.
    std::string indicator;
    std::string title;
    model::Unit unit = model::Unit::number;
    indicators::Direction direction = indicators::Direction::neutral;
    std::vector<SeriesPoint> points;
};

/// The series of a territory, each with at least one value, from its first year with a value to its
/// last.
///
/// A share is the sum of the counts of all schools over the sum of their participants (pooled), not
/// a mean of the schools' shares, so that a large school weighs as many pupils as it has. Results
/// of the main period only. Different works are pooled in marks and minima only: primary scores of
/// different works have no common unit, so means of scores exist for `works` alone. A share of two
/// facts takes the schools that gave both.
std::vector<Series> territory_series(const indicators::Evidence& evidence,
                                     const SeriesRequest& request);

}  // namespace opora::application
