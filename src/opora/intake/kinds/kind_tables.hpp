#pragma once

#include <vector>

#include "opora/intake/kinds/kind.hpp"

namespace opora::intake {

std::vector<Kind> protocol_kinds();  ///< Rows of pupils: vpr-f1, gia-list, bulk.
std::vector<Kind>
aggregate_kinds();  ///< Forms with percents: vpr-marks, vpr-journal, vpr-scores, vpr-tasks.
std::vector<Kind>
register_kinds();  ///< territories, schools, teachers, loads, references, indicators, markers.

}  // namespace opora::intake
