#include "opora/model/questionnaire.hpp"

#include <algorithm>
#include <array>

namespace opora::model {

namespace {

constexpr std::array<std::string_view, 4> group_codes{"head", "teachers", "pupils", "parents"};
constexpr std::array<std::string_view, 4> group_titles{"руководитель", "педагоги", "обучающиеся",
                                                       "родители"};

}  // namespace

const ScaleAnswer* AnswerScale::find(std::string_view answer_code) const {
    const auto found = std::ranges::find(answers, answer_code, &ScaleAnswer::code);
    return found != answers.end() ? &*found : nullptr;
}

const AnswerScale* Questionnaire::scale(std::string_view scale_code) const {
    const auto found = std::ranges::find(scales, scale_code, &AnswerScale::code);
    return found != scales.end() ? &*found : nullptr;
}

const QuestionnaireItem* Questionnaire::item(const ItemCode& item_code) const {
    const auto found = std::ranges::find(items, item_code, &QuestionnaireItem::code);
    return found != items.end() ? &*found : nullptr;
}

std::string_view code(RespondentGroup group) {
    return group_codes[static_cast<std::size_t>(group)];
}

std::optional<RespondentGroup> respondent_group(std::string_view code) {
    const auto found = std::ranges::find(group_codes, code);
    if (found == group_codes.end()) return std::nullopt;
    return static_cast<RespondentGroup>(found - group_codes.begin());
}

std::string_view title(RespondentGroup group) {
    return group_titles[static_cast<std::size_t>(group)];
}

}  // namespace opora::model
