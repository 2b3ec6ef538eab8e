#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "opora/identification/result_kind.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/listing.hpp"
#include "opora/statistics/nested_fit.hpp"

namespace opora::identification {

/// Results older than this many years before the year asked for are taken as they were measured.
constexpr int years_modelled = 6;

/// The rows of one kind of results of a whole territory, and what is believed of all of them.
struct KindModel {
    statistics::NestedRows rows;
    /// Equally likely; one where there are schools enough to know it.
    std::vector<statistics::NestedPrior> priors;
    std::vector<std::uint32_t> cell;       ///< By row: number of its cell.
    std::vector<model::SchoolYear> years;  ///< By season.
    std::vector<double> centre;            ///< By item: of scores, mean over all pupils.
    std::vector<double> deviation;         ///< By item: of scores, between pupils of one school.
};

/// What the schools of an evidence have in common, estimated once for a year and shared by all
/// methodologies: a model for every kind of results, made when first needed.
///
/// A lone district (fewer than 50 schools with results) takes the mean and the spread of imported
/// reference values of its region where there are any; without them its own few schools must do,
/// and the prior is weak. The evidence must outlive it. Not for several threads until `need` has
/// been called.
class TerritoryPrior {
public:
    TerritoryPrior(const indicators::Evidence& evidence, model::SchoolYear year)
        : evidence_{evidence}, year_{year} {}

    void need(const KindSet& kinds);
    const KindModel& model(ResultKind kind) const { return *models_[place(kind)]; }
    const indicators::Evidence& evidence() const { return evidence_; }
    model::SchoolYear year() const { return year_; }
    /// Where the prior of these kinds comes from; the weakest of them.
    model::PriorSource source(const KindSet& kinds) const;

private:
    KindModel made(ResultKind kind) const;

    const indicators::Evidence& evidence_;
    model::SchoolYear year_;
    std::array<std::optional<KindModel>, result_kinds> models_;
    std::array<model::PriorSource, result_kinds> sources_{};
};

}  // namespace opora::identification
