#include "opora/factors/profile.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "opora/base/parallel.hpp"
#include "opora/factors/answer_levels.hpp"
#include "opora/factors/assessment.hpp"
#include "opora/factors/sign_levels.hpp"

namespace opora::factors {

namespace {

using model::AnswerTally;
using model::FactorAssessment;
using model::RiskFactor;
using model::RiskProfile;
using model::SignReading;

/// The answers of the year, to be found by school and question.
class Answers {
public:
    explicit Answers(std::span<const AnswerTally> tallies) {
        for (const AnswerTally& tally : tallies) sorted_.push_back(&tally);
        std::ranges::sort(sorted_, {}, key);
    }

    const AnswerTally* find(const model::SchoolId& school, const model::ItemCode& item) const {
        const auto found = std::ranges::lower_bound(sorted_, std::tie(school, item), {}, key);
        const bool same =
            found != sorted_.end() && (*found)->school == school && (*found)->item == item;
        return same ? *found : nullptr;
    }

private:
    static std::tuple<const model::SchoolId&, const model::ItemCode&> key(
        const AnswerTally* tally) {
        return std::tie(tally->school, tally->item);
    }

    std::vector<const AnswerTally*> sorted_;
};

/// A question and its questionnaire.
struct Question {
    const model::Questionnaire* questionnaire;
    const model::QuestionnaireItem* item;
};

std::vector<Question> questions_about(const model::FactorCatalogue& catalogue,
                                      const model::FactorCode& factor) {
    std::vector<Question> questions;
    for (const model::Questionnaire& questionnaire : catalogue.questionnaires) {
        for (const model::QuestionnaireItem& item : questionnaire.items) {
            if (std::ranges::find(item.factors, factor) != item.factors.end())
                questions.push_back({&questionnaire, &item});
        }
    }
    return questions;
}

/// The decision in force of each school and factor: the latest one.
using Reviews = std::map<std::pair<model::SchoolId, model::FactorCode>, const model::FactorReview*>;

Reviews latest(std::span<const model::FactorReview> reviews) {
    Reviews found;
    for (const model::FactorReview& review : reviews) {
        const model::FactorReview*& kept = found[{review.school, review.factor}];
        if (kept == nullptr || kept->number < review.number) kept = &review;
    }
    return found;
}

/// Adds the assessment of one factor to the profile of every school.
void assess_everywhere(const ProfileInput& input, const RiskFactor& factor, const Answers& answers,
                       std::vector<RiskProfile>& profiles) {
    const model::FactorCuts& cuts = input.catalogue->cuts;
    std::vector<std::vector<SignReading>> readings;  // [sign][school]
    for (const model::FactorSign& sign : factor.signs) {
        readings.push_back(read_sign(sign, values_of(*input.evidence, sign, input.year), cuts));
    }
    const std::vector<Question> questions = questions_about(*input.catalogue, factor.code);
    const auto assess_one = [&](std::size_t school) {
        std::vector<SignReading> basis;
        basis.reserve(readings.size() + questions.size());
        for (auto& of_sign : readings) basis.push_back(std::move(of_sign[school]));
        for (const Question& question : questions) {
            basis.push_back(read_answers(*question.questionnaire, *question.item,
                                         answers.find(profiles[school].school, question.item->code),
                                         cuts));
        }
        FactorAssessment assessment = assess(factor.code, std::move(basis), cuts);
        if (!input.with_basis) assessment.basis = {};
        profiles[school].factors.push_back(std::move(assessment));
    };
    base::in_parallel(profiles.size(), 1000, [&](std::size_t begin, std::size_t end) {
        for (std::size_t school = begin; school < end; ++school) assess_one(school);
    });
}

}  // namespace

std::vector<RiskProfile> risk_profiles(const ProfileInput& input) {
    std::vector<RiskProfile> profiles;
    for (const model::School& school : input.evidence->schools()) {
        profiles.push_back({.school = school.id, .year = input.year});
        profiles.back().factors.reserve(input.catalogue->factors.size());
    }
    const Answers answers{input.answers};
    for (const RiskFactor& factor : input.catalogue->factors) {
        assess_everywhere(input, factor, answers, profiles);
    }
    const Reviews reviews = latest(input.reviews);
    for (RiskProfile& profile : profiles) {
        for (FactorAssessment& factor : profile.factors) {
            const auto review = reviews.find({profile.school, factor.factor});
            if (review != reviews.end()) apply_review(*review->second, factor);
        }
        profile.causes = ranked_causes(profile.factors);
    }
    return profiles;
}

}  // namespace opora::factors
