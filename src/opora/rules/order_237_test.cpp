// Order 237, VII: each criterion on both sides of its threshold, with the missing case and with
// every reading.

#include <doctest/doctest.h>

#include "opora/rules/evaluate.hpp"
#include "opora/rules/test_territory.hpp"

namespace opora::rules {

using model::Outcome;
using model::ProcedureType;
using testing::Territory;

namespace {

constexpr ProcedureType vpr = ProcedureType::vpr;
constexpr ProcedureType ege = ProcedureType::ege;
using Values = std::vector<std::pair<std::string, std::string>>;

/// The outcome of a rule for school s1 in 2024.
Outcome ask(const Territory& territory, const std::string& rule, const Values& values = {}) {
    const Pack pack = testing::with(testing::shipped("order-237"), values);
    const auto evidence = territory.evidence();
    const auto conclusion = BoundPack{pack, evidence, {2024}}.evaluate(0);
    for (std::size_t i = 0; i < pack.rules.size(); ++i) {
        if (pack.rules[i].id == rule) return conclusion.outcomes[i];
    }
    FAIL("no such rule");
    return Outcome::unknown;
}

/// Grade 9 finishers and those of them who went on, by year from 2022.
Territory continuation(std::initializer_list<std::pair<int, int>> years) {
    Territory territory;
    territory.school("s1");
    int year = 2022;
    for (const auto& [finished, went_on] : years) {
        territory.fact("s1", year, "grade9_finishers", finished);
        territory.fact("s1", year, "admitted_grade10_anywhere", went_on);
        territory.fact("s1", year, "admitted_grade10_here", went_on / 2);
        ++year;
    }
    return territory;
}

/// ОГЭ of three years: Russian with `failed` of `n` below the minimum and `good` with 4 and 5;
/// mathematics clean.
Territory oge(int failed, int n, int good) {
    Territory territory;
    territory.school("s1");
    for (const int year : {2022, 2023, 2024}) {
        territory.add({.subject = "russian", .year = year, .n = n, .low = failed, .good = good});
        territory.add({.subject = "mathematics", .year = year, .n = n, .low = 0, .good = good});
    }
    return territory;
}

/// Three ВПР of grade 4: own and regional mean in percent of a maximum of 100, one pupil of each
/// side.
Territory primary(std::array<int, 3> own, std::array<int, 3> others) {
    Territory territory;
    territory.school("s1");
    territory.school("s2");
    const char* subjects[] = {"russian", "mathematics", "world_around"};
    for (std::size_t i = 0; i < 3; ++i) {
        territory.add({.school = "s1",
                       .type = vpr,
                       .subject = subjects[i],
                       .grade = 4,
                       .n = 10,
                       .score_sum = own[i] * 10,
                       .score_max = 100});
        territory.reference({.type = vpr, .subject = subjects[i], .grade = 4}, "score_share",
                            {others[i], 100});
        territory.reference({.type = vpr, .subject = subjects[i], .grade = 4}, "mean_score",
                            {others[i], 1});
    }
    return territory;
}

}  // namespace

TEST_CASE("order 237, 1.1: 49,99 is below 50 %, 50,00 is not; pooled over three years") {
    CHECK(ask(continuation({{100, 40}, {100, 50}, {100, 59}}), "vii_1_1") == Outcome::met);
    CHECK(ask(continuation({{100, 40}, {100, 50}, {100, 60}}), "vii_1_1") == Outcome::not_met);
    CHECK(ask(continuation({{10, 10}, {1000, 490}, {10, 10}}), "vii_1_1") == Outcome::not_met);
    CHECK(ask(continuation({{10, 9}, {1000, 490}, {10, 10}}), "vii_1_1") == Outcome::met);
    CHECK(ask(continuation({{100, 40}, {100, 40}}), "vii_1_1") == Outcome::unknown);
}

TEST_CASE("order 237, 1.1: pooled, mean of years and every year are three readings") {
    const Territory territory = continuation({{10, 9}, {1000, 490}, {10, 9}});
    CHECK(ask(territory, "vii_1_1", {{"continuation_reading", "pooled"}}) == Outcome::met);
    CHECK(ask(territory, "vii_1_1", {{"continuation_reading", "mean"}}) == Outcome::not_met);
    CHECK(ask(territory, "vii_1_1", {{"continuation_reading", "every_year"}}) == Outcome::not_met);
    CHECK(ask(territory, "vii_1_1", {{"continuation_place", "here"}}) == Outcome::met);
    const Territory all_low = continuation({{10, 4}, {10, 4}, {10, 4}});
    CHECK(ask(all_low, "vii_1_1", {{"continuation_reading", "every_year"}}) == Outcome::met);
}

TEST_CASE("order 237, 2.1: below the region in all three subjects, or in any of them") {
    const Values any{{"primary_subjects_reading", "any_subject"}};
    CHECK(ask(primary({49, 49, 49}, {50, 50, 50}), "vii_2_1") == Outcome::met);
    CHECK(ask(primary({49, 49, 50}, {50, 50, 50}), "vii_2_1") == Outcome::not_met);
    CHECK(ask(primary({49, 50, 50}, {50, 50, 50}), "vii_2_1", any) == Outcome::met);
    CHECK(ask(primary({50, 50, 50}, {50, 50, 50}), "vii_2_1", any) == Outcome::not_met);
    Territory nothing;
    nothing.school("s1");
    CHECK(ask(nothing, "vii_2_1") == Outcome::unknown);
}

TEST_CASE("order 237, 2.2: 20,00 is not more than 20, 20,1 is; either side only where chosen") {
    const Values either{{"gap_direction", "either"}};
    CHECK(ask(primary({40, 40, 50}, {50, 50, 50}), "vii_2_2") == Outcome::not_met);
    CHECK(ask(primary({40, 40, 49}, {50, 50, 50}), "vii_2_2") == Outcome::met);
    CHECK(ask(primary({60, 60, 51}, {50, 50, 50}), "vii_2_2") == Outcome::not_met);
    CHECK(ask(primary({60, 60, 51}, {50, 50, 50}), "vii_2_2", either) == Outcome::met);
    CHECK(ask(primary({60, 60, 50}, {50, 50, 50}), "vii_2_2", either) == Outcome::not_met);
    const Values points{{"gap_unit", "mean_score"}};
    CHECK(ask(primary({40, 40, 50}, {50, 50, 50}), "vii_2_2", points) == Outcome::not_met);
    CHECK(ask(primary({40, 40, 49}, {50, 50, 50}), "vii_2_2", points) == Outcome::met);
}

TEST_CASE("order 237, 3.1: 3,50 and more of failures together with quality below 40,00") {
    struct Row {
        int failed;
        int n;
        int good;
        Outcome outcome;
    };
    for (const Row& row : {Row{7, 200, 79, Outcome::met}, Row{7, 200, 80, Outcome::not_met},
                           Row{6, 200, 79, Outcome::not_met}, Row{0, 200, 0, Outcome::not_met},
                           Row{7, 201, 80, Outcome::not_met}}) {
        CAPTURE(row.failed);
        CAPTURE(row.good);
        CHECK(ask(oge(row.failed, row.n, row.good), "vii_3_1") == row.outcome);
    }
}

TEST_CASE("order 237, 3.1: without results unknown; one side that fails decides") {
    Territory nothing;
    nothing.school("s1");
    CHECK(ask(nothing, "vii_3_1") == Outcome::unknown);
    Territory two_years;
    two_years.school("s1");
    for (const int year : {2023, 2024}) {
        two_years.add({.subject = "russian", .year = year, .n = 100, .low = 9, .good = 10});
        two_years.add({.subject = "mathematics", .year = year, .n = 100, .low = 9, .good = 10});
    }
    CHECK(ask(two_years, "vii_3_1") == Outcome::unknown);
    CHECK(ask(two_years, "vii_3_1", {{"window_years", "2 years"}}) == Outcome::met);
    CHECK(ask(two_years, "vii_3_1", {{"year_without_procedure", "shorten"}}) == Outcome::met);
}

TEST_CASE("order 237, 3.1: quality pooled, mean and the literal sum of years") {
    const Territory territory = oge(10, 100, 20);
    CHECK(ask(territory, "vii_3_1", {{"quality_reading", "pooled"}}) == Outcome::met);
    CHECK(ask(territory, "vii_3_1", {{"quality_reading", "mean"}}) == Outcome::met);
    // 20 + 20 + 20 is not below 40.
    CHECK(ask(territory, "vii_3_1", {{"quality_reading", "literal_sum"}}) == Outcome::not_met);
    CHECK(ask(oge(10, 100, 13), "vii_3_1", {{"quality_reading", "literal_sum"}}) == Outcome::met);
}

TEST_CASE("order 237, 3.2: 10,00 and more; not applicable without grades 10 and 11") {
    const auto with_ege = [](int failed, model::SchoolType type) {
        Territory territory;
        territory.school("s1", type);
        for (const int year : {2022, 2023, 2024}) {
            territory.add({.type = ege,
                           .subject = "russian",
                           .grade = 11,
                           .year = year,
                           .n = 100,
                           .low = failed});
        }
        return territory;
    };
    CHECK(ask(with_ege(10, model::SchoolType::secondary), "vii_3_2") == Outcome::met);
    CHECK(ask(with_ege(9, model::SchoolType::secondary), "vii_3_2") == Outcome::not_met);
    CHECK(ask(with_ege(10, model::SchoolType::basic), "vii_3_2") == Outcome::not_applicable);
    Territory nothing;
    nothing.school("s1");
    CHECK(ask(nothing, "vii_3_2") == Outcome::unknown);
}

TEST_CASE("order 237: the combination of criteria is a parameter; levels not taught drop out") {
    // Only 3.1 is met; the primary school is not taught, grades 10 and 11 neither.
    Territory territory = oge(10, 100, 20);
    Pack pack = testing::shipped("order-237");
    const auto verdict = [&](model::SchoolType type, int grade_low, const Values& values) {
        Territory own;
        model::School& school = own.school("s1", type);
        school.grade_low = grade_low;
        for (const int year : {2022, 2023, 2024}) {
            own.fact("s1", year, "grade9_finishers", 10);
            own.fact("s1", year, "admitted_grade10_anywhere", 9);
            for (const char* subject : {"russian", "mathematics"}) {
                own.add({.subject = subject, .year = year, .n = 100, .low = 10, .good = 20});
            }
            own.add({.type = ege, .subject = "russian", .grade = 11, .year = year, .n = 100});
        }
        const auto evidence = own.evidence();
        return BoundPack{testing::with(pack, values), evidence, {2024}}.evaluate(0).verdict;
    };
    using enum model::Verdict;
    CHECK(verdict(model::SchoolType::basic, 5, {}) == listed);
    CHECK(verdict(model::SchoolType::basic, 5, {{"combination", "k_of_n"}}) == not_listed);
    CHECK(verdict(model::SchoolType::basic, 5, {{"combination", "every_level"}}) == listed);
    CHECK(verdict(model::SchoolType::secondary, 5, {{"combination", "every_level"}}) == not_listed);
    CHECK(for_teachers(pack));
    CHECK_FALSE(for_teachers(testing::with(pack, {{"judged_unit", "school"}})));
}

}  // namespace opora::rules
