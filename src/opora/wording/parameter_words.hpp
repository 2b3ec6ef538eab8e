#pragma once

#include <map>
#include <string>
#include <string_view>

#include "opora/rules/pack.hpp"

namespace opora::wording {

/// The value of a parameter for reading: «30 %», «5 п. п.», «3 года», «2 процедуры», «достаточно
/// любого из условий», «русский язык, математика», «все», «никакие». A reading that the pack gives
/// no words for stands in quotation marks: «a_or_b». `subjects`: titles as the dictionary has them.
std::string value_words(const rules::Parameter& parameter, const rules::ParameterValue& value,
                        const std::map<model::SubjectCode, std::string>& subjects);

/// «low_limit=25 %» of a changed pack in words: «Порог доли: 25 %»; what the pack does not know
/// stays as it is.
std::string setting_words(const rules::Pack& pack, const std::string& setting,
                          const std::map<model::SubjectCode, std::string>& subjects);

/// A number with its unit: «3,5 %», «1 участник». `word`: of a count, as packs write it.
std::string quantity_words(const rules::Quantity& quantity);

/// What a list of a pack names: a subject, a procedure, a type of schools; its code in quotation
/// marks where there is no word.
std::string listed_words(std::string_view code,
                         const std::map<model::SubjectCode, std::string>& subjects);

/// «Математика» -> «математика», as words stand inside a sentence; abbreviations stay.
std::string inside_a_sentence(std::string title);

}  // namespace opora::wording
