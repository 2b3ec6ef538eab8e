#include "opora/factors/answer_levels.hpp"

#include <doctest/doctest.h>

using namespace opora;
using model::AnswerSide;
using model::FactorLevel;

namespace {

model::FactorCuts cuts() {
    model::FactorCuts cuts;
    cuts.respondents_min = 5;
    cuts.answers_middle = {25, 100};
    cuts.answers_high = {50, 100};
    return cuts;
}

model::Questionnaire questionnaire(bool official) {
    model::Questionnaire one{.code = {"pupils"}, .official = official};
    one.scales = {{.code = "agreement",
                   .answers = {{.code = "yes", .side = AnswerSide::agree},
                               {.code = "rather", .side = AnswerSide::agree},
                               {.code = "unsure", .side = AnswerSide::neutral},
                               {.code = "no", .side = AnswerSide::disagree}}}};
    one.items = {{.code = {"p01"},
                  .text = "Мне интересно на уроках",
                  .scale = "agreement",
                  .problem = AnswerSide::disagree}};
    return one;
}

model::SignReading read(std::vector<model::AnswerCount> answers, bool official = false,
                        AnswerSide problem = AnswerSide::disagree) {
    model::Questionnaire one = questionnaire(official);
    one.items[0].problem = problem;
    const model::AnswerTally tally{.school = {"107"},
                                   .questionnaire = one.code,
                                   .item = {"p01"},
                                   .respondents = 100,
                                   .answers = std::move(answers)};
    return factors::read_answers(one, one.items[0], &tally, cuts());
}

}  // namespace

TEST_CASE("half of the answers unfavourable is high, a quarter middle, less is low") {
    const struct {
        std::int64_t no, yes;
        FactorLevel level;
    } rows[] = {{50, 50, FactorLevel::high},   {49, 51, FactorLevel::middle},
                {25, 75, FactorLevel::middle}, {24, 76, FactorLevel::low},
                {0, 100, FactorLevel::low},    {100, 0, FactorLevel::high}};
    for (const auto& row : rows) {
        CAPTURE(row.no);
        const auto reading = read({{"yes", row.yes}, {"no", row.no}});
        REQUIRE(reading.level);
        CHECK(*reading.level == row.level);
        CHECK(*reading.interval_low <= reading.value.ratio.value());
        CHECK(*reading.interval_high >= reading.value.ratio.value());
    }
}

TEST_CASE("all answers of the unfavourable side count; who does not know counts among all") {
    const auto reading =
        read({{"yes", 20}, {"rather", 10}, {"unsure", 20}, {"no", 10}}, false, AnswerSide::agree);
    CHECK(reading.value == model::Measurement::of(30, 60, 60));
    CHECK(*reading.level == FactorLevel::high);
}

TEST_CASE("four answers are neither used nor shown, five are") {
    for (std::int64_t n = 1; n <= 4; ++n) {
        CAPTURE(n);
        const auto reading = read({{"no", n}});
        CHECK_FALSE(reading.level);
        CHECK_FALSE(reading.value.known());
        CHECK_MESSAGE(reading.value.n == 0, "how many they were is not told either");
        CHECK_FALSE(reading.interval_low);
        CHECK(reading.reason == "ответивших меньше 5");
    }
    CHECK(*read({{"no", 5}}).level == FactorLevel::high);
}

TEST_CASE("the single answer of a school as an office counts: middle for «отчасти»") {
    CHECK(*read({{"no", 1}}, true).level == FactorLevel::high);
    CHECK(*read({{"unsure", 1}}, true).level == FactorLevel::middle);
    CHECK(*read({{"yes", 1}}, true).level == FactorLevel::low);
    CHECK_MESSAGE(*read({{"yes", 1}, {"no", 1}}, true).level == FactorLevel::middle,
                  "two answers of an office that contradict each other");
    CHECK(*read({{"unsure", 1}, {"no", 1}}, true).level == FactorLevel::high);
    CHECK(*read({{"unsure", 1}, {"yes", 2}}, true).level == FactorLevel::low);
    CHECK_FALSE(read({{"no", 1}}, true).interval_low);
}

TEST_CASE("no answers, no questionnaire and answers on another scale have their reasons") {
    CHECK(read({}).reason == "на вопрос не ответили");
    CHECK(read({}, true).reason == "на вопрос не ответили");
    CHECK(read({{"never", 50}}).reason == "ответы собраны по другой шкале");
    const model::Questionnaire one = questionnaire(false);
    const auto nothing = factors::read_answers(one, one.items[0], nullptr, cuts());
    CHECK(nothing.reason == "анкета не проводилась");
    CHECK_FALSE(nothing.level);
}
