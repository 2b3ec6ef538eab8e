#pragma once

#include <cstdint>
#include <vector>

#include "opora/tally/cell.hpp"

namespace opora::tally {

/// One cell without its detail, as the whole-territory evaluations read it.
struct CoreCell {
    std::uint32_t school = 0;     ///< Number in CoreCells::schools.
    std::uint32_t procedure = 0;  ///< Number in CoreCells::procedures.
    Origin origin = Origin::protocol;
    CellCounts counts;
    std::int32_t row_first = 0;
    std::int32_t row_last = 0;
};

/// The core cells of one fact file.
struct CoreCells {
    std::vector<model::SchoolId> schools;
    std::vector<model::Procedure> procedures;
    std::vector<CoreCell> cells;  ///< Sorted by (school id, procedure).
};

/// The histogram of scores of one cell, for reference distributions.
struct Histogram {
    model::SchoolId school;
    model::Procedure procedure;
    std::vector<std::int32_t> counts;  ///< By score from 0.
};

}  // namespace opora::tally
