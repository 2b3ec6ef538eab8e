#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/model/rating.hpp"
#include "opora/model/user.hpp"
#include "opora/statistics/funnel.hpp"

namespace opora::application {

struct RatingOptions {
    model::SchoolYear year;
    std::optional<model::TerritoryId>
        territory;  ///< Schools that are compared; all when not given.
    model::RatedValue value = model::RatedValue::result;
    /// Values as measured instead of shrunken ones.
    bool as_measured = false;
    statistics::Overdispersion overdispersion = statistics::Overdispersion::additive;
    std::int32_t draws = 1000;
    std::uint64_t seed = 1;
};

/// Limits of the funnel at one precision, for a plot.
struct FunnelLimits {
    double precision = 0;  ///< 1 / standard error²
    double standard_error = 0;
    double low_998 = 0, low_95 = 0, target = 0, high_95 = 0, high_998 = 0;
};

/// A rating with all that its plots need.
struct RatingReport {
    RatingOptions options;
    std::vector<model::RatedSchool> schools;  ///< By place, then id.
    std::vector<model::UnratedSchool> unrated;
    double mean = 0;     ///< Of the schools, and the target of the funnel.
    double between = 0;  ///< Variance of true values between schools.
    statistics::Funnel funnel;
    std::vector<FunnelLimits> limits;  ///< From the least to the greatest precision.
    std::string reason;                ///< Why nothing can be compared; empty when it can.
    std::string snapshot;
};

/// Schools of a territory in a year by one value, each with its uncertainty.
///
/// Measured values y_j with errors s_j; true values are N(mean, between) (DerSimonian, Laird), so
/// that given y_j they are N(l_j y_j + (1 - l_j) mean, l_j s_j²), l_j = between / (between + s_j²):
/// value, interval and simulated places come from it. `as_measured`: N(y_j, s_j²).
RatingReport rate_schools(const LoadedEvidence& loaded, const RatingOptions& options);

/// Ratings are off until somebody switches them on for the data folder: Rosobrnadzor warns against
/// rating schools by ВПР (DOMAIN 3.4). The switch is a setting of the register with its audit row.
bool rating_enabled(ports::RegisterStore& store);
void switch_rating(ports::RegisterStore& store, bool on, const std::string& actor);
/// The same by a person, who says why: the reason stands in a row of the journal of its own.
/// Errors: `forbidden` unless he keeps the settings, `field_missing` without a reason.
base::Result<base::Done> switch_rating(ports::RegisterStore& store, const model::User& user,
                                       bool on, const std::string& reason);
/// Error `rating_off` with what to do, unless ratings are switched on.
base::Result<base::Done> expect_rating_enabled(ports::RegisterStore& store);

}  // namespace opora::application
