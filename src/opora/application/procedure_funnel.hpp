#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/indicators/catalogue.hpp"
#include "opora/model/rating.hpp"
#include "opora/statistics/wilson.hpp"

namespace opora::application {

/// A share of pupils of every school in one procedure, against the number of pupils.
struct FunnelRequest {
    indicators::ProcedureNumber procedure = 0;
    std::string_view indicator = "low_share";
    std::optional<model::TerritoryId> territory;  ///< Schools that are compared; all without it.
    /// Limits of what schools usually differ by, beyond chance alone (additive overdispersion).
    bool usual_spread = false;
};

/// x of n pupils of a school.
struct FunnelSchool {
    indicators::SchoolNumber school = 0;
    std::int64_t x = 0;
    std::int64_t n = 0;
    double share = 0;
    statistics::Interval interval{};  ///< Wilson, 95 %.
    double z = 0;  ///< Distance from the target in deviations; 0 where there are no limits.
    model::FunnelPosition position = model::FunnelPosition::within;
};

/// Limits for a school of n pupils, cut to 0..1.
struct FunnelLine {
    std::int64_t n = 0;
    double low_998 = 0, low_95 = 0, high_95 = 0, high_998 = 0;
};

struct FunnelReport {
    std::vector<FunnelSchool> schools;  ///< By number.
    double target = 0;                  ///< All pupils of the compared schools together.
    std::int64_t pupils = 0;
    std::vector<FunnelLine> limits;  ///< By n, ascending; empty where there is a reason.
    std::string reason;              ///< Why there are no limits, Russian.
};

/// Limits target ± z sqrt(target (1 - target) / n): the normal approximation of the binomial at
/// 95 % and 99.8 % (Spiegelhalter 2005), wider by the usual spread if asked for. The target is the
/// pooled share. Fewer than three schools, or a share of 0 or 1 among all pupils, give no limits.
/// `indicator` must be a share of pupils of the catalogue.
FunnelReport procedure_funnel(const indicators::Evidence& evidence, const FunnelRequest& request);

}  // namespace opora::application
