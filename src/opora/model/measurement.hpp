#pragma once

#include <cstdint>
#include <string_view>

#include "opora/base/fraction.hpp"

namespace opora::model {

/// What a number counts; the rule language refuses to compare different units.
enum class Unit : std::uint8_t {
    share,   ///< 0..1, shown in percent: «30 %».
    points,  ///< Difference of shares, shown in percentage points: «20 п. п.».
    score,   ///< Points of a work or an index.
    mark,    ///< 2..5 and their means.
    count,   ///< Pupils, procedures, schools.
    years,
    number,  ///< No unit.
};

/// Why there is no value. `none` means that there is one.
enum class Missing : std::uint8_t {
    none,
    not_held,         ///< The procedure was not held, or the school took no part.
    not_applicable,   ///< The school does not teach the level.
    too_few_results,  ///< Fewer results than the indicator's minimum n.
    no_data,          ///< Expected, but nobody supplied it.
    no_scale,         ///< The minimum or the mark borders of the work are unknown.
    no_reference,     ///< No reference value of the territory.
    marked,           ///< Carries signs of non-objective assessment, and the pack leaves it out.
};

/// A measured value with its number of observations, or the reason why there is none.
///
/// `ratio` stays exact: a share is x/n, a mean is sum/n. Never NaN, never zero for missing.
struct Measurement {
    base::Fraction ratio;
    std::int64_t n = 0;
    Missing missing = Missing::no_data;

    bool known() const { return missing == Missing::none; }

    static constexpr Measurement of(std::int64_t numerator, std::int64_t denominator,
                                    std::int64_t n) {
        return {{numerator, denominator}, n, Missing::none};
    }
    static constexpr Measurement absent(Missing reason, std::int64_t n = 0) {
        return {{0, 1}, n, reason};
    }

    friend bool operator==(const Measurement&, const Measurement&) = default;
};

/// `share`, `score` …: the code in packs, csv and json.
std::string_view code(Unit unit);
/// «нет данных», «не проводилась» …
std::string_view title(Missing missing);

}  // namespace opora::model
