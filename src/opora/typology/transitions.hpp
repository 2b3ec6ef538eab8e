#pragma once

#include <span>

#include "opora/model/typology.hpp"
#include "opora/typology/grid.hpp"

namespace opora::typology {

/// A year of a school in the grid: its row and the borders it was made with.
struct GridYear {
    std::span<const model::TypologyRow> rows;  ///< Sorted by school id.
    GridBorders borders;
};

/// How schools moved between the groups from one year to the next.
///
/// `changed_by_chance` is the number of changes that two measurements of unchanged schools would
/// show: of every school the true result is taken as the mean of both years' posterior means (each
/// relative to its year's mean), each year adds its own error, the context stays as observed;
/// P(change) = 1 - sum over groups of P(group in one year) P(group in the other). Regression to the
/// mean is part of it: who was extreme by chance once is less so the next time.
model::TransitionMatrix transitions(const GridYear& before, const GridYear& after,
                                    model::SchoolYear from, model::SchoolYear to);

}  // namespace opora::typology
