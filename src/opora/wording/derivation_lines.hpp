#pragma once

#include <string>
#include <vector>

#include "opora/model/finding.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/names.hpp"
#include "opora/wording/value_words.hpp"

namespace opora::wording {

/// The derivation of a rule as lines of Russian text, indented by two spaces a level.
///
/// A comparison is one line: counts, share, interval, threshold, and the gap in whole pupils. A
/// quantifier is a line with its count and one line per procedure, those that meet it first and
/// then the nearest to it; the far ones of a long table are counted, and procedures without a value
/// are gathered in one line with their reasons. A computed number is followed by what it was
/// computed from. `year` is the year of the list: results of other years carry theirs.
std::vector<std::string> derivation_lines(const model::Derivation& derivation,
                                          model::SchoolYear year, const Vocabulary& vocabulary);

/// The lines that a table of the measured values leaves unsaid: how many procedures were counted,
/// computed numbers with their thresholds, conditions without numbers. Not indented.
std::vector<std::string> summary_lines(const model::Derivation& derivation, model::SchoolYear year,
                                       const Vocabulary& vocabulary);

}  // namespace opora::wording
