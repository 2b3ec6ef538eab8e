#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/typology.hpp"
#include "opora/typology/comparable.hpp"

namespace opora::typology {

/// Borders of the typology grid (DOMAIN 2.5); visible parameters.
struct GridOptions {
    double adverse_share = 0.5;  ///< Schools whose index lies in this lowest part: adverse context.
    double low_share = 0.25;     ///< Results in this lowest part are low.
    double high_share = 0.25;    ///< Results in this highest part are high.
};

/// What the grid needs of a school; whatever is unknown is absent.
struct GridSchool {
    indicators::SchoolNumber school = 0;
    std::optional<double> index;  ///< Of social well-being: the higher, the better the conditions.
    std::optional<SchoolResult> result;
};

/// The borders in force: quantiles (type 7) over the schools that have both numbers.
struct GridBorders {
    double index = 0;           ///< Adverse: index <= it.
    double low = 0;             ///< Low: result < it.
    double high = 0;            ///< High: result > it.
    double mean = 0;            ///< Of results over schools.
    double true_deviation = 0;  ///< Between schools beyond chance; 0: chance explains all.
    std::int32_t schools = 0;   ///< With both numbers.
};

/// Errors: `typology_few_schools` (fewer than four with both numbers), `typology_same_context`,
/// `typology_same_results` (nothing to tell apart), `typology_borders` (shares outside 0..1 or
/// overlapping).
base::Result<GridBorders> grid_borders(std::span<const GridSchool> schools,
                                       const GridOptions& options);

/// The type of a school: context (adverse, favourable) by result (low, ordinary, high).
///
/// The probability of each result cell is that of the school's true result given the observed one:
/// true results are normal between schools (mean, true_deviation²), the observed one adds normal
/// error with the school's standard error; the posterior is the usual shrunk one,
///     m = mean + b (value - mean), s² = b standard_error², b = T² / (T² + standard_error²).
/// The context is a count of all pupils, not a sample: it has no error here.
model::TypologyRow grid_type(const GridSchool& school, const GridBorders& borders);

/// Posterior probabilities (low, ordinary, high) of the true result.
std::array<double, 3> result_probabilities(const SchoolResult& result, const GridBorders& borders);

}  // namespace opora::typology
