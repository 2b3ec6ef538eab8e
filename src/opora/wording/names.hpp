#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "opora/model/finding.hpp"
#include "opora/model/listing.hpp"
#include "opora/model/procedure.hpp"

namespace opora::wording {

/// How an indicator is spoken of.
struct IndicatorWords {
    std::string title;  ///< «Доля не преодолевших порог», as a column heading.
    std::string
        of_whom;  ///< What the counted participants did: «не преодолели порог»; may be empty.
};

/// The Russian names that a text needs and the model does not hold. The caller takes them from
/// dictionaries and packs; what is absent is shown by its code.
struct Vocabulary {
    std::map<model::SubjectCode, std::string> subjects;  ///< «математика», small letters.
    std::map<std::string, IndicatorWords, std::less<>> indicators;
    std::map<std::string, std::string, std::less<>>
        rules;  ///< By rule id: «две процедуры и более».
    std::set<std::string, std::less<>>
        flags;                ///< Ids of rules that are seen beside the list and make none.
    std::string methodology;  ///< Title of the pack's document; may be empty.
    /// Read on a terminal, where folded lines name the option that shows them all.
    bool for_terminal = true;
};

/// «ВПР, математика, 5 класс», «ОГЭ, русский язык», «ВПР, математика, 5 класс (по программе 4
/// класса)», «…, пересдача». The grade of ОГЭ and ЕГЭ goes without saying. The year is not named.
std::string procedure_title(const model::Procedure& procedure, const Vocabulary& vocabulary);

/// The title of an indicator: the vocabulary's, else its code.
std::string indicator_title(std::string_view code, const Vocabulary& vocabulary);

/// «не преодолели порог»; empty where the words are unknown.
std::string indicator_of_whom(std::string_view code, const Vocabulary& vocabulary);

/// Whether a rule is called by one letter, as documents do: A, B.
bool is_letter(std::string_view rule);

/// A rule in a cell of a table: «A», «низкие результаты»; its code where the pack gives no title.
std::string rule_label(const std::string& rule, const Vocabulary& vocabulary);
/// Several of them: «A, B», «низкие результаты; неблагоприятные условия».
std::string rule_labels(const std::vector<std::string>& rules, const Vocabulary& vocabulary);

/// «условие A (две процедуры и более)»; an id that is more than a letter is no word for people:
/// «условие «результаты ниже средних по региону»», «признак «неблагоприятные условия»».
std::string rule_name(const std::string& rule, const Vocabulary& vocabulary);

/// «выполнено», «не выполнено», «неизвестно», «не применяется».
std::string_view outcome_words(model::Outcome outcome);

/// «выявлена уверенно» …; empty for `none`.
std::string_view reliability_words(model::Reliability reliability);
/// The same of a listing, where `none` with a probability is «не выявлена»; empty without one.
std::string_view reliability_words(const model::Listing& listing);

}  // namespace opora::wording
