#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

using namespace opora;
using namespace opora::rules;
using rules::testing::Territory;

namespace {

constexpr auto vpr = model::ProcedureType::vpr;

/// Twenty participants of grade 5 in one work and none that failed.
Territory taken(const char* subject, int absent, int grade = 5) {
    Territory territory;
    territory.school("s1");
    territory.add({.type = vpr,
                   .subject = subject,
                   .grade = grade,
                   .n = 20,
                   .low = 0,
                   .good = 20,
                   .absent = absent});
    return territory;
}

Review review(const Territory& territory) {
    const auto evidence = territory.evidence();
    const BoundPack bound{rules::testing::shipped("federal-2025"), evidence, {2024}};
    return bound.evaluate(0).review;
}

}  // namespace

TEST_CASE("participation is of the enrolled where the passport tells them, else of the rows") {
    struct Row {
        const char* subject;
        int grade;
        int absent;
        int enrolled;  // -1: the passport does not say.
        Review expected;
    };
    // The limit of federal-2025 is 50 %.
    for (const Row& row : std::vector<Row>{
             {"russian", 5, 20, -1, Review::none},
             {"russian", 5, 21, -1, Review::participation},
             {"russian", 5, 0, 40, Review::none},
             {"russian", 5, 0, 41, Review::participation_of_enrolled},
             {"mathematics", 6, 0, 41, Review::participation_of_enrolled},
             // From grade 7 pupils divide between two works of mathematics.
             {"mathematics", 7, 0, 41, Review::none},
             // A subject drawn for one class of the parallel.
             {"biology", 5, 0, 41, Review::none},
             {"biology", 5, 21, 41, Review::participation},
             // A passport that knows fewer pupils than the protocol has rows is out of date.
             {"russian", 5, 21, 10, Review::participation_of_enrolled},
             {"russian", 5, 0, 0, Review::none}}) {
        CAPTURE(row.subject);
        CAPTURE(row.grade);
        CAPTURE(row.absent);
        CAPTURE(row.enrolled);
        Territory territory = taken(row.subject, row.absent, row.grade);
        if (row.enrolled >= 0) {
            territory.fact("s1", 2024, "enrolled_grade_" + std::to_string(row.grade), row.enrolled);
        }
        CHECK(review(territory) == row.expected);
    }
}

TEST_CASE("the passport of another year or grade does not tell the enrolled") {
    Territory territory = taken("russian", 0);
    territory.fact("s1", 2023, "enrolled_grade_5", 100).fact("s1", 2024, "enrolled_grade_6", 100);
    CHECK(review(territory) == Review::none);
}

TEST_CASE("the note says what the participants are a share of") {
    Conclusion conclusion;
    conclusion.review = Review::participation;
    CHECK(notes(conclusion).front().find("строк протокола") != std::string::npos);
    conclusion.review = Review::participation_of_enrolled;
    CHECK(notes(conclusion).front().find("паспорту") != std::string::npos);
}
