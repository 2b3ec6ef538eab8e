#include "opora/base/fraction.hpp"

namespace opora::base {

std::optional<Fraction> parse_decimal(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);

    Fraction number;
    int digits = 0;
    bool fractional = false;
    for (const char symbol : text) {
        if (symbol == ',' || symbol == '.') {
            if (fractional || digits == 0) return std::nullopt;
            fractional = true;
            continue;
        }
        if (symbol < '0' || symbol > '9' || digits == 18) return std::nullopt;
        number.numerator = number.numerator * 10 + (symbol - '0');
        if (fractional) number.denominator *= 10;
        ++digits;
    }
    if (digits == 0 || (fractional && number.denominator == 1)) return std::nullopt;
    if (negative) number.numerator = -number.numerator;
    return number;
}

}  // namespace opora::base
