#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/context/contextual_model.hpp"
#include "opora/context/social_index.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/school_context.hpp"

namespace opora::application {

struct ContextualOptions {
    model::SchoolYear year;
    std::optional<model::TerritoryId> territory;  ///< Reference schools; all when not given.
    model::IndexMethod method = model::IndexMethod::equal;
    model::IndexReading reading = model::IndexReading::four_shares;
    /// Expert weights by component code; components that are not named keep the equal ones.
    std::vector<std::pair<std::string, double>> weights;
    model::ResultGrouping grouping = model::ResultGrouping::cohort;
    /// Results of the year and the two before it, weighing 3:2:1; else those of the year alone.
    bool three_years = false;
};

/// One of the indices that could have been chosen.
struct IndexVariant {
    model::IndexMethod method = model::IndexMethod::equal;
    model::IndexReading reading = model::IndexReading::four_shares;
    model::SchoolYear year;

    friend bool operator==(const IndexVariant&, const IndexVariant&) = default;
};

/// How two of them agree: Spearman's correlation over the schools that have both.
struct IndexAgreement {
    IndexVariant one;
    IndexVariant other;
    context::Agreement agreement;
};

/// The index and the contextual model of the schools of a territory in a year.
struct ContextualReport {
    ContextualOptions options;
    std::vector<indicators::SchoolNumber> numbers;  ///< Schools that worked in the year, by id.
    std::vector<model::SchoolContext> schools;      ///< In the same order.
    /// By school: the year of the passport that its index rests on; none without a passport.
    std::vector<std::optional<model::SchoolYear>> passport_years;
    std::array<context::SocialIndex, 4> indices;  ///< By method.
    std::vector<IndexAgreement> agreements;
    std::string conditions;  ///< Which conditions the model takes, and why.
    context::ContextualModel model;

    const context::SocialIndex& index() const {
        return indices[static_cast<std::size_t>(options.method)];
    }
};

/// Every school of the territory that worked in the year appears, with its values or the reason why
/// there is none. Results are those of the main period, without yearly marks, the school's own
/// assessment (ВСОКО) and ГВЭ. The evidence must hold schools, not teachers.
ContextualReport contextual_report(const indicators::Evidence& evidence,
                                   const ContextualOptions& options);

/// Reads a table of expert weights: lines `component,weight` of csv, with or without a heading. The
/// errors name the line: `weight_component_unknown`, `weight_wrong` (not a number above 0).
base::Result<std::vector<std::pair<std::string, double>>> read_index_weights(
    std::string_view text, const std::string& file);

}  // namespace opora::application
