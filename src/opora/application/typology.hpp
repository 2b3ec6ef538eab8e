#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/application/typology_settings.hpp"
#include "opora/model/clustering.hpp"
#include "opora/model/comparable_schools.hpp"
#include "opora/model/typology.hpp"

namespace opora::application {

/// Which schools are compared with each other: those of the territory that worked in the year, all
/// of the store when no territory is given.
struct TypologyRequest {
    model::SchoolYear year;
    std::optional<model::TerritoryId> territory;
    TypologyParameters parameters;
};

/// Nearest schools by context and the result against them, for one school or for all; fifty schools
/// for each of 40,000 are made one after another, when they are asked for. The evidence must
/// outlive it.
class ComparableSchools {
public:
    /// Errors: those of ContextSpace::make; `school_unknown`, `school_elsewhere` (not among the
    /// compared ones).
    static base::Result<ComparableSchools> make(
        const indicators::Evidence& evidence, const TypologyRequest& request,
        const std::optional<model::SchoolId>& school = std::nullopt);

    std::size_t count() const { return shown_.size(); }
    /// By school id.
    model::SchoolComparison comparison(std::size_t i, typology::ComparisonDetail detail) const;

private:
    ComparableSchools(const indicators::Evidence& evidence, typology::ContextSpace space,
                      typology::ComparableOptions options)
        : evidence_{&evidence}, space_{std::move(space)}, options_{options} {}

    const indicators::Evidence* evidence_;
    typology::ContextSpace space_;
    typology::ComparableOptions options_;
    std::vector<std::uint32_t> shown_;  ///< Rows of the space.
    typology::ComparableRows rows_;
    std::vector<std::optional<typology::SchoolResult>> results_;  ///< By row.
};

/// Groups of schools by context. Errors: those of ContextSpace::make and
/// typology::cluster_schools.
base::Result<model::ContextClustering> context_groups(const indicators::Evidence& evidence,
                                                      const TypologyRequest& request);

/// The grid of a year with its borders, and resilience by both definitions.
struct TypesReport {
    typology::GridBorders borders;
    std::vector<model::TypologyRow> rows;          ///< By school id.
    std::vector<model::ResilienceRow> resilience;  ///< In the same order.
    std::string model_reason;  ///< Why there are no effects, Russian; empty when there are.
};

/// Errors: those of grid_borders in the year asked for.
base::Result<TypesReport> school_types(const indicators::Evidence& evidence,
                                       const TypologyRequest& request);

/// Groups over the years and how schools moved between them. A year that tells nobody apart is left
/// out, and `notes` says why.
struct TransitionsReport {
    std::vector<model::SchoolYear> years;               ///< Ascending.
    std::vector<std::vector<model::TypologyRow>> rows;  ///< By year, then school id.
    std::vector<model::TransitionMatrix> matrices;      ///< Between neighbours in `years`.
    std::vector<std::string> notes;
};

/// Errors: `typology_one_year` (fewer than two years tell schools apart).
base::Result<TransitionsReport> type_transitions(const indicators::Evidence& evidence,
                                                 const TypologyRequest& request);

/// Spread between schools, gaps between groups of pupils, and the concentration curve of the year.
struct SpreadReport {
    std::vector<model::SpreadValue> values;
    std::vector<statistics::LorenzPoint> curve;
};
SpreadReport result_spread(const indicators::Evidence& evidence, const TypologyRequest& request);

}  // namespace opora::application
