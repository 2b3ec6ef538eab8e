#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/model/growth.hpp"

namespace opora::application {

/// Every number is a visible parameter: no source gives one.
struct GrowthOptions {
    model::SchoolYear year;  ///< The last of the window.
    std::optional<model::TerritoryId> territory;
    int window = 3;                 ///< Years.
    double change_min = 0.15;       ///< First year to last, in standard deviations of pupils.
    double level = 0.05;            ///< Share of chance findings among the growing schools.
    int high_years_min = 3;         ///< Of the window, with the interval above the mean.
    std::int64_t results_min = 20;  ///< Of a teacher, in a kind of assessment.
};

struct GrowthReport {
    GrowthOptions options;
    std::vector<model::SchoolGrowth> schools;  ///< By id.
    /// Standard deviation of chance years; none when no school has three years.
    std::optional<double> year_deviation;
    std::string snapshot;
};

/// Growth of the schools' results relative to all of the store (docs/statistics/growth.md): growing
/// are those with q <= level and a change of at least `change_min`; stably high are those whose
/// interval lies above the mean in at least `high_years_min` years of the window.
GrowthReport find_growth(const LoadedEvidence& loaded, const GrowthOptions& options);

/// Teachers with results in the window, by (school, teacher): strong in a kind of assessment are
/// those with at least `results_min` results and q <= level. Classes are compared as they are:
/// nothing is known of the pupils' conditions.
std::vector<model::TeacherStrength> find_strong_teachers(const indicators::Evidence& teachers,
                                                         const indicators::Evidence& schools,
                                                         const GrowthOptions& options);
/// The same of the teachers in a store.
std::vector<model::TeacherStrength> find_strong_teachers(ports::Store& store,
                                                         const LoadedEvidence& loaded,
                                                         const GrowthOptions& options);

}  // namespace opora::application
