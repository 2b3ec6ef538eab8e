#include "opora/base/russian.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/rational.hpp"

namespace opora::base {

namespace {

constexpr std::string_view no_break_space = "\u00a0";

std::string with_comma(std::string text) {
    std::ranges::replace(text, '.', ',');
    return text;
}

}  // namespace

std::string_view plural(std::int64_t count, const PluralForms& forms) {
    const std::int64_t magnitude = count < 0 ? -count : count;
    const std::int64_t tens = magnitude % 100;
    const std::int64_t units = magnitude % 10;
    if (tens >= 11 && tens <= 14) return forms.many;
    if (units == 1) return forms.one;
    if (units >= 2 && units <= 4) return forms.few;
    return forms.many;
}

std::string grouped(std::int64_t number) {
    const std::string digits = fmt::format("{}", number < 0 ? -number : number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += no_break_space;
        text += digits[i];
    }
    return number < 0 ? "-" + text : text;
}

std::string counted(std::int64_t count, const PluralForms& forms) {
    return fmt::format("{}{}{}", grouped(count), no_break_space, plural(count, forms));
}

std::string decimal_comma(const Fraction& number, int digits) {
    return with_comma(to_decimal(exact(number), digits));
}

std::string decimal_comma(double number, int digits) {
    return with_comma(fmt::format("{:.{}f}", number, digits));
}

std::string percent(const Fraction& share, int digits) {
    const Rational hundredfold = exact(share) * 100;
    return fmt::format("{}{}%", with_comma(to_decimal(hundredfold, digits)), no_break_space);
}

}  // namespace opora::base
