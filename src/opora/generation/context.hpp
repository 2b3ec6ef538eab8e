#pragma once

#include <vector>

#include "opora/generation/profile.hpp"
#include "opora/model/context_facts.hpp"

namespace opora::generation {

/// Social passport and flow of grade 9 of one school and year. Counts follow the school's context;
/// about one value in thirty and one passport in fifty is missing, as in life.
std::vector<model::SchoolFact> context_facts(const TerritorySpec& spec,
                                             const SchoolProfile& profile, double size_scale,
                                             model::SchoolYear year);

}  // namespace opora::generation
