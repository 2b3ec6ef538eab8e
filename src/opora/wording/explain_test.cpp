#include "opora/wording/explain.hpp"

#include <doctest/doctest.h>

#include "support/golden.hpp"
#include "support/sample_listings.hpp"

namespace opora::wording {

namespace {

Vocabulary vocabulary() {
    return {.subjects = {{{"mathematics"}, "математика"},
                         {{"russian"}, "русский язык"},
                         {{"history"}, "история"}},
            .indicators = {},
            .rules = {{"A", "две процедуры и более"}, {"B", "одна процедура два года подряд"}},
            .methodology = {}};
}

std::string explained(const model::Listing& listing) {
    return explain_text(listing, heading_of(testing::sample_list()), vocabulary());
}

}  // namespace

TEST_CASE("a listed school reads which procedures put it on the list and how near each one was") {
    testing::check_golden("wording/listed.txt", explained(testing::listed_school()));
}

TEST_CASE("a computed number is followed by the values it was computed from") {
    model::Listing listing{.school = {"edu000109"},
                           .school_name = "Озёрская СОШ",
                           .verdict = model::Verdict::listed,
                           .probability = 0.83,
                           .reliability = model::Reliability::sure,
                           .rules_met = {"oge"},
                           .findings = {testing::failures_and_quality()}};
    testing::check_golden("wording/computed.txt", explained(listing));
}

TEST_CASE("a teacher's listing names the school and the teacher's code, and no gender") {
    model::Listing listing{.school = {"edu000110"},
                           .school_name = "Луговая СОШ",
                           .teacher = {"T-12"},
                           .verdict = model::Verdict::listed,
                           .rules_met = {"oge", "vpr"}};
    testing::check_golden("wording/teacher.txt", explained(listing));
}

TEST_CASE("every verdict has its sentence") {
    struct Row {
        model::Verdict verdict;
        std::vector<std::string> rules_met;
        std::vector<model::Outcome> outcomes;
        const char* sentence;
    };
    using model::Outcome;
    using model::Verdict;
    const std::vector<Row> rows{
        {Verdict::listed,
         {"A"},
         {Outcome::met},
         "Включена в перечень: выполнено условие A (две процедуры и более)."},
        {Verdict::listed,
         {"A", "B"},
         {Outcome::met, Outcome::met},
         "Включена в перечень: выполнены условия A и B."},
        {Verdict::listed, {"A", "B", "C"}, {}, "Включена в перечень: выполнены условия A, B и C."},
        {Verdict::listed, {}, {}, "Включена в перечень."},
        {Verdict::watch, {"C"}, {Outcome::met}, "Под наблюдением: выполнено условие C."},
        {Verdict::not_listed,
         {},
         {Outcome::not_met},
         "Не включена в перечень: ни одно условие не выполнено."},
        {Verdict::not_listed,
         {},
         {Outcome::not_met, Outcome::unknown},
         "Не включена в перечень: ни одно условие не выполнено, часть условий проверить нельзя."},
        {Verdict::not_listed,
         {"A"},
         {Outcome::met},
         "Не включена в перечень; при этом выполнено условие A (две процедуры и более)."},
        {Verdict::unknown, {}, {Outcome::unknown}, "Решения нет: данных недостаточно."},
        {Verdict::excluded, {}, {}, "Не рассматривается по этой методике."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.sentence);
        model::Listing listing{.verdict = row.verdict, .rules_met = row.rules_met};
        for (const Outcome outcome : row.outcomes) listing.findings.push_back({.outcome = outcome});
        CHECK(verdict_sentence(listing, vocabulary()) == row.sentence);
    }
}

TEST_CASE("a clause is a point, unless it names itself") {
    CHECK(clause_words("1.1") == "п.\u00a01.1");
    CHECK(clause_words("VII 3.1") == "п.\u00a0VII 3.1");
    CHECK(clause_words("разд. 3") == "разд. 3");
}

TEST_CASE("sources are named once with all their rows") {
    CHECK(sources_words({}) == "");
    CHECK(sources_words({{"а.xlsx", 0, 0}}) == "«а.xlsx»");
    CHECK(sources_words({{"а.xlsx", 5, 5}}) == "«а.xlsx», строка 5");
    CHECK(sources_words({{"а.xlsx", 5, 5}, {"а.xlsx", 9, 12}, {"б.csv", 1, 2}}) ==
          "«а.xlsx», строки 5, 9–12; «б.csv», строки 1–2");
}

}  // namespace opora::wording
