#include "opora/generation/demo_answers.hpp"

#include <algorithm>
#include <set>

#include "opora/generation/demo_parts.hpp"
#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

using model::AnswerScale;
using model::AnswerSide;
using model::FactorCode;
using model::Questionnaire;
using model::QuestionnaireItem;
using model::RespondentGroup;

constexpr std::string_view school_without_parents = "edu000103";
constexpr double usual = -1.3;           ///< Log-odds of an unfavourable answer.
constexpr double planted = 2.0;          ///< Added by a cause of the school's own.
constexpr double adverse_context = 0.3;  ///< Added by one standard deviation of the context.
constexpr double left_out = 1.0 / 30;
constexpr double not_sure = 0.1;

std::uint64_t key(std::int64_t number) { return static_cast<std::uint64_t>(number); }

/// How much a factor weighs in a school: the same for every question and respondent.
double severity(const SchoolProfile& profile, const FactorCode& factor,
                std::span<const FactorCode> causes) {
    Random random{{demo_spec().seed, 0x66616374, key(profile.number), text_key(factor.value)}};
    const bool own = std::ranges::binary_search(causes, factor);
    return usual + (own ? planted : 0) - adverse_context * profile.context + random.normal(0, 0.4);
}

std::int64_t fact_of(const DemoDistrict& district, const model::SchoolId& school,
                     std::string_view code) {
    for (const model::SchoolFact& fact : district.facts) {
        if (fact.school == school && fact.year == demo_last_year && fact.fact == code)
            return fact.value.numerator;
    }
    return 0;
}

std::int64_t respondents(const DemoDistrict& district, const SchoolProfile& profile,
                         RespondentGroup group) {
    const model::School& school = profile.school;
    const std::int64_t pupils = fact_of(district, school.id, "pupils");
    switch (group) {
        case RespondentGroup::head:
            return 1;
        case RespondentGroup::teachers:
            return fact_of(district, school.id, "teachers") * 3 / 4;
        case RespondentGroup::pupils:
            return std::clamp<std::int64_t>(pupils / 5, 4, 60);
        case RespondentGroup::parents:
            return school.login == school_without_parents
                       ? 0
                       : std::clamp<std::int64_t>(pupils / 10, 3, 40);
    }
    return 0;
}

/// The title of an answer on the wanted side; of several ones any.
std::string answer_of(const AnswerScale& scale, AnswerSide side, Random& random) {
    std::vector<const model::ScaleAnswer*> fitting;
    for (const model::ScaleAnswer& answer : scale.answers) {
        if (answer.side == side) fitting.push_back(&answer);
    }
    if (fitting.empty()) return {};
    return fitting[static_cast<std::size_t>(
                       random.below(static_cast<std::int32_t>(fitting.size())))]
        ->title;
}

/// What one respondent answers to one question; empty when he leaves it out.
std::string drawn_answer(const Questionnaire& questionnaire, const QuestionnaireItem& item,
                         double log_odds, Random& random) {
    const double chance = logistic(log_odds);
    const bool silent = random.chance(questionnaire.official ? 0 : left_out);
    const bool unsure = random.chance(not_sure);
    const bool unfavourable = random.chance(chance);
    if (silent) return {};
    const AnswerSide other =
        item.problem == AnswerSide::agree ? AnswerSide::disagree : AnswerSide::agree;
    const AnswerSide side = unsure ? AnswerSide::neutral : unfavourable ? item.problem : other;
    return answer_of(*questionnaire.scale(item.scale), side, random);
}

void add_school(const Questionnaire& questionnaire, const SchoolProfile& profile,
                std::span<const FactorCode> causes, std::int64_t count, RegisterTable& table) {
    const std::uint64_t questionnaire_key = text_key(questionnaire.code.value);
    for (std::int64_t respondent = 1; respondent <= count; ++respondent) {
        Random random{{demo_spec().seed, questionnaire_key, key(profile.number), key(respondent)}};
        const double mood = random.normal(0, 0.5);
        std::vector<std::string> row{profile.school.id.value, std::to_string(demo_last_year.ending),
                                     questionnaire.code.value, std::to_string(respondent)};
        for (const QuestionnaireItem& item : questionnaire.items) {
            double worst = usual;
            for (const FactorCode& factor : item.factors)
                worst = std::max(worst, severity(profile, factor, causes));
            row.push_back(drawn_answer(questionnaire, item, worst + mood, random));
        }
        table.rows.push_back(std::move(row));
    }
}

}  // namespace

std::vector<FactorCode> planted_causes(const SchoolProfile& profile,
                                       std::span<const Questionnaire> questionnaires) {
    std::set<FactorCode> named;
    for (const Questionnaire& questionnaire : questionnaires) {
        for (const QuestionnaireItem& item : questionnaire.items)
            named.insert(item.factors.begin(), item.factors.end());
    }
    std::vector<FactorCode> left{named.begin(), named.end()};
    std::vector<FactorCode> causes;
    Random random{{demo_spec().seed, 0x63617573, key(profile.number)}};
    const std::size_t wanted = profile.kind == SchoolKind::low ? 4 : 1;
    while (causes.size() < wanted && !left.empty()) {
        const auto chosen = left.begin() + random.below(static_cast<std::int32_t>(left.size()));
        causes.push_back(*chosen);
        left.erase(chosen);
    }
    std::ranges::sort(causes);
    return causes;
}

std::vector<RegisterTable> demo_answers(const DemoDistrict& district,
                                        std::span<const Questionnaire> questionnaires) {
    std::vector<RegisterTable> tables;
    for (const Questionnaire& questionnaire : questionnaires) {
        RegisterTable table{.title = "Ответы",
                            .headings = {"school_id", "year", "questionnaire", "respondent"}};
        for (const QuestionnaireItem& item : questionnaire.items)
            table.headings.push_back(item.code.value);
        for (const DemoSchool& school : district.schools) {
            const SchoolProfile& profile = school.profile;
            add_school(questionnaire, profile, planted_causes(profile, questionnaires),
                       respondents(district, profile, questionnaire.group), table);
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace opora::generation
