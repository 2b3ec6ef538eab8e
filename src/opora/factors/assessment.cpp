#include "opora/factors/assessment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "opora/factors/sign_levels.hpp"

namespace opora::factors {

namespace {

using base::Fraction;
using model::FactorAssessment;
using model::FactorCuts;
using model::FactorLevel;
using model::SignReading;

/// Points of signs of one sort: weight * 0, 1 or 2.
struct Points {
    std::int64_t points = 0;
    std::int64_t best = 0;
    std::int64_t worst = 0;
    std::int64_t known = 0;  ///< Weight of the signs with a level.
    std::int64_t all = 0;    ///< Weight of all signs.

    void add(const SignReading& reading) {
        const std::int64_t weight = reading.weight;
        all += weight;
        if (!reading.level) return;
        known += weight;
        points += weight * static_cast<std::int64_t>(*reading.level);
        best += weight * static_cast<std::int64_t>(reading.range.best);
        worst += weight * static_cast<std::int64_t>(reading.range.worst);
    }
    bool covered(const Fraction& least) const { return known > 0 && !less({known, all}, least); }
    Fraction index(std::int64_t of_points) const { return {of_points, 2 * known}; }
};

/// (f F + a A) / (f + a), or the index that there is.
Fraction mixed(const std::optional<Fraction>& facts, const std::optional<Fraction>& answers,
               const FactorCuts& cuts) {
    if (!facts) return *answers;
    if (!answers) return *facts;
    return {cuts.facts_weight * facts->numerator * answers->denominator +
                cuts.answers_weight * answers->numerator * facts->denominator,
            (cuts.facts_weight + cuts.answers_weight) * facts->denominator * answers->denominator};
}

FactorLevel level_of(const Fraction& index, const FactorCuts& cuts) {
    if (!less(index, cuts.level_high)) return FactorLevel::high;
    return less(index, cuts.level_middle) ? FactorLevel::low : FactorLevel::middle;
}

bool far_apart(const Fraction& one, const Fraction& other, const Fraction& limit) {
    const Fraction difference{one.numerator * other.denominator - other.numerator * one.denominator,
                              one.denominator * other.denominator};
    return !less({std::abs(difference.numerator), difference.denominator}, limit);
}

/// Whether two groups of respondents say different things.
bool groups_far_apart(const std::vector<SignReading>& basis, const Fraction& limit) {
    std::array<Points, 4> groups;
    for (const SignReading& reading : basis) {
        if (reading.group) groups[static_cast<std::size_t>(*reading.group)].add(reading);
    }
    for (const Points& one : groups) {
        for (const Points& other : groups) {
            if (one.known > 0 && other.known > 0 &&
                far_apart(one.index(one.points), other.index(other.points), limit)) {
                return true;
            }
        }
    }
    return false;
}

std::string why_unknown(const FactorAssessment& assessment) {
    if (assessment.signs == 0) return "в каталоге нет ни признаков, ни вопросов об этом факторе";
    if (assessment.signs_known == 0) return "нет ни сведений, ни ответов";
    return fmt::format("мало сведений: известно {} из {} признаков", assessment.signs_known,
                       assessment.signs);
}

/// Both indices as they would be with other points; nothing where a sort is not covered.
struct Sorts {
    const Points& facts;
    const Points& answers;
    bool facts_known;
    bool answers_known;

    Fraction index(std::int64_t Points::*points, const FactorCuts& cuts) const {
        return mixed(facts_known ? std::optional{facts.index(facts.*points)} : std::nullopt,
                     answers_known ? std::optional{answers.index(answers.*points)} : std::nullopt,
                     cuts);
    }
};

}  // namespace

FactorAssessment assess(const model::FactorCode& factor, std::vector<SignReading> basis,
                        const FactorCuts& cuts) {
    Points facts;
    Points answers;
    FactorAssessment assessment{.factor = factor, .signs = static_cast<std::int32_t>(basis.size())};
    for (const SignReading& reading : basis) {
        (reading.group ? answers : facts).add(reading);
        assessment.signs_known += reading.level ? 1 : 0;
    }
    const Sorts sorts{facts, answers, facts.covered(cuts.coverage_min),
                      answers.covered(cuts.coverage_min)};
    if (sorts.facts_known) assessment.facts_index = facts.index(facts.points);
    if (sorts.answers_known) assessment.answers_index = answers.index(answers.points);
    if (!sorts.facts_known && !sorts.answers_known) {
        assessment.reason = why_unknown(assessment);
    } else {
        assessment.index = sorts.index(&Points::points, cuts);
        assessment.computed = level_of(assessment.index, cuts);
        assessment.range = {level_of(sorts.index(&Points::best, cuts), cuts),
                            level_of(sorts.index(&Points::worst, cuts), cuts)};
        assessment.sources_disagree =
            sorts.facts_known && sorts.answers_known &&
            far_apart(*assessment.facts_index, *assessment.answers_index, cuts.disagreement);
        assessment.groups_disagree =
            sorts.answers_known && groups_far_apart(basis, cuts.disagreement);
    }
    assessment.level = assessment.computed;
    assessment.basis = std::move(basis);
    return assessment;
}

void apply_review(const model::FactorReview& review, FactorAssessment& assessment) {
    if (review.decision == model::ReviewDecision::withdrawn) return;
    assessment.review = review;
    assessment.changed_since_review = assessment.computed != review.computed;
    assessment.rejected = review.decision == model::ReviewDecision::rejected;
    assessment.level = review.level;
}

std::vector<std::size_t> ranked_causes(const std::vector<FactorAssessment>& factors) {
    std::vector<std::size_t> causes;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        if (factors[i].level && *factors[i].level != FactorLevel::low) causes.push_back(i);
    }
    std::ranges::sort(causes, [&](std::size_t one, std::size_t other) {
        const FactorAssessment& left = factors[one];
        const FactorAssessment& right = factors[other];
        if (left.level != right.level) return *left.level > *right.level;
        // A level that a curator set without data stands behind those that data speak for.
        if (left.computed.has_value() != right.computed.has_value()) {
            return left.computed.has_value();
        }
        if (less(left.index, right.index) || less(right.index, left.index)) {
            return less(right.index, left.index);
        }
        return left.factor < right.factor;
    });
    return causes;
}

}  // namespace opora::factors
