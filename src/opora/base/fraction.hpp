#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace opora::base {

/// A ratio as it was measured: x of n, 47,3 as 473/10. Not reduced; the denominator is positive.
struct Fraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    constexpr double value() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }

    friend constexpr bool operator==(const Fraction&, const Fraction&) = default;
};

/// Reads «-12», «47,3» or «47.3» exactly; nothing else (no exponent, no spaces, no thousands
/// separator). Up to 18 digits; std::nullopt for anything longer or different.
std::optional<Fraction> parse_decimal(std::string_view text);

}  // namespace opora::base
