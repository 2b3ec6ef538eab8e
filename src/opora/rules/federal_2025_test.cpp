// DOMAIN 1.1: at least 30 % below the threshold in two procedures of a year (A), or in the same
// procedure two years running (B).

#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using model::Outcome;
using model::ProcedureType;
using model::Verdict;
using testing::Territory;

namespace {

constexpr ProcedureType vpr = ProcedureType::vpr;

Conclusion judge(const Territory& territory, const Pack& pack, int year = 2024) {
    const auto evidence = territory.evidence();
    return BoundPack{pack, evidence, {year}}.evaluate(0);
}

/// Two ВПР of grade 5 and one of grade 6 in 2024, nothing expected besides: grades 5 and 6 only.
Territory school_with(int low_first, int n_first, int low_second, int n_second) {
    Territory territory;
    model::School& school = territory.school("s1");
    school.grade_low = 10;
    school.grade_high = 11;
    territory.add({.type = vpr, .subject = "history", .grade = 10, .n = n_first, .low = low_first});
    territory.add(
        {.type = vpr, .subject = "biology", .grade = 10, .n = n_second, .low = low_second});
    return territory;
}

}  // namespace

TEST_CASE("federal-2025: a procedure is low from 30 % on, compared exactly") {
    struct Row {
        int low;
        int n;
        Outcome outcome;
    };
    const Pack pack = testing::shipped("federal-2025");
    for (const Row& row :
         {Row{3, 10, Outcome::met}, Row{2, 7, Outcome::not_met}, Row{299, 1000, Outcome::not_met},
          Row{300, 1000, Outcome::met}, Row{8, 25, Outcome::met}, Row{7, 25, Outcome::not_met}}) {
        CAPTURE(row.low);
        CAPTURE(row.n);
        const auto conclusion = judge(school_with(row.low, row.n, 5, 10), pack);
        CHECK(conclusion.outcomes[0] == row.outcome);
        CHECK(conclusion.verdict ==
              (row.outcome == Outcome::met ? Verdict::listed : Verdict::watch));
    }
}

TEST_CASE("federal-2025: one low procedure is not enough for A, two are") {
    const Pack pack = testing::shipped("federal-2025");
    CHECK(judge(school_with(4, 10, 0, 10), pack).outcomes[0] == Outcome::not_met);
    CHECK(judge(school_with(4, 10, 4, 10), pack).outcomes[0] == Outcome::met);
    const Pack three = testing::with(pack, {{"procedures_min", "3"}});
    CHECK(judge(school_with(4, 10, 4, 10), three).outcomes[0] == Outcome::not_met);
}

TEST_CASE("federal-2025: B needs the same work low in both years") {
    struct Row {
        int low_now;
        int low_before;
        const char* subject_before;
        Outcome outcome;
    };
    const Pack pack = testing::shipped("federal-2025");
    for (const Row& row :
         {Row{3, 3, "history", Outcome::met}, Row{3, 2, "history", Outcome::not_met},
          Row{2, 3, "history", Outcome::not_met}, Row{3, 3, "biology", Outcome::not_met}}) {
        CAPTURE(row.subject_before);
        Territory territory = school_with(row.low_now, 10, 0, 10);
        territory.add({.type = vpr,
                       .subject = row.subject_before,
                       .grade = 10,
                       .year = 2023,
                       .n = 10,
                       .low = row.low_before});
        CHECK(judge(territory, pack).outcomes[1] == row.outcome);
    }
}

TEST_CASE(
    "federal-2025: in a first year B is unknown, and a school without A is not listed by one "
    "year") {
    const Pack pack = testing::shipped("federal-2025");
    const auto without_a = judge(school_with(4, 10, 0, 10), pack);
    CHECK(without_a.outcomes[1] == Outcome::unknown);
    CHECK(without_a.verdict == Verdict::watch);
    CHECK(without_a.one_year);

    const auto with_a = judge(school_with(4, 10, 4, 10), pack);
    CHECK(with_a.outcomes[1] == Outcome::unknown);
    CHECK(with_a.verdict == Verdict::listed);
    CHECK_FALSE(with_a.one_year);

    const Pack both = testing::with(pack, {{"combination", "a_and_b"}});
    CHECK(judge(school_with(4, 10, 4, 10), both).verdict != Verdict::listed);
    const Pack cautious = testing::with(pack, {{"missing_earlier_years", "unknown"}});
    CHECK(judge(school_with(4, 10, 0, 10), cautious).verdict == Verdict::unknown);
}

