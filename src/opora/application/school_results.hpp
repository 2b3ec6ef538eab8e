#pragma once

#include <optional>
#include <vector>

#include "opora/indicators/standard_scores.hpp"

namespace opora::application {

/// Results of a year on one scale by school number; absent for schools without any, and for all
/// when nothing can be compared (no procedure in which results differ).
std::vector<std::optional<indicators::StandardResult>> school_results(
    const indicators::Evidence& evidence, model::SchoolYear year);

}  // namespace opora::application
