#pragma once

#include <span>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/typology.hpp"

namespace opora::typology {

/// Gaps between groups of pupils within schools, which protocols do not know: low education of
/// parents, difficult life situation, special needs, behaviour, another language at home.
///
/// Their values come as imported indicators in pairs, «X@group» and «X@not_group», with the number
/// of pupils n of each. The gap of a year is the mean over pupils of the group minus that of the
/// others, over the schools that gave both; its interval and that of its change are the jackknife's
/// over schools. A pair with fewer than `pupils_min` pupils on either side has no value: small
/// groups are protected. Values without n are left out.
std::vector<model::SpreadValue> imported_gaps(const indicators::Evidence& evidence,
                                              std::span<const model::SchoolYear> years,
                                              std::span<const std::uint8_t> included,
                                              std::int64_t pupils_min);

}  // namespace opora::typology
