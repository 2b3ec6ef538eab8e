#pragma once

#include <vector>

#include "opora/model/result_table.hpp"
#include "opora/tally/cell.hpp"

namespace opora::tally {

/// The cells of a table of results, sorted by (school, procedure); with detail.
///
/// The order of the rows does not matter. Scores below zero do not occur; a score above 4,000 has
/// been refused at the border, so that the histogram stays small. Tallies of the parts of a table
/// merge into the tally of the whole.
std::vector<Cell> tally_results(const model::ResultTable& results);

}  // namespace opora::tally
