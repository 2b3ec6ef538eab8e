#pragma once

#include <optional>

#include "opora/model/risk_profile.hpp"

namespace opora::factors {

/// The level of a factor from what speaks for it; see profile.hpp. `factor` is filled in, `review`
/// is not.
model::FactorAssessment assess(const model::FactorCode& factor,
                               std::vector<model::SignReading> basis,
                               const model::FactorCuts& cuts);

/// Puts the decision in force beside the computed level.
void apply_review(const model::FactorReview& review, model::FactorAssessment& assessment);

/// The school's own combination of causes: numbers of the factors of middle and high significance
/// that no curator rejected; by level, then by index, then by code.
std::vector<std::size_t> ranked_causes(const std::vector<model::FactorAssessment>& factors);

}  // namespace opora::factors
