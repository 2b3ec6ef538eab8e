#pragma once

#include "opora/model/measurement.hpp"
#include "opora/rules/number.hpp"
#include "opora/rules/value.hpp"

namespace opora::rules {

/// Numerators and denominators of several cells put together, as if their pupils had taken one
/// work. Whole counts are summed as integers, hour shares of teachers as fractions.
template <class Number>
struct Pool {
    model::Measurement whole{{0, 0}, 0, model::Missing::none};
    bool fractions = false;
    Number numerator = number_of_fraction<Number>({0, 1});
    Number denominator = number_of_fraction<Number>({0, 1});
    std::int64_t n = 0;
    std::int64_t members = 0;
    model::Missing missing = model::Missing::none;
    bool earlier = true;  ///< What is missing belongs to earlier years only.

    void add(const model::Measurement& value, std::int32_t weight) {
        ++members;
        n += value.n;
        std::int64_t top = 0;
        std::int64_t bottom = 0;
        if (weight == 1 &&
            !__builtin_add_overflow(whole.ratio.numerator, value.ratio.numerator, &top) &&
            !__builtin_add_overflow(whole.ratio.denominator, value.ratio.denominator, &bottom)) {
            whole.ratio = {top, bottom};
            return;
        }
        fractions = true;
        numerator =
            rules::add(numerator, number_of_fraction<Number>({value.ratio.numerator, weight}));
        denominator =
            rules::add(denominator, number_of_fraction<Number>({value.ratio.denominator, weight}));
    }

    void miss(model::Missing reason, bool of_earlier_year) {
        if (missing == model::Missing::none || !of_earlier_year) missing = reason;
        earlier = earlier && of_earlier_year;
    }

    /// Both sums with the fractions taken in.
    std::pair<Number, Number> sums() const {
        return {rules::add(numerator, number_of_fraction<Number>({whole.ratio.numerator, 1})),
                rules::add(denominator, number_of_fraction<Number>({whole.ratio.denominator, 1}))};
    }
};

}  // namespace opora::rules
