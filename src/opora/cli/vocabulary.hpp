#pragma once

#include "opora/application/adapters.hpp"
#include "opora/rules/pack.hpp"
#include "opora/wording/names.hpp"

namespace opora::cli {

/// The Russian names that texts about a pack's findings need: subjects, indicators, rules.
wording::Vocabulary vocabulary_of(const application::Adapters& adapters, const rules::Pack& pack);

}  // namespace opora::cli
