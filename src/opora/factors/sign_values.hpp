#pragma once

#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/risk_factor.hpp"

namespace opora::factors {

/// The numbers of all schools for one sign in one year.
struct SignValues {
    std::vector<model::Measurement> values;  ///< By number of the school.
    model::Unit unit = model::Unit::number;
};

/// Facts over facts, indicators of a year, imported values, or participants pooled over the main
/// period of the named procedures (a pupil counts once in every work). A ratio without its lower
/// half is missing, never zero.
SignValues values_of(const indicators::Evidence& evidence, const model::FactorSign& sign,
                     model::SchoolYear year);

}  // namespace opora::factors
