#include "opora/model/rating.hpp"

namespace opora::model {

std::string_view code(FunnelPosition position) {
    switch (position) {
        case FunnelPosition::far_below:
            return "far_below";
        case FunnelPosition::below:
            return "below";
        case FunnelPosition::within:
            return "within";
        case FunnelPosition::above:
            return "above";
        case FunnelPosition::far_above:
            return "far_above";
    }
    return "within";
}

std::string_view title(FunnelPosition position) {
    switch (position) {
        case FunnelPosition::far_below:
            return "заметно ниже обычного";
        case FunnelPosition::below:
            return "ниже обычного";
        case FunnelPosition::within:
            return "обычный разброс";
        case FunnelPosition::above:
            return "выше обычного";
        case FunnelPosition::far_above:
            return "заметно выше обычного";
    }
    return "";
}

/// Limits of 95 % and 99.8 % of the normal distribution.
FunnelPosition funnel_position(double z) {
    constexpr double warning = 1.959963984540054;
    constexpr double alarm = 3.090232306167813;
    if (z > alarm) return FunnelPosition::far_above;
    if (z > warning) return FunnelPosition::above;
    if (z < -alarm) return FunnelPosition::far_below;
    return z < -warning ? FunnelPosition::below : FunnelPosition::within;
}

}  // namespace opora::model
