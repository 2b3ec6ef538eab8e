#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "opora/model/questionnaire.hpp"
#include "opora/model/risk_factor.hpp"

namespace opora::intake {

/// The questions of all questionnaires, numbered one after another, and the ways to answer them.
class Questions {
public:
    explicit Questions(const model::FactorCatalogue& catalogue);

    struct Question {
        std::size_t questionnaire = 0;  ///< Number in the catalogue.
        std::size_t item = 0;           ///< Number in the questionnaire.
    };
    std::span<const Question> all() const { return all_; }

    const model::Questionnaire& questionnaire(std::size_t number) const {
        return catalogue_.questionnaires[number];
    }
    /// By code or title.
    std::optional<std::size_t> find_questionnaire(std::string_view text) const;

    /// Number of the answer in its scale: by code, title, or another name of it.
    std::optional<std::size_t> answer(const Question& question, std::string_view text) const;
    /// «да, скорее да, …».
    std::string answers_of(const Question& question) const;

private:
    const model::AnswerScale& scale_of(const Question& question) const;

    const model::FactorCatalogue& catalogue_;
    std::vector<Question> all_;
    std::map<const model::AnswerScale*, std::unordered_map<std::string, std::size_t>> names_;
};

/// One filled-in questionnaire, or one answer of it.
struct AnswerRow {
    model::SchoolId school;
    model::SchoolYear year;
    std::size_t questionnaire = 0;
    std::int32_t respondent = 0;
    std::uint64_t asked = 0;  ///< Bit i: the row speaks of question i, answered or not.
    std::vector<std::pair<std::size_t, std::size_t>> answers;  ///< Question, number of the answer.
};

/// Counts the answers of a file; who answered what ends here.
class AnswerTallies {
public:
    explicit AnswerTallies(const Questions& questions) : questions_{questions} {}

    /// False when the respondent has already answered one of the questions.
    bool add(const AnswerRow& row);

    /// A tally of every question of every questionnaire met, by school, year, questionnaire and the
    /// order of the questions; one that nobody answered has no answers.
    std::vector<model::AnswerTally> tallies() const;

private:
    struct Sheet {
        std::unordered_map<std::int32_t, std::uint64_t> asked;  ///< By respondent.
        std::vector<std::vector<std::int64_t>> counts;          ///< [question][answer]
    };

    const Questions& questions_;
    std::map<std::tuple<std::string, int, std::size_t>, Sheet> sheets_;
};

}  // namespace opora::intake
