#pragma once

#include <span>
#include <vector>

#include "opora/generation/demo.hpp"
#include "opora/generation/register_table.hpp"
#include "opora/model/questionnaire.hpp"

namespace opora::generation {

/// The invented answers of the district in its last year: a table for each questionnaire, a row for
/// each respondent, with the codes of the questions as headings.
///
/// Every school has causes of its own: four factors in schools of low results, one in others; an
/// adverse context adds to all. The chance of an unfavourable answer grows with the factor, with
/// what the school is in it, and with the mood of the respondent; one question in thirty is left
/// out. One school did not ask its parents, and small schools have few teachers and parents.
std::vector<RegisterTable> demo_answers(const DemoDistrict& district,
                                        std::span<const model::Questionnaire> questionnaires);

/// The factors that are planted in a school, by code, sorted; from all that the questionnaires
/// name.
std::vector<model::FactorCode> planted_causes(const SchoolProfile& profile,
                                              std::span<const model::Questionnaire> questionnaires);

}  // namespace opora::generation
