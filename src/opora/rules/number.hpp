#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include "opora/base/fraction.hpp"
#include "opora/base/rational.hpp"

namespace opora::rules {

/// A number of the fast evaluation: a double with a bound of its error, and the exact ratio as long
/// as it fits into 64 bits (`denominator` 0: it does not).
///
/// Invariant: the true value lies in [value - error, value + error]. Every operation adds its own
/// rounding (half a unit in the last place of the result, taken generously as 2^-52 of it) to the
/// propagated bounds, and enlarges the bound itself by the same factor. A question that neither the
/// bound nor the exact ratio decides is answered «undecided», and the evaluator asks it again with
/// base::Rational.
struct Approximate {
    double value = 0;
    double error = 0;
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    bool exact() const { return denominator > 0; }
};

namespace detail {

constexpr double half_unit = 0x1p-52;
constexpr double slack = 1 + 0x1p-40;
/// Products of bounds may underflow; nothing is claimed below this.
constexpr double tiny = 1e-290;

inline double bounded(double propagated, double result) {
    return (propagated + std::fabs(result) * half_unit) * slack + tiny;
}

inline void forget_ratio(Approximate& number) { number.denominator = 0; }

inline bool multiply_ratio(std::int64_t left, std::int64_t right, std::int64_t& product) {
    return !__builtin_mul_overflow(left, right, &product);
}

}  // namespace detail

template <class Number>
Number number_of_fraction(const base::Fraction& fraction);

template <>
inline Approximate number_of_fraction<Approximate>(const base::Fraction& fraction) {
    const double value = fraction.value();
    return {value, std::fabs(value) * 4 * detail::half_unit, fraction.numerator,
            fraction.denominator};
}
template <>
inline base::Rational number_of_fraction<base::Rational>(const base::Fraction& fraction) {
    return base::exact(fraction);
}

inline Approximate add(const Approximate& left, const Approximate& right) {
    Approximate sum{left.value + right.value, 0, 0, 0};
    sum.error = detail::bounded(left.error + right.error, sum.value);
    if (!left.exact() || !right.exact()) return sum;
    if (left.denominator == right.denominator) {
        sum.denominator = left.denominator;
        if (__builtin_add_overflow(left.numerator, right.numerator, &sum.numerator)) {
            detail::forget_ratio(sum);
        }
        return sum;
    }
    std::int64_t first = 0;
    std::int64_t second = 0;
    const bool fits =
        detail::multiply_ratio(left.numerator, right.denominator, first) &&
        detail::multiply_ratio(right.numerator, left.denominator, second) &&
        detail::multiply_ratio(left.denominator, right.denominator, sum.denominator) &&
        !__builtin_add_overflow(first, second, &sum.numerator);
    if (!fits) detail::forget_ratio(sum);
    return sum;
}
inline base::Rational add(const base::Rational& left, const base::Rational& right) {
    return left + right;
}

inline Approximate negate(const Approximate& number) {
    Approximate opposite{-number.value, number.error, 0, number.denominator};
    if (__builtin_sub_overflow(std::int64_t{0}, number.numerator, &opposite.numerator)) {
        detail::forget_ratio(opposite);
    }
    return opposite;
}
inline base::Rational negate(const base::Rational& number) { return -number; }

template <class Number>
Number subtract(const Number& left, const Number& right) {
    return add(left, negate(right));
}

inline Approximate multiply(const Approximate& left, const Approximate& right) {
    Approximate product{left.value * right.value, 0, 0, 0};
    product.error =
        detail::bounded(std::fabs(left.value) * right.error + std::fabs(right.value) * left.error +
                            left.error * right.error,
                        product.value);
    const bool fits =
        left.exact() && right.exact() &&
        detail::multiply_ratio(left.numerator, right.numerator, product.numerator) &&
        detail::multiply_ratio(left.denominator, right.denominator, product.denominator);
    if (!fits) detail::forget_ratio(product);
    return product;
}
inline base::Rational multiply(const base::Rational& left, const base::Rational& right) {
    return left * right;
}

/// -1, 0 or 1; std::nullopt where the bound does not decide.
inline std::optional<int> sign(const Approximate& number) {
    if (number.exact()) return number.numerator > 0 ? 1 : number.numerator < 0 ? -1 : 0;
    if (number.value > number.error) return 1;
    if (number.value < -number.error) return -1;
    return std::nullopt;
}
inline std::optional<int> sign(const base::Rational& number) { return number.sign(); }

/// left / right; the divisor's sign is known and not zero.
inline Approximate divide(const Approximate& left, const Approximate& right) {
    Approximate ratio{left.value / right.value, 0, 0, 0};
    const double smallest = std::fabs(right.value) - right.error;
    const double propagated = smallest > 0
                                  ? (left.error + std::fabs(ratio.value) * right.error) / smallest
                                  : std::numeric_limits<double>::infinity();
    ratio.error = detail::bounded(propagated, ratio.value);
    const bool fits = left.exact() && right.exact() && right.numerator != 0 &&
                      detail::multiply_ratio(left.numerator, right.denominator, ratio.numerator) &&
                      detail::multiply_ratio(left.denominator, right.numerator, ratio.denominator);
    if (!fits) {
        detail::forget_ratio(ratio);
    } else if (ratio.denominator < 0) {
        const bool kept =
            !__builtin_sub_overflow(std::int64_t{0}, ratio.numerator, &ratio.numerator) &&
            !__builtin_sub_overflow(std::int64_t{0}, ratio.denominator, &ratio.denominator);
        if (!kept) detail::forget_ratio(ratio);
    }
    return ratio;
}
inline base::Rational divide(const base::Rational& left, const base::Rational& right) {
    return left / right;
}

/// How two numbers stand to each other: -1, 0, 1; std::nullopt where neither bound nor ratio
/// decides.
inline std::optional<int> compare(const Approximate& left, const Approximate& right) {
    const double difference = left.value - right.value;
    const double bound = detail::bounded(left.error + right.error, difference);
    if (difference > bound) return 1;
    if (difference < -bound) return -1;
    if (!left.exact() || !right.exact()) return std::nullopt;
    __extension__ using Wide = __int128;
    const Wide first = static_cast<Wide>(left.numerator) * right.denominator;
    const Wide second = static_cast<Wide>(right.numerator) * left.denominator;
    return first < second ? -1 : first > second ? 1 : 0;
}
inline std::optional<int> compare(const base::Rational& left, const base::Rational& right) {
    return left.compare(right) < 0 ? -1 : left.compare(right) > 0 ? 1 : 0;
}

/// The largest whole number that is not above; std::nullopt where the bound does not decide.
inline std::optional<Approximate> whole_below(const Approximate& number) {
    double whole = std::floor(number.value);
    if (number.exact()) {
        std::int64_t quotient = number.numerator / number.denominator;
        if (number.numerator % number.denominator < 0) --quotient;
        whole = static_cast<double>(quotient);
        return Approximate{whole, std::fabs(whole) * detail::half_unit, quotient, 1};
    }
    if (!(std::fabs(number.value) < 1e15) ||
        std::floor(number.value - number.error) != std::floor(number.value + number.error)) {
        return std::nullopt;
    }
    return Approximate{whole, 0, static_cast<std::int64_t>(whole), 1};
}
inline std::optional<base::Rational> whole_below(const base::Rational& number) {
    return base::floor(number);
}

inline double to_double(const Approximate& number) { return number.value; }
inline double to_double(const base::Rational& number) { return number.convert_to<double>(); }

}  // namespace opora::rules
