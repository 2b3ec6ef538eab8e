#pragma once

#include <optional>
#include <span>
#include <vector>

#include "opora/model/typology.hpp"
#include "opora/typology/grid.hpp"

namespace opora::typology {

/// Borders of both definitions (DOMAIN 2.6); visible parameters.
struct ResilienceOptions {
    double index_share = 1.0 / 3;  ///< The index lies in this lowest part of the schools.
    double result_share =
        1.0 / 3;                   ///< The result lies in this highest part; 0.5: above the median.
    std::int32_t years = 3;        ///< Looked at, the last one included.
    std::int32_t years_min = 2;    ///< Of them both must hold in so many.
    double effect_errors_min = 1;  ///< The effect exceeds so many standard errors …
    double index_share_residual = 0.5;  ///< … and the index lies in this lowest part.
};

/// What one year says: the schools of the territory and the borders among them.
struct ResilienceBasis {
    model::SchoolYear year;
    std::span<const GridSchool> schools;
    std::optional<GridBorders> borders;  ///< None: the year tells nobody apart.
};

/// The borders of the quantile definition: those of a grid with its shares.
GridOptions quantile_borders(const ResilienceOptions& options);

/// One year of a school by the quantile definition.
model::ResilienceYear resilience_year(const GridSchool* school, const ResilienceBasis& basis);

/// Adverse and high in at least `years_min` of the years; unknown where the years without data
/// could still make it so.
model::Resilience by_quantiles(std::span<const model::ResilienceYear> years,
                               const ResilienceOptions& options);

/// effect > `effect_errors_min` standard errors, the lower end of its 95 % interval > 0, and the
/// index not above `index_border`.
model::Resilience by_residual(std::optional<double> index, std::optional<double> index_border,
                              std::optional<double> effect, std::optional<double> effect_error,
                              const ResilienceOptions& options);

}  // namespace opora::typology
