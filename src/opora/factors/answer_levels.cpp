#include "opora/factors/answer_levels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/factors/sign_levels.hpp"
#include "opora/statistics/wilson.hpp"

namespace opora::factors {

namespace {

using model::AnswerSide;
using model::FactorCuts;
using model::FactorLevel;
using model::Measurement;
using model::SignReading;

/// Answers by their side, seen from the question.
struct Sides {
    std::int64_t unfavourable = 0;
    std::int64_t neutral = 0;
    std::int64_t all = 0;
    bool foreign = false;  ///< Some answer is not of the scale that the question has now.
};

Sides sides_of(const model::AnswerScale& scale, AnswerSide problem,
               const model::AnswerTally& tally) {
    Sides sides;
    for (const model::AnswerCount& count : tally.answers) {
        const model::ScaleAnswer* answer = scale.find(count.answer);
        if (answer == nullptr) {
            sides.foreign = true;
            continue;
        }
        sides.all += count.respondents;
        if (answer->side == problem) sides.unfavourable += count.respondents;
        if (answer->side == AnswerSide::neutral) sides.neutral += count.respondents;
    }
    return sides;
}

FactorLevel level_of(const base::Fraction& share, const FactorCuts& cuts) {
    if (!less(share, cuts.answers_high)) return FactorLevel::high;
    return less(share, cuts.answers_middle) ? FactorLevel::low : FactorLevel::middle;
}

FactorLevel level_of(double share, const FactorCuts& cuts) {
    if (share >= cuts.answers_high.value()) return FactorLevel::high;
    return share < cuts.answers_middle.value() ? FactorLevel::low : FactorLevel::middle;
}

void judge_people(const Sides& sides, const FactorCuts& cuts, SignReading& reading) {
    if (sides.all < cuts.respondents_min) {
        reading.value = Measurement::absent(model::Missing::too_few_results);
        reading.reason = fmt::format("ответивших меньше {}", cuts.respondents_min);
        return;
    }
    reading.value = Measurement::of(sides.unfavourable, sides.all, sides.all);
    const auto interval = statistics::wilson_95(sides.unfavourable, sides.all);
    reading.interval_low = interval.low;
    reading.interval_high = interval.high;
    reading.level = level_of(reading.value.ratio, cuts);
    reading.range = {std::min(*reading.level, level_of(interval.low, cuts)),
                     std::max(*reading.level, level_of(interval.high, cuts))};
}

void judge_office(const Sides& sides, SignReading& reading) {
    const std::int64_t points = 2 * sides.unfavourable + sides.neutral;
    reading.value = Measurement::of(points, 2 * sides.all, sides.all);
    // points / all >= 3/2, >= 1/2.
    reading.level = 2 * points >= 3 * sides.all ? FactorLevel::high
                    : 2 * points >= sides.all   ? FactorLevel::middle
                                                : FactorLevel::low;
    reading.range = {*reading.level, *reading.level};
}

}  // namespace

SignReading read_answers(const model::Questionnaire& questionnaire,
                         const model::QuestionnaireItem& item, const model::AnswerTally* tally,
                         const FactorCuts& cuts) {
    SignReading reading{.code = item.code.value,
                        .title = item.text,
                        .group = questionnaire.group,
                        .official = questionnaire.official,
                        .weight = item.weight,
                        .value = Measurement::absent(model::Missing::no_data),
                        .unit = model::Unit::share};
    if (tally == nullptr) {
        reading.reason = "анкета не проводилась";
        return reading;
    }
    const Sides sides = sides_of(*questionnaire.scale(item.scale), item.problem, *tally);
    if (sides.foreign) {
        reading.reason = "ответы собраны по другой шкале";
    } else if (sides.all == 0) {
        reading.reason = "на вопрос не ответили";
    } else if (questionnaire.official) {
        judge_office(sides, reading);
    } else {
        judge_people(sides, cuts, reading);
    }
    return reading;
}

}  // namespace opora::factors
