// Results with signs of non-objective assessment: `inclusion: marked_results`.

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using model::Outcome;
using model::ProcedureType;
using testing::Territory;

namespace {

/// Two ВПР of grade 10 in 2024; the first has an official marker or not.
Territory marked_school(int low_first, int low_second, bool marked) {
    Territory territory;
    model::School& school = territory.school("s1");
    school.grade_low = 10;
    school.grade_high = 11;
    territory.add(
        {.type = ProcedureType::vpr, .subject = "history", .grade = 10, .n = 10, .low = low_first});
    territory.add({.type = ProcedureType::vpr,
                   .subject = "biology",
                   .grade = 10,
                   .n = 10,
                   .low = low_second});
    territory.marker("s1", 2024, "history", 10, marked);
    return territory;
}

Outcome outcome(const indicators::Evidence& evidence, const char* reading) {
    const Pack pack =
        testing::with(testing::shipped("federal-2025"), {{"marked_results", reading}});
    return BoundPack{pack, evidence, {2024}}.evaluate(0).outcomes[0];
}

}  // namespace

TEST_CASE("a marked result counts by default and is unknown when the pack leaves it out") {
    struct Row {
        int low_first;
        int low_second;
        bool marked;
        Outcome counted;
        Outcome official_excluded;
    };
    for (const Row& row : {Row{4, 4, true, Outcome::met, Outcome::unknown},
                           Row{4, 4, false, Outcome::met, Outcome::met},
                           // One low result could at most be two: the marked one decides.
                           Row{0, 4, true, Outcome::not_met, Outcome::unknown},
                           // No low result besides: the marked one cannot make two.
                           Row{4, 0, true, Outcome::not_met, Outcome::not_met}}) {
        CAPTURE(row.low_first);
        CAPTURE(row.low_second);
        CAPTURE(row.marked);
        const auto evidence = marked_school(row.low_first, row.low_second, row.marked).evidence();
        CHECK(outcome(evidence, "counted") == row.counted);
        CHECK(outcome(evidence, "official_excluded") == row.official_excluded);
        CHECK(outcome(evidence, "all_excluded") == row.official_excluded);
    }
}

TEST_CASE("a marker speaks of the ВПР of its year, subject and grade only") {
    Territory territory = marked_school(4, 4, false);
    territory.marker("s1", 2023, "history", 10, true);
    territory.marker("s1", 2024, "history", 11, true);
    territory.marker("s1", 2024, "physics", 10, true);
    territory.marker("s9", 2024, "history", 10, true);
    CHECK(outcome(territory.evidence(), "official_excluded") == Outcome::met);
}

TEST_CASE("a computed mark is left out only when the pack asks for both") {
    const auto evidence = marked_school(4, 4, false).evidence();
    const auto history = evidence.cells()[1].procedure;
    const std::vector<indicators::MarkedCell> marked{{0, history}};
    const auto with = evidence.with_computed_marks(marked);
    CHECK(outcome(with, "counted") == Outcome::met);
    CHECK(outcome(with, "official_excluded") == Outcome::met);
    CHECK(outcome(with, "all_excluded") == Outcome::unknown);
    CHECK(outcome(with.with_computed_marks({}), "all_excluded") == Outcome::met);
}

TEST_CASE("the derivation says why a marked result is unknown") {
    const Pack pack =
        testing::with(testing::shipped("federal-2025"), {{"marked_results", "official_excluded"}});
    const auto evidence = marked_school(4, 4, true).evidence();
    const auto findings = BoundPack{pack, evidence, {2024}}.derive(0);
    const std::function<bool(const model::Derivation&)> told = [&](const model::Derivation& node) {
        return node.value.missing == model::Missing::marked ||
               std::ranges::any_of(node.parts, told);
    };
    CHECK(std::ranges::any_of(findings,
                              [&](const model::Finding& one) { return told(one.derivation); }));
}

}  // namespace opora::rules
