#pragma once

#include <cstdint>
#include <vector>

#include "opora/generation/random.hpp"
#include "opora/generation/work.hpp"

namespace opora::generation {

/// Points per task that sum to the score: easy tasks are solved first, chance does the rest.
///
/// ОГЭ: the side conditions of the scale (DOMAIN 4.6) hold for the mark of the score: literacy
/// criteria in Russian, two points in geometry, so that no mark contradicts its points.
std::vector<std::int16_t> draw_points(const WorkForm& work, std::int32_t score, Random& random);

}  // namespace opora::generation
