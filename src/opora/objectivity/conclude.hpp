#pragma once

#include <cstdint>
#include <vector>

#include "opora/objectivity/row.hpp"

namespace opora::objectivity {

/// What is said of a school: on how many independent grounds its results carry signs.
///
/// Signs that read the same numbers count once: O1 reads the form of distributions, O2 and O6 the
/// level of results, O3 and O7 how results go on over the years, O4 the journal, O5 another
/// examination.
struct SchoolSigns {
    SchoolNumber school = 0;
    std::int32_t tested = 0;   ///< Rows.
    std::int32_t marked = 0;   ///< Rows.
    std::int32_t grounds = 0;  ///< 0..5, independent.
    double p = 1;              ///< Of all rows together (Simes).
    double q = 1;              ///< Benjamini-Hochberg over all schools.
};

/// Marks rows so that of the schools marked, the expected share marked by chance is at most
/// `level`, and so that the same holds within the schools marked.
///
/// Benjamini and Bogomolov 2014 (J. R. Stat. Soc. B 76, 297-318): schools are selected by
/// Benjamini-Hochberg over the Simes p-values of their rows; within a selected school rows are
/// tested by Benjamini-Hochberg at level R / M, R of M schools being selected. A row's q is the
/// smallest level at which it would be marked with this R: the larger of its school's q and
/// M / R times its adjusted p. A school is selected exactly when one of its rows is marked.
/// Plain Benjamini-Hochberg over all rows would hold the level for rows and not for schools: a
/// school with inflated results has many marked rows, a school marked by chance has one.
///
/// Sorts the rows by (school, sign, procedure, class) and gives schools with a tested row, in
/// order.
std::vector<SchoolSigns> conclude(std::vector<Row>& rows, double level,
                                  std::span<const std::string> class_names);

}  // namespace opora::objectivity
