// O2, O3 and O5: the level of results against a group, a year and an examination.

#include "opora/objectivity/level_signs.hpp"

#include <doctest/doctest.h>

#include "opora/objectivity/test_results.hpp"

namespace opora::objectivity {

namespace {

using testing::Results;
using testing::work;

constexpr model::ProcedureType oge = model::ProcedureType::oge;

Results schools(int count, int pupils = 40) {
    Results results;
    for (int i = 0; i < count; ++i) results.school((i < 10 ? "s0" : "s") + std::to_string(i));
    testing::honest_schools(results, count, pupils, 31);
    return results;
}

void shift(std::vector<int>& scores, int points) {
    for (int& score : scores) score = std::clamp(score + 2 * points, 0, 38);
}

}  // namespace

TEST_CASE(
    "O2: far above the group is marked by a small p, and schools are not compared with less") {
    Results results = schools(40);
    shift(results.works()[0].scores, 7);
    const auto rows = above_group(results.material());
    CHECK(rows[0].p < 1e-3);
    CHECK(rows[0].observed > rows[0].expected + 4);
    for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i].p > 0.001);
}

TEST_CASE("O2: nine participants, nine schools, equal results and gymnasiums are not tested") {
    SUBCASE("participants") {
        for (const int n : {9, 10}) {
            CAPTURE(n);
            Results results = schools(40);
            results.works()[0].scores.resize(static_cast<std::size_t>(n));
            CHECK((above_group(results.material())[0].untested == Untested::none) == (n == 10));
        }
    }
    SUBCASE("schools") {
        for (const int count : {9, 10}) {
            CAPTURE(count);
            Results results = schools(count);
            const auto rows = above_group(results.material());
            CHECK(rows[0].untested == (count == 10 ? Untested::none : Untested::few_schools));
        }
    }
    SUBCASE("no spread") {
        Results results = schools(20);
        for (auto& one : results.works()) one.scores.assign(40, 22);
        CHECK(above_group(results.material())[0].untested == Untested::no_spread);
    }
    SUBCASE("special school") {
        Results results;
        for (int i = 0; i < 20; ++i) {
            results.school((i < 10 ? "s0" : "s") + std::to_string(i),
                           i == 0 ? model::SchoolType::gymnasium : model::SchoolType::secondary);
        }
        testing::honest_schools(results, 20, 40, 31);
        shift(results.works()[0].scores, 8);
        const auto rows = above_group(results.material());
        CHECK(rows[0].untested == Untested::special_school);
        CHECK(rows[1].tested());
        CHECK(rows[1].expected < 24);  // The gymnasium is not part of the group either.
    }
}

TEST_CASE("O3: a cohort that falls by more than all others is found in its earlier year") {
    Results results = schools(60);
    results.works().clear();
    testing::honest_schools(results, 60, 40, 31, work(4, "mathematics", 2023));
    testing::honest_schools(results, 60, 40, 31, work(5));
    shift(results.works()[0].scores, 6);
    shift(results.works()[60].scores, -6);
    const auto rows = cohort_falls(results.material());
    const Row* row = testing::find(rows, results.evidence(), "s00");
    REQUIRE(row != nullptr);
    CHECK(row->p < 1e-4);
    CHECK(row->observed < -1);
    CHECK(results.evidence().procedures()[row->procedure].year == model::SchoolYear{2023});
    // At most 2.5 % of the changes lie at or below the quantile: two of sixty.
    CHECK(std::ranges::count_if(rows, [](const Row& one) { return one.p < 1; }) <= 2);
}

TEST_CASE("O3: no result in one of the years, or nine cohorts, is a reason") {
    Results results = schools(10);
    results.works().clear();
    testing::honest_schools(results, 10, 40, 31, work(4, "mathematics", 2023));
    testing::honest_schools(results, 9, 40, 31, work(5));
    const auto rows = cohort_falls(results.material());
    CHECK(testing::find(rows, results.evidence(), "s09")->untested == Untested::no_other_year);
    CHECK(!testing::find(rows, results.evidence(), "s00")->tested());

    Results gone = schools(20);
    CHECK(cohort_falls(gone.material()).empty());  // Nobody took part a year before.
}

TEST_CASE("O3: ВПР 8 is followed to ОГЭ") {
    Results results = schools(40);
    results.works().clear();
    testing::honest_schools(results, 40, 40, 31, work(8, "mathematics", 2023));
    testing::honest_schools(results, 40, 40, 31, work(9, "mathematics", 2024, oge));
    shift(results.works()[0].scores, 6);
    shift(results.works()[40].scores, -6);
    const auto rows = cohort_falls(results.material());
    CHECK(testing::find(rows, results.evidence(), "s00")->p < 1e-3);
}

TEST_CASE("O5: ВПР above and the examination below the region, beyond the regression") {
    Results results = schools(60);
    results.works().clear();
    testing::honest_schools(results, 60, 40, 31, work(7));
    testing::honest_schools(results, 60, 40, 31, work(9, "mathematics", 2024, oge));
    shift(results.works()[0].scores, 5);
    shift(results.works()[60].scores, -7);
    const auto rows = examination_gaps(results.material());
    CHECK(testing::find(rows, results.evidence(), "s00")->p < 1e-2);
    for (const Row& row : rows) {
        const bool opposite = row.second_observed > 0 && row.observed < 0;
        CHECK((opposite || row.p == 1));
    }
}

TEST_CASE("O5: without the examination, or with 19 schools, there is a reason") {
    for (const int count : {19, 20}) {
        CAPTURE(count);
        Results results = schools(count);
        results.works().clear();
        testing::honest_schools(results, count, 40, 31, work(7));
        testing::honest_schools(results, count, 40, 31, work(9, "mathematics", 2024, oge));
        const auto rows = examination_gaps(results.material());
        CHECK(rows[0].untested == (count == 20 ? Untested::none : Untested::few_schools));
        results.works().pop_back();
        const auto fewer = examination_gaps(results.material());
        const std::string last = "s" + std::to_string(count - 1);
        CHECK(testing::find(fewer, results.evidence(), last)->untested == Untested::no_examination);
    }
}

}  // namespace opora::objectivity
