#pragma once

#include <doctest/doctest.h>

#include <vector>

#include "contract/register_store_contract.hpp"

/// What every RegisterStore promises of answers to questionnaires and of decisions on factors.
namespace opora::contract {

inline model::AnswerTally sample_tally(const char* school, const char* item, int year = 2024) {
    return {.school = {school},
            .year = {year},
            .questionnaire = {"pupils"},
            .item = {item},
            .respondents = 9,
            .answers = {{"always", 5}, {"never", 3}}};
}

inline void register_keeps_answers(const MakeRegisterStore& make) {
    const auto store = make();
    const std::string hash = store->rows_hash();
    model::AnswerTally nobody = sample_tally("107", "p02");
    nobody.answers.clear();
    const ports::RegisterRows file{
        .answers = {sample_tally("108", "p01"), nobody, sample_tally("107", "p01")}};
    const auto first = store->import(file, false, sample_receipt("answers")).number;
    const std::vector<model::AnswerTally> kept{sample_tally("107", "p01"), nobody,
                                               sample_tally("108", "p01")};
    CHECK(store->answers({2024}) == kept);
    CHECK(store->answers({2023}).empty());
    CHECK_MESSAGE(store->rows() == ports::RegisterRows{}, "no list is made of answers");
    CHECK(store->rows_hash() == hash);

    CHECK(store->compare(file, false).unchanged == 3);
    model::AnswerTally changed = sample_tally("107", "p01");
    changed.answers = {{"never", 8}};
    const auto changes = store->compare({.answers = {changed}}, false);
    CHECK(changes.changed == 1);
    REQUIRE(changes.examples.size() == 1);
    CHECK_MESSAGE(changes.examples[0].find("never") == std::string::npos,
                  "how few people answered is not shown");
    const auto second =
        store->import({.answers = {changed}}, false, sample_receipt("answers")).number;
    CHECK(store->answers({2024})[0] == changed);
    CHECK(code_of(store->undo(second, "local:petrova")) == "done");
    CHECK(store->answers({2024})[0] == sample_tally("107", "p01"));
    CHECK(code_of(store->undo(first, "local:petrova")) == "done");
    CHECK(store->answers({2024}).empty());
}

inline void register_keeps_reviews(const MakeRegisterStore& make) {
    const auto store = make();
    const std::string hash = store->rows_hash();
    const model::FactorReview decision{.school = {"107"},
                                       .year = {2024},
                                       .factor = {"discipline"},
                                       .decision = model::ReviewDecision::changed,
                                       .level = model::FactorLevel::high,
                                       .computed = std::nullopt,
                                       .note = "Посетили уроки; 'шумно'",
                                       .curator = "local:ivanova"};
    const auto first = store->add_review(decision);
    CHECK(first.number == 1);
    CHECK_FALSE(first.time.empty());
    model::FactorReview later = decision;
    later.decision = model::ReviewDecision::rejected;
    later.level = std::nullopt;
    later.computed = model::FactorLevel::low;
    const auto second = store->add_review(later);
    CHECK(second.number == 2);
    const std::vector<model::FactorReview> kept{first, second};
    CHECK_MESSAGE(store->reviews({2024}) == kept, "nothing is overwritten");
    CHECK(store->reviews({2023}).empty());
    CHECK(store->rows_hash() == hash);
    CHECK_MESSAGE(store->imports().empty(), "a decision is no import: none undoes it");
}

inline void factor_records_contract(const MakeRegisterStore& make) {
    SUBCASE("answers come back by year, are undone, and bear on no list") {
        register_keeps_answers(make);
    }
    SUBCASE("decisions on factors come back in their order; none is lost") {
        register_keeps_reviews(make);
    }
}

}  // namespace opora::contract
