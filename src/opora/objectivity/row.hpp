#pragma once

#include <cstdint>

#include "opora/indicators/evidence.hpp"
#include "opora/model/objectivity_sign.hpp"

namespace opora::objectivity {

using indicators::EvidenceCell;
using indicators::ProcedureNumber;
using indicators::SchoolNumber;
using model::ObjectivitySign;
using model::Untested;

/// One sign in one result, as model::ObjectivityRow with numbers in place of names: a country has
/// millions of them.
struct Row {
    SchoolNumber school = 0;
    ObjectivitySign sign = ObjectivitySign::border_spike;
    Untested untested = Untested::none;
    bool approximate = false;
    bool marked = false;
    ProcedureNumber procedure = indicators::nothing;  ///< nothing: all works together.
    std::uint32_t class_name = indicators::nothing;   ///< Number in DetailTable::class_names().
    std::int32_t n = 0;
    float observed = 0;
    float expected = 0;
    float second_observed = 0;
    float second_expected = 0;
    float statistic = 0;
    /// P of a value at least as far out, were there nothing but chance; 1 where the other
    /// conditions of the sign do not hold.
    double p = 1;
    double q = 1;

    bool tested() const { return untested == Untested::none; }
};

inline Row untested(SchoolNumber school, ObjectivitySign sign, ProcedureNumber procedure,
                    Untested why, std::int32_t n = 0) {
    return {.school = school, .sign = sign, .untested = why, .procedure = procedure, .n = n};
}

}  // namespace opora::objectivity
