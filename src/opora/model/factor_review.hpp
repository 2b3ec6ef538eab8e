#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/risk_factor.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// What a curator found when he looked at the computed level of a factor.
enum class ReviewDecision : std::uint8_t {
    confirmed,  ///< The computed level holds.
    rejected,   ///< The factor does not matter in this school.
    changed,    ///< Another level holds.
    withdrawn,  ///< The decision before this one is taken back: the computed level holds again.
};

/// One line of the register of checks. Nothing is overwritten: the latest one of a school, year and
/// factor is in force.
struct FactorReview {
    std::int64_t number = 0;  ///< Given by the register, in the order of the decisions.
    SchoolId school;
    SchoolYear year;
    FactorCode factor;
    ReviewDecision decision = ReviewDecision::confirmed;
    std::optional<FactorLevel> level;     ///< In force after it; none when rejected or withdrawn.
    std::optional<FactorLevel> computed;  ///< What the data said at that time.
    std::string note;
    std::string curator;  ///< «local:ivanova».
    std::string time;     ///< ISO 8601, UTC; given by the register.

    friend bool operator==(const FactorReview&, const FactorReview&) = default;
};

std::string_view code(ReviewDecision decision);
std::optional<ReviewDecision> review_decision(std::string_view code);
std::string_view title(ReviewDecision decision);  ///< «подтверждён» …

}  // namespace opora::model
