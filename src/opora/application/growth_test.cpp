#include "opora/application/growth.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "opora/application/territory_of_results.hpp"
#include "opora/identification/teacher_candidates.hpp"

using namespace opora;
using namespace opora::application;
using application::testing::territory_of;
using application::testing::TrueResults;

namespace {

/// Nineteen schools that stay as they are, about the mean, and one of the test's own.
std::vector<TrueResults> beside_others(const TrueResults& own) {
    std::vector<TrueResults> schools{own};
    for (int i = 0; i < 19; ++i) {
        const double level = 0.05 * (i - 9);
        schools.push_back({"s" + std::to_string(i), {level, level, level}});
    }
    return schools;
}

const model::SchoolGrowth& of(const GrowthReport& report, const std::string& id) {
    return *std::ranges::find(report.schools, model::SchoolId{id}, &model::SchoolGrowth::school);
}

}  // namespace

TEST_CASE("growth: a school that rises among others is found, those that stay are not") {
    const auto loaded = territory_of(beside_others({"a", {-0.8, -0.2, 0.4}, 120}), 2022);
    const GrowthReport report = find_growth(loaded, {.year = {2024}});
    CHECK(of(report, "a").growing);
    CHECK(*of(report, "a").change == doctest::Approx(1.2).epsilon(0.25));
    CHECK(*of(report, "a").shrunken < *of(report, "a").change);
    CHECK(std::ranges::count(report.schools, true, &model::SchoolGrowth::growing) == 1);
    CHECK(report.year_deviation.has_value());
    CHECK_FALSE(of(find_growth(loaded, {.year = {2024}, .change_min = 2}), "a").growing);
}

TEST_CASE("growth: a fall is no growth; one year and none are told") {
    const auto loaded = territory_of(beside_others({"a", {0.8, 0.0, -0.8}}), 2022);
    CHECK_FALSE(of(find_growth(loaded, {.year = {2024}}), "a").growing);
    const auto one_year = territory_of({{"a", {0.5}}, {"b", {-0.5}}}, 2024);
    const GrowthReport report = find_growth(one_year, {.year = {2024}});
    CHECK_FALSE(of(report, "a").change.has_value());
    CHECK(of(report, "a").reason == "результаты известны только за один год");
    CHECK_FALSE(report.year_deviation.has_value());
    const GrowthReport none = find_growth(one_year, {.year = {2030}});
    CHECK(of(none, "a").reason == "нет сравнимых результатов за эти годы");
}

TEST_CASE("stably high: every year of the window, or as many as the parameter says") {
    const auto loaded = territory_of(beside_others({"a", {0.9, 0.0, 0.9}}), 2022);
    CHECK_FALSE(of(find_growth(loaded, {.year = {2024}}), "a").stably_high);
    CHECK(of(find_growth(loaded, {.year = {2024}, .high_years_min = 2}), "a").stably_high);
    const auto high = territory_of(beside_others({"a", {0.9, 0.9, 0.9}}), 2022);
    CHECK(of(find_growth(high, {.year = {2024}}), "a").stably_high);
    CHECK_FALSE(of(find_growth(high, {.year = {2024}}), "s0").stably_high);
}

TEST_CASE("strong teachers are found by their classes, from enough results on") {
    const auto loaded = territory_of(beside_others({"a", {0.9, 0.9, 0.9}}), 2022);
    const model::Procedure russian{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5};
    std::vector<tally::Cell> cells;
    std::vector<model::Teacher> teachers;
    std::vector<model::TeachingLoad> loads;
    for (const std::string id : {"a", "s0", "s4", "s8"}) {
        const auto school = loaded.evidence.find_school({id});
        const auto procedure = loaded.evidence.find_procedure(russian);
        const auto& counts = loaded.evidence.cell(*school, *procedure)->counts;
        tally::Cell cell{.school = {id}, .procedure = russian, .counts = counts};
        cell.detail.classes = {{"5А", counts}};
        cells.push_back(cell);
        teachers.push_back({.id = {"t" + id}, .school = {id}, .name = "Образцова"});
        loads.push_back({{"t" + id}, {id}, {2024}, {"russian"}, "5А"});
    }
    const auto evidence = identification::with_teachers(loaded.evidence, teachers, loads, cells);
    const auto found = find_strong_teachers(evidence, loaded.evidence, {.year = {2024}});
    REQUIRE(found.size() == 4);
    CHECK(found[0].teacher.value == "ta");
    CHECK(found[0].vpr->strong);
    CHECK_FALSE(found[0].examinations.has_value());
    for (std::size_t i = 1; i < 4; ++i) CHECK_FALSE(found[i].vpr->strong);
    const auto few =
        find_strong_teachers(evidence, loaded.evidence, {.year = {2024}, .results_min = 61});
    CHECK_FALSE(few[0].vpr->strong);
}
