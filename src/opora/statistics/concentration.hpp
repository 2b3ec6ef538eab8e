#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// A unit with so many members, of whom so many are counted (pupils, failing pupils).
struct UnitCount {
    double members = 0;
    double counted = 0;
};

/// A point of the concentration curve: the share of members in the units with the highest rates,
/// and the share of all counted ones that these units hold.
struct LorenzPoint {
    double members_share = 0;
    double counted_share = 0;
};

struct Concentration {
    /// 0: every unit has the same rate; towards 1: all counted ones in few units.
    double gini = 0;
    /// Share of the counted ones in the units with the highest rates that hold a quarter of the
    /// members.
    double in_worst_quarter = 0;
    /// The smallest share of the members whose units hold half of the counted ones.
    double members_holding_half = 0;
    std::vector<LorenzPoint> curve;  ///< From (0, 0) to (1, 1), units of equal rates together.
};

/// The curve of Lorenz (1905) with units ordered by rate, the highest first, and members as the
/// weight; gini = twice the area between the curve and the diagonal; both shares by linear
/// interpolation along it. None where nobody is counted or there is no member.
std::optional<Concentration> concentration(std::span<const UnitCount> units);

}  // namespace opora::statistics
