#pragma once

#include <string>
#include <vector>

#include "opora/wording/compared_value.hpp"
#include "opora/wording/names.hpp"

namespace opora::wording {

/// «не преодолели порог 8 из 25: 32,0 % (95 % ДИ 17,2–51,6 %)»; the verb stands before the number,
/// so that it needs no agreement with it.
std::string measured_words(const ComparedValue& value, const Vocabulary& vocabulary);

/// The same without the verb, under a heading that has said it: «8 из 25: 32,0 % (95 % ДИ …)».
std::string measured_numbers(const ComparedValue& value);

/// «ВПР, математика, 5 класс»; with «, 2022/23» when the year is not the list's and «, регион» when
/// it is a value of the region; the title of the indicator when there is no procedure.
std::string value_label(const ComparedValue& value, model::SchoolYear year,
                        const Vocabulary& vocabulary);

/// What has no value, one line per reason: «Процедура не проводилась: ЕГЭ, математика; ЕГЭ, русский
/// язык.»
std::vector<std::string> missing_lines(const std::vector<ComparedValue>& values,
                                       model::SchoolYear year, const Vocabulary& vocabulary);

}  // namespace opora::wording
