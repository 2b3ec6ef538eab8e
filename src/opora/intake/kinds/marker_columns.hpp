#pragma once

#include <cstddef>
#include <vector>

#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/kinds/headings.hpp"

namespace opora::intake {

/// A column of objectivity markers: «4 РУ», «4РУ», «5 класс МА».
struct MarkerColumn {
    std::size_t place = 0;
    int grade = 0;
    model::SubjectCode subject;
};

/// Finds the marker columns among the headings that nobody else claims, and marks them.
std::vector<MarkerColumn> find_marker_columns(Headings& headings, const Subjects& subjects);

}  // namespace opora::intake
