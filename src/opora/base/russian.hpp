#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "opora/base/fraction.hpp"

namespace opora::base {

/// The three forms of a Russian noun after a number: {"ученик", "ученика", "учеников"}.
struct PluralForms {
    std::string_view one;
    std::string_view few;
    std::string_view many;
};

/// The form that agrees with `count`: 1 ученик, 2 ученика, 5 учеников, 11 учеников, 21 ученик.
std::string_view plural(std::int64_t count, const PluralForms& forms);

/// «21 ученик», «1 234 ученика» (thin groups separated by a no-break space).
std::string counted(std::int64_t count, const PluralForms& forms);

/// «1 234»: groups of three separated by a no-break space.
std::string grouped(std::int64_t number);

/// «47,3» with `digits` decimals and the Russian comma, rounded half away from zero.
std::string decimal_comma(const Fraction& number, int digits);
std::string decimal_comma(double number, int digits);

/// «32,0 %» of a share x/n (a share of 1 is 100 %); a no-break space before the sign.
std::string percent(const Fraction& share, int digits = 1);

}  // namespace opora::base
