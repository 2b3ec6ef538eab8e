#pragma once

#include <vector>

#include "opora/factors/sign_values.hpp"
#include "opora/model/risk_profile.hpp"

namespace opora::factors {

/// How much the number of each school speaks for a factor, by number of the school.
///
/// With cut-offs of its own a sign is high from `high_from`, middle from `middle_from` on, compared
/// exactly. Without them the schools are compared: r schools of m have a value at least as bad as
/// the school (itself included), and the level is high if r/m <= territory_high, middle if r/m <=
/// territory_middle. A share of people is high only if its 95 % Wilson interval lies wholly on the
/// worse side of the share of all compared schools together; otherwise it is middle. No level, and
/// the reason, for a missing value, for fewer than schools_min schools with a value, and where all
/// have the same one.
///
/// `range` holds the levels of the two ends of the interval, other schools staying as they are.
std::vector<model::SignReading> read_sign(const model::FactorSign& sign, const SignValues& values,
                                          const model::FactorCuts& cuts);

/// left < right, exactly; denominators are positive.
bool less(const base::Fraction& left, const base::Fraction& right);

}  // namespace opora::factors
