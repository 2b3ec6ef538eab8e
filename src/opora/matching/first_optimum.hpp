#pragma once

#include <cstdint>
#include <vector>

#include "opora/matching/assignment.hpp"

namespace opora::matching {

/// Of all optimal assignments the first one: the smallest leader number for school 0, then for
/// school 1, and so on; staying alone comes after every leader.
///
/// `optimum` is any optimal assignment with its prices and values. By complementary slackness the
/// optimal assignments are those that use tight pairs only (u_i = c_ij + v_j) and fill every leader
/// with a price. Each school in turn tries its tight leaders in order: an exchange along a cycle of
/// tight pairs of schools that are not settled yet makes room, or there is none.
std::vector<std::uint32_t> first_optimum(const AssignmentProblem& problem,
                                         const Assignment& optimum);

}  // namespace opora::matching
