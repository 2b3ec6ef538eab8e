#include "opora/typology/resilience.hpp"

namespace opora::typology {

namespace {

constexpr double z_95 = 1.959963984540054;

using model::Resilience;

Resilience both(std::optional<bool> a, std::optional<bool> b) {
    if ((a && !*a) || (b && !*b)) return Resilience::no;
    return a && b ? Resilience::yes : Resilience::unknown;
}

}  // namespace

GridOptions quantile_borders(const ResilienceOptions& options) {
    // The low border plays no part; it only has to leave room for the high one.
    return {.adverse_share = options.index_share,
            .low_share = (1 - options.result_share) / 2,
            .high_share = options.result_share};
}

model::ResilienceYear resilience_year(const GridSchool* school, const ResilienceBasis& basis) {
    model::ResilienceYear year{.year = basis.year};
    if (school == nullptr || !basis.borders) return year;
    if (school->index) year.adverse = *school->index <= basis.borders->index;
    if (school->result) {
        year.high = school->result->value > basis.borders->high;
        year.high_probability = result_probabilities(*school->result, *basis.borders)[2];
    }
    return year;
}

Resilience by_quantiles(std::span<const model::ResilienceYear> years,
                        const ResilienceOptions& options) {
    std::int32_t held = 0;
    std::int32_t open = 0;
    for (const model::ResilienceYear& year : years) {
        const Resilience one = both(year.adverse, year.high);
        held += one == Resilience::yes ? 1 : 0;
        open += one == Resilience::unknown ? 1 : 0;
    }
    if (held >= options.years_min) return Resilience::yes;
    return held + open >= options.years_min ? Resilience::unknown : Resilience::no;
}

Resilience by_residual(std::optional<double> index, std::optional<double> index_border,
                       std::optional<double> effect, std::optional<double> effect_error,
                       const ResilienceOptions& options) {
    std::optional<bool> adverse;
    std::optional<bool> above;
    if (index && index_border) adverse = *index <= *index_border;
    if (effect && effect_error) {
        above = *effect > options.effect_errors_min * *effect_error &&
                *effect - z_95 * *effect_error > 0;
    }
    return both(adverse, above);
}

}  // namespace opora::typology
