#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

#include "opora/base/fraction.hpp"

namespace opora::base {

/// An exact number of any size. Used where a sum of ratios meets a threshold, so that nobody joins
/// or leaves a list by a rounding error. Expensive to include: headers that only carry measured
/// values include fraction.hpp.
using Rational = boost::multiprecision::cpp_rational;

inline Rational exact(const Fraction& number) {
    return Rational{number.numerator, number.denominator};
}

/// The number with `digits` decimals, rounded half away from zero, with a point: 6.25 with one
/// digit is «6.3».
std::string to_decimal(const Rational& number, int digits);

/// Rounds half up (towards plus infinity) to a whole number, the rounding of the source documents'
/// percents.
Rational round_half_up(const Rational& number);
Rational floor(const Rational& number);
Rational ceiling(const Rational& number);

}  // namespace opora::base
