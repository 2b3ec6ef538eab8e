#pragma once

#include <map>
#include <string>

#include "opora/rules/pack.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// The Russian names that texts about a pack's findings need: subjects (titles as a dictionary has
/// them), indicators, rules.
Vocabulary vocabulary_of(const std::map<model::SubjectCode, std::string>& subjects,
                         const rules::Pack& pack);

}  // namespace opora::wording
