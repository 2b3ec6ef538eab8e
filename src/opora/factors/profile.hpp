#pragma once

#include <span>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/risk_profile.hpp"

namespace opora::factors {

/// All that a risk profile is made of, for one year.
struct ProfileInput {
    const indicators::Evidence* evidence = nullptr;  ///< Of schools. Never null.
    const model::FactorCatalogue* catalogue = nullptr;
    model::SchoolYear year;
    bool with_basis = true;  ///< Whether the readings behind the levels are kept.
    std::span<const model::AnswerTally> answers;   ///< Of the year.
    std::span<const model::FactorReview> reviews;  ///< Of the year, in their order.
};

/// The profiles of all schools, in the order of the evidence.
///
/// A sign or question of level low, middle or high has 0, 1 or 2 points. The index of the numbers
/// is F = sum of weight * points / (2 * sum of weight) over the known signs, that of the answers A
/// the same; each needs known signs of coverage_min of its weight. The index of the factor is
/// (facts_weight F + answers_weight A) / (facts_weight + answers_weight), or the one that is known.
/// From level_high on the significance is high, from level_middle on middle; all exactly. A factor
/// without a known index has no level, and the reason.
///
/// `range` are the levels that all signs at the better and at the worse ends of their intervals
/// would give. F and A (and the indices of groups of respondents) that differ by `disagreement` or
/// more are noted. The latest decision of a curator outranks the computed level unless it was
/// withdrawn.
std::vector<model::RiskProfile> risk_profiles(const ProfileInput& input);

}  // namespace opora::factors
