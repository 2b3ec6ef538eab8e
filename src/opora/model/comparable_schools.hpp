#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"

namespace opora::model {

/// How far a school and one like it differ in a condition, in standard deviations over schools.
struct ContextDifference {
    std::string feature;    ///< Code.
    std::string title;      ///< Russian.
    double difference = 0;  ///< The other school minus this one.
};

/// One of the schools nearest by context.
struct ComparableSchool {
    SchoolId school;
    std::string name;
    double distance = 0;
    double known_share = 0;  ///< Weight of the conditions that both schools told.
    std::optional<double> result;
    std::vector<ContextDifference> differences;  ///< The largest first, three at most.
};

/// The result of a school against those of the schools nearest by context.
struct ComparedResult {
    double own = 0;
    double standard_error = 0;
    double comparable_mean = 0;
    double comparable_deviation = 0;  ///< Between those schools.
    std::int32_t comparable = 0;      ///< Of them, those with a result.
    double difference = 0;            ///< Own minus mean.
    double low = 0;                   ///< 95 %.
    double high = 0;
    double lower_share = 0;  ///< Of the comparable schools, those with a lower result.
};

/// A school among comparable ones.
struct SchoolComparison {
    SchoolId school;
    std::string name;
    std::vector<ComparableSchool> comparable;  ///< The nearest first.
    std::optional<ComparedResult> result;
    std::string reason;  ///< Why there is no comparison, Russian.
};

}  // namespace opora::model