TEST_CASE("federal-2025: a school without any result is unknown, not «not listed»") {
    const Pack pack = testing::shipped("federal-2025");
    Territory territory = school_with(4, 10, 4, 10);
    territory.school("s0");
    const auto conclusion = judge(territory, pack);
    CHECK(conclusion.outcomes[0] == Outcome::unknown);
    CHECK(conclusion.verdict == Verdict::unknown);
}

TEST_CASE(
    "federal-2025: an expected procedure that is absent leaves only what it could change unknown") {
    const Pack pack = testing::shipped("federal-2025");
    Territory territory;
    model::School& school = territory.school("s1");
    school.grade_low = 9;
    territory.school("s2");
    territory.add({.school = "s2", .subject = "russian", .n = 10, .low = 0});
    territory.add({.school = "s2", .subject = "mathematics", .n = 10, .low = 0});
    territory.add({.school = "s1", .subject = "russian", .n = 10, .low = 5});
    // One low, one absent: the absent one decides.
    CHECK(judge(territory, pack).outcomes[0] == Outcome::unknown);
    // None low, one absent: two cannot be reached.
    territory = Territory{};
    territory.school("s1").grade_low = 9;
    territory.school("s2");
    territory.add({.school = "s2", .subject = "russian", .n = 10, .low = 0});
    territory.add({.school = "s2", .subject = "mathematics", .n = 10, .low = 0});
    territory.add({.school = "s1", .subject = "russian", .n = 10, .low = 2});
    CHECK(judge(territory, pack).outcomes[0] == Outcome::not_met);
}

TEST_CASE("federal-2025: too few results are not counted, unknown, or counted, as the pack says") {
    const Pack pack = testing::with(testing::shipped("federal-2025"), {{"n_min", "10"}});
    const Territory territory = school_with(4, 9, 5, 10);
    CHECK(judge(territory, pack).outcomes[0] == Outcome::not_met);
    CHECK(judge(territory, testing::with(pack, {{"below_n_min", "unknown"}})).outcomes[0] ==
          Outcome::unknown);
    CHECK(judge(territory, testing::with(pack, {{"below_n_min", "counted"}})).outcomes[0] ==
          Outcome::met);
}

TEST_CASE("federal-2025: types of schools, retakes and participation") {
    const Pack pack = testing::shipped("federal-2025");
    Territory evening = school_with(4, 10, 4, 10);
    evening.school("s0", model::SchoolType::evening);
    CHECK(judge(evening, pack).verdict == Verdict::excluded);

    Territory retake = school_with(4, 10, 0, 10);
    retake.add({.type = vpr,
                .subject = "physics",
                .grade = 10,
                .n = 10,
                .low = 9,
                .period = model::Period::retake});
    CHECK(judge(retake, pack).outcomes[0] == Outcome::not_met);

    Territory absent = school_with(4, 10, 4, 10);
    absent.add({.type = vpr, .subject = "physics", .grade = 10, .n = 1, .low = 0, .absent = 30});
    const auto conclusion = judge(absent, pack);
    CHECK(conclusion.verdict == Verdict::unknown);
    CHECK(conclusion.review == Review::participation);
}

TEST_CASE(
    "federal-2025: a finding leads to the share, its interval, the threshold and the rows of the "
    "file") {
    const Pack pack = testing::shipped("federal-2025");
    const auto evidence = school_with(8, 25, 5, 10).evidence();
    const BoundPack bound{pack, evidence, {2024}};
    const auto findings = bound.derive(0);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "A");
    CHECK(findings[0].outcome == Outcome::met);
    const auto& comparison = findings[0].derivation;
    REQUIRE(comparison.parts.size() == 2);
    CHECK(comparison.comparison == ">=");
    const auto& members = comparison.parts[0];
    REQUIRE(members.parts.size() == 2);
    const auto& share = members.parts[1].parts[0];
    CHECK(share.indicator == "low_share");
    CHECK(share.value.ratio == base::Fraction{8, 25});
    CHECK(share.value.n == 25);
    REQUIRE(share.has_interval);
    CHECK(share.interval_low == doctest::Approx(0.172).epsilon(0.01));
    REQUIRE(share.sources.size() == 1);
    CHECK(share.sources[0].file == "протокол.xlsx");
    CHECK(bound.derive_listing(0).outcome == Outcome::met);
}

}  // namespace opora::rules
