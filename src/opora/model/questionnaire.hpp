#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/error.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

using FactorCode = Identifier<struct FactorTag>;                ///< methodology/risk_factors.yaml
using QuestionnaireCode = Identifier<struct QuestionnaireTag>;  ///< methodology/questionnaires
using ItemCode = Identifier<struct ItemTag>;                    ///< One question of them.

/// Who answers.
enum class RespondentGroup : std::uint8_t { head, teachers, pupils, parents };

/// On which end of its scale an answer stands.
enum class AnswerSide : std::uint8_t { agree, neutral, disagree };

struct ScaleAnswer {
    std::string code;
    std::string title;               ///< Russian, as it stands in the questionnaire.
    std::vector<std::string> names;  ///< Other ways to write it in a file: «1», «да».
    AnswerSide side = AnswerSide::neutral;

    friend bool operator==(const ScaleAnswer&, const ScaleAnswer&) = default;
};

struct AnswerScale {
    std::string code;
    std::vector<ScaleAnswer> answers;

    const ScaleAnswer* find(std::string_view answer_code) const;
};

/// One question. `problem` says which end of the scale speaks for the factors: agreeing with «В
/// школе не хватает учителей» does, disagreeing with «Мне интересно учиться» does.
struct QuestionnaireItem {
    ItemCode code;  ///< Unique over all questionnaires.
    std::string text;
    std::string scale;
    std::vector<FactorCode> factors;
    AnswerSide problem = AnswerSide::agree;
    std::int32_t weight = 1;
    base::Place place;  ///< In its file, for messages.
};

/// A questionnaire as data. An official one is filled in by the school as an office (its head): a
/// single answer counts. In all others people speak for themselves, and few of them are not shown.
struct Questionnaire {
    QuestionnaireCode code;
    std::string title;
    RespondentGroup group = RespondentGroup::pupils;
    bool official = false;
    std::int32_t version = 1;
    SchoolYear from;  ///< First school year it is meant for.
    std::string note;
    std::vector<AnswerScale> scales;
    std::vector<QuestionnaireItem> items;

    const AnswerScale* scale(std::string_view scale_code) const;
    const QuestionnaireItem* item(const ItemCode& item_code) const;
};

/// How many respondents chose an answer of the scale.
struct AnswerCount {
    std::string answer;  ///< Code of the answer.
    std::int64_t respondents = 0;

    friend bool operator==(const AnswerCount&, const AnswerCount&) = default;
};

/// All answers of one school to one question: who answered what is not kept.
struct AnswerTally {
    SchoolId school;
    SchoolYear year;
    QuestionnaireCode questionnaire;
    ItemCode item;
    std::int64_t respondents = 0;      ///< Who filled in the questionnaire, this question or not.
    std::vector<AnswerCount> answers;  ///< In the order of the scale; answers nobody chose are out.

    friend bool operator==(const AnswerTally&, const AnswerTally&) = default;
};

/// `head`, `teachers`, `pupils`, `parents`: the code in files, and back.
std::string_view code(RespondentGroup group);
std::optional<RespondentGroup> respondent_group(std::string_view code);
/// «обучающиеся» …
std::string_view title(RespondentGroup group);

}  // namespace opora::model
