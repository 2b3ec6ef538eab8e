#pragma once

#include <vector>

#include "opora/objectivity/conclude.hpp"
#include "opora/objectivity/material.hpp"

namespace opora::objectivity {

/// All signs in the results of one year.
struct Inspection {
    std::vector<Row> rows;             ///< Sorted by (school, sign, procedure, class).
    std::vector<SchoolSigns> schools;  ///< Those with a tested row, in order.
    double level = 0;
};

/// Looks for every sign in every result of the year and controls the share of false discoveries
/// over all schools (conclude.hpp).
Inspection inspect(const Material& material, double level);

/// The results that marked rows speak of, for `marked_results: all_excluded`: sorted, distinct. A
/// mark on all works of a school together names none of them.
std::vector<indicators::MarkedCell> marked_cells(const Inspection& inspection);

}  // namespace opora::objectivity
