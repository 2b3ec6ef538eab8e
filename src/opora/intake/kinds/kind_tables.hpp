#pragma once

#include <vector>

#include "opora/intake/dictionaries/dictionaries.hpp"
#include "opora/intake/kinds/kind.hpp"

namespace opora::intake {

std::vector<Kind> protocol_kinds();  ///< Rows of pupils: vpr-f1, gia-list, bulk.
std::vector<Kind>
aggregate_kinds();  ///< Forms with percents: vpr-marks, vpr-journal, vpr-scores, vpr-tasks.
std::vector<Kind>
register_kinds();  ///< territories, schools, teachers, loads, references, indicators, markers.

/// Answers to the questionnaires of the dictionaries.
Kind answers_kind(const Dictionaries& dictionaries);
/// The same with a column for each question of one questionnaire, for its template.
Kind questionnaire_kind(const Dictionaries& dictionaries,
                        const model::Questionnaire& questionnaire);

}  // namespace opora::intake
