#include "opora/base/rational.hpp"

#include "opora/base/expects.hpp"

namespace opora::base {

using boost::multiprecision::cpp_int;

Rational floor(const Rational& number) {
    const cpp_int top = boost::multiprecision::numerator(number);
    const cpp_int bottom = boost::multiprecision::denominator(number);
    cpp_int whole = top / bottom;  // Truncates towards zero.
    if (top < 0 && whole * bottom != top) --whole;
    return Rational{whole};
}

Rational ceiling(const Rational& number) { return -floor(-number); }

Rational round_half_up(const Rational& number) { return floor(number + Rational{1, 2}); }

std::string to_decimal(const Rational& number, int digits) {
    OPORA_EXPECTS(digits >= 0);
    const bool negative = number < 0;
    const cpp_int scale = boost::multiprecision::pow(cpp_int{10}, static_cast<unsigned>(digits));
    const Rational magnitude = negative ? Rational{-number} : number;
    const cpp_int units =
        boost::multiprecision::numerator(round_half_up(Rational{magnitude * Rational{scale}}));

    std::string text = units.str();
    if (digits > 0) {
        const auto places = static_cast<std::size_t>(digits);
        if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
        text.insert(text.size() - places, 1, '.');
    }
    return negative && units != 0 ? "-" + text : text;
}

}  // namespace opora::base
