#pragma once

#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/text_file.hpp"
#include "opora/model/questionnaire.hpp"

namespace opora::intake {

/// Questions of one questionnaire; a row of answers remembers them in one machine word.
constexpr std::size_t questions_max = 64;

/// Reads methodology/questionnaires/*.yaml: one questionnaire a file. All errors of all files, with
/// file and line. Codes of questionnaires and of questions are unique over all of them.
base::Result<std::vector<model::Questionnaire>, base::Errors> load_questionnaires(
    const std::vector<TextFile>& files);

}  // namespace opora::intake
