#include "opora/intake/kinds/answer_tallies.hpp"

#include <fmt/format.h>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

Questions::Questions(const model::FactorCatalogue& catalogue) : catalogue_{catalogue} {
    for (std::size_t i = 0; i < catalogue.questionnaires.size(); ++i) {
        const model::Questionnaire& questionnaire = catalogue.questionnaires[i];
        for (std::size_t k = 0; k < questionnaire.items.size(); ++k) all_.push_back({i, k});
        for (const model::AnswerScale& scale : questionnaire.scales) {
            auto& names = names_[&scale];
            for (std::size_t k = 0; k < scale.answers.size(); ++k) {
                names.emplace(heading_key(scale.answers[k].code), k);
                names.emplace(heading_key(scale.answers[k].title), k);
                for (const std::string& name : scale.answers[k].names)
                    names.emplace(heading_key(name), k);
            }
        }
    }
}

const model::AnswerScale& Questions::scale_of(const Question& question) const {
    const model::Questionnaire& owner = catalogue_.questionnaires[question.questionnaire];
    return *owner.scale(owner.items[question.item].scale);
}

std::optional<std::size_t> Questions::find_questionnaire(std::string_view text) const {
    const std::string key = heading_key(text);
    for (std::size_t i = 0; i < catalogue_.questionnaires.size(); ++i) {
        const model::Questionnaire& one = catalogue_.questionnaires[i];
        if (heading_key(one.code.value) == key || heading_key(one.title) == key) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> Questions::answer(const Question& question,
                                             std::string_view text) const {
    const auto& names = names_.at(&scale_of(question));
    const auto found = names.find(heading_key(text));
    return found != names.end() ? std::optional{found->second} : std::nullopt;
}

std::string Questions::answers_of(const Question& question) const {
    std::string list;
    for (const model::ScaleAnswer& answer : scale_of(question).answers) {
        list += fmt::format("{}{}", list.empty() ? "" : ", ", answer.title);
    }
    return list;
}

bool AnswerTallies::add(const AnswerRow& row) {
    Sheet& sheet = sheets_[{row.school.value, row.year.ending, row.questionnaire}];
    std::uint64_t& asked = sheet.asked[row.respondent];
    if ((asked & row.asked) != 0) return false;
    asked |= row.asked;
    const model::Questionnaire& questionnaire = questions_.questionnaire(row.questionnaire);
    sheet.counts.resize(questionnaire.items.size());
    for (const auto& [number, answer] : row.answers) {
        const std::size_t item = questions_.all()[number].item;
        auto& counts = sheet.counts[item];
        counts.resize(questionnaire.scale(questionnaire.items[item].scale)->answers.size());
        ++counts[answer];
    }
    return true;
}

std::vector<model::AnswerTally> AnswerTallies::tallies() const {
    std::vector<model::AnswerTally> all;
    for (const auto& [key, sheet] : sheets_) {
        const auto& [school, year, number] = key;
        const model::Questionnaire& questionnaire = questions_.questionnaire(number);
        for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
            const model::QuestionnaireItem& item = questionnaire.items[i];
            model::AnswerTally tally{.school = {school},
                                     .year = {year},
                                     .questionnaire = questionnaire.code,
                                     .item = item.code,
                                     .respondents = std::ssize(sheet.asked)};
            const auto& answers = questionnaire.scale(item.scale)->answers;
            for (std::size_t k = 0; k < sheet.counts[i].size(); ++k) {
                if (sheet.counts[i][k] > 0)
                    tally.answers.push_back({answers[k].code, sheet.counts[i][k]});
            }
            all.push_back(std::move(tally));
        }
    }
    return all;
}

}  // namespace opora::intake
