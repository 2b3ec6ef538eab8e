#pragma once

#include "opora/model/risk_profile.hpp"

namespace opora::factors {

/// How much the answers of a school to one question speak for its factors.
///
/// In a questionnaire of people x of n answers are unfavourable (they stand on the side `problem`;
/// «не знаю» counts in n): high if x/n >= answers_high, middle if x/n >= answers_middle, exactly;
/// with the 95 % Wilson interval. Fewer than respondents_min answers give no level, and their
/// number is not shown.
///
/// In an official questionnaire an answer has two points on the side `problem`, one in the middle,
/// none on the other side; a mean of 3/2 or more is high, of 1/2 or more middle. `tally` may be
/// nullptr: the school has not answered.
model::SignReading read_answers(const model::Questionnaire& questionnaire,
                                const model::QuestionnaireItem& item,
                                const model::AnswerTally* tally, const model::FactorCuts& cuts);

}  // namespace opora::factors
