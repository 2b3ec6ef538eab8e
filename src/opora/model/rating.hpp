#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"

namespace opora::model {

/// What a rating compares.
enum class RatedValue : std::uint8_t {
    result,  ///< Mean standard score of the year.
    effect,  ///< The same less what schools of such conditions have on average.
};

/// Where a result lies in the funnel plot.
enum class FunnelPosition : std::uint8_t { far_below, below, within, above, far_above };

/// A school in a rating. The value never stands without its interval, the place never without the
/// places that are as credible.
struct RatedSchool {
    SchoolId school;
    std::int64_t results = 0;
    std::int32_t procedures = 0;
    double measured = 0;  ///< As measured, in standard deviations of pupils.
    double measured_error = 0;
    double value = 0;  ///< Shrunken towards the mean by how little is known of the school.
    double low = 0;    ///< 95 % interval of the true value.
    double high = 0;
    std::int32_t place = 0;  ///< By value; equal values share the better place.
    std::int32_t place_low = 0;
    std::int32_t place_high = 0;  ///< 5 % and 95 % of the simulated places.
    double place_expected = 0;
    double funnel_z = 0;
    FunnelPosition position = FunnelPosition::within;

    friend bool operator==(const RatedSchool&, const RatedSchool&) = default;
};

/// A school that has no place, and why.
struct UnratedSchool {
    SchoolId school;
    std::string reason;  ///< Russian.

    friend bool operator==(const UnratedSchool&, const UnratedSchool&) = default;
};

/// `far_below` (beyond 99.8 %), `below` (beyond 95 %), `within` …
std::string_view code(FunnelPosition position);
std::string_view title(FunnelPosition position);
FunnelPosition funnel_position(double z);

}  // namespace opora::model
