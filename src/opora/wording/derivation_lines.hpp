#pragma once

#include <string>
#include <vector>

#include "opora/model/finding.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// The derivation of a rule as lines of Russian text, indented by two spaces a level.
///
/// A comparison is one line: counts, share, interval, threshold, and the gap in whole pupils. A
/// quantifier is a line with its count and one line per procedure, those that meet it first;
/// procedures without a value are gathered in one line with their reasons. A computed number is
/// followed by what it was computed from. `year` is the year of the list: results of other years
/// carry theirs.
std::vector<std::string> derivation_lines(const model::Derivation& derivation,
                                          model::SchoolYear year, const Vocabulary& vocabulary);

/// The lines that a table of the measured values leaves unsaid: how many procedures were counted,
/// computed numbers with their thresholds, conditions without numbers. Not indented.
std::vector<std::string> summary_lines(const model::Derivation& derivation, model::SchoolYear year,
                                       const Vocabulary& vocabulary);

/// What has no value, one line per reason: «Процедура не проводилась: ЕГЭ, математика; ЕГЭ, русский
/// язык.»
std::vector<std::string> missing_lines(const std::vector<ComparedValue>& values,
                                       model::SchoolYear year, const Vocabulary& vocabulary);

/// «8 из 25 не преодолели порог: 32,0 % (95 % ДИ 17,2–51,6 %)».
std::string measured_words(const ComparedValue& value, const Vocabulary& vocabulary);

/// «ВПР, математика, 5 класс»; with «, 2022/23» when the year is not the list's; the title of the
/// indicator when there is no procedure.
std::string value_label(const ComparedValue& value, model::SchoolYear year,
                        const Vocabulary& vocabulary);

}  // namespace opora::wording
