#pragma once

#include <optional>
#include <span>
#include <vector>

#include "opora/model/comparable_schools.hpp"
#include "opora/typology/context_space.hpp"

namespace opora::typology {

struct ComparableOptions {
    std::size_t count = 50;
    /// In a small territory at most this part of the other schools are comparable ones, though at
    /// least two more than `with_result_min`: the rest is not near.
    double share_max = 1.0 / 3;
    /// Schools that share less than this part of the conditions are not compared.
    double known_share_min = 0.5;
    std::int32_t with_result_min = 5;  ///< Fewer results of comparable schools compare nothing.
};

/// The result of a school in a year on the common scale.
struct SchoolResult {
    double value = 0;
    double standard_error = 0;
};

/// The schools nearest by context of every row of the space; see statistics/neighbours.hpp.
using ComparableRows = std::vector<std::vector<statistics::Neighbour>>;
ComparableRows comparable_rows(const ContextSpace& space, const ComparableOptions& options);

/// The result of a row against those of its comparable schools; std::nullopt where it or too many
/// of them have none. `results` by row.
///
/// difference = own - mean; its standard error² = own standard error² + deviation² / number: what
/// the own result varies by, and how far the mean of so many comparable schools is known. That
/// schools share neighbours is not counted.
std::optional<model::ComparedResult> compared(std::uint32_t row, const ComparableRows& comparable,
                                              std::span<const std::optional<SchoolResult>> results,
                                              const ComparableOptions& options);

enum class ComparisonDetail : std::uint8_t { result, schools };

/// All of it for one row; with the comparable schools and the conditions in which they differ most
/// only if asked for.
model::SchoolComparison comparison(const indicators::Evidence& evidence, const ContextSpace& space,
                                   std::uint32_t row, const ComparableRows& comparable,
                                   std::span<const std::optional<SchoolResult>> results,
                                   const ComparableOptions& options, ComparisonDetail detail);

}  // namespace opora::typology
