#include "opora/application/territory_series.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace opora;
using application::Series;
using application::SeriesOf;
using application::territory_series;
using model::ProcedureType;

namespace {

struct Result {
    const char* school;
    int year;
    ProcedureType type = ProcedureType::annual;
    int n = 0;
    int low = 0;
    int good = 0;
    const char* subject = "russian";
    model::Period period = model::Period::main;
    int score_sum = 0;
};

/// Two districts of one region: s1 and s2 in d, s3 in e.
indicators::EvidenceInput places() {
    indicators::EvidenceInput input;
    input.territories = {{{"d"}, model::TerritoryLevel::municipality, "Район", {"r"}, ""},
                         {{"e"}, model::TerritoryLevel::municipality, "Соседи", {"r"}, ""},
                         {{"r"}, model::TerritoryLevel::region, "Область", {"ru"}, ""},
                         {{"ru"}, model::TerritoryLevel::country, "Страна", {}, ""}};
    for (const auto& [school, territory] : {std::pair{"s1", "d"}, {"s2", "d"}, {"s3", "e"}}) {
        input.schools.push_back({.id = {school}, .territory = {territory}});
    }
    return input;
}

model::Procedure procedure_of(const Result& result) {
    return {.year = {result.year},
            .type = result.type,
            .subject = {result.subject},
            .programme_grade = 9,
            .grade = 9,
            .period = result.period};
}

indicators::Evidence evidence_of(const std::vector<Result>& results,
                                 indicators::EvidenceInput input = places()) {
    for (const Result& result : results) {
        tally::CoreCells cells{
            .schools = {{result.school}}, .procedures = {procedure_of(result)}, .cells = {}};
        tally::CellCounts counts;
        counts.participants = counts.minimum_known = result.n;
        counts.below_minimum = result.low;
        if (result.type != ProcedureType::ege) {
            counts.marks = {result.low, result.n - result.low - result.good, result.good, 0};
        }
        if (result.score_sum > 0) counts.scored = result.n;
        counts.score_sum = result.score_sum;
        cells.cells.push_back({.school = 0, .procedure = 0, .counts = counts});
        input.blocks.push_back({"протокол.csv", std::move(cells)});
    }
    return indicators::Evidence{std::move(input)};
}

const Series* find(const std::vector<Series>& all, std::string_view code,
                   ProcedureType type = ProcedureType::annual) {
    const auto found = std::ranges::find_if(all, [&](const Series& one) {
        return one.indicator == code && (!one.type || *one.type == type);
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a territory by years: pooled over its schools, a year without results says so") {
    const auto evidence = evidence_of({
        {.school = "s1", .year = 2021, .n = 100, .low = 10, .good = 60},
        {.school = "s2", .year = 2021, .n = 20, .low = 10, .good = 0},
        {.school = "s1", .year = 2023, .n = 100, .low = 0, .good = 30},
        {.school = "s3", .year = 2022, .n = 50, .low = 25, .good = 0},
        {.school = "s1", .year = 2022, .n = 9, .low = 9, .period = model::Period::retake},
    });
    const auto all = territory_series(evidence, {.territory = model::TerritoryId{"d"}});
    const Series* quality = find(all, "quality");
    REQUIRE(quality != nullptr);
    REQUIRE(quality->points.size() == 3);
    CHECK(quality->points[0].value == model::Measurement::of(60, 120, 120));
    CHECK(quality->points[0].schools == 2);
    CHECK(quality->points[1].value.missing == model::Missing::not_held);
    CHECK(quality->points[2].value == model::Measurement::of(30, 100, 100));
    CHECK(find(all, "mean_score") == nullptr);

    const auto everyone = territory_series(evidence, {.codes = {"success"}});
    REQUIRE(everyone.size() == 1);
    CHECK(everyone[0].points[1].value == model::Measurement::of(25, 50, 50));
    CHECK(territory_series(evidence, {.territory = model::TerritoryId{"x"}}).empty());
}

TEST_CASE("kinds of procedures are kept apart, and the ЕГЭ has no quality") {
    const auto evidence = evidence_of({
        {.school = "s1", .year = 2024, .type = ProcedureType::oge, .n = 10, .low = 1, .good = 5},
        {.school = "s1",
         .year = 2024,
         .type = ProcedureType::oge,
         .n = 10,
         .low = 3,
         .good = 0,
         .subject = "mathematics"},
        {.school = "s1", .year = 2024, .type = ProcedureType::ege, .n = 8, .low = 2},
    });
    const auto all = territory_series(evidence, {});
    REQUIRE(find(all, "low_share", ProcedureType::oge) != nullptr);
    CHECK(find(all, "low_share", ProcedureType::oge)->points[0].value ==
          model::Measurement::of(4, 20, 20));
    CHECK(find(all, "low_share", ProcedureType::ege)->points[0].value ==
          model::Measurement::of(2, 8, 8));
    CHECK(find(all, "quality", ProcedureType::ege) == nullptr);
    CHECK(territory_series(evidence, {.type = ProcedureType::vpr}).empty());
}

TEST_CASE("a work stands beside the region and the country; an imported value outranks ours") {
    indicators::EvidenceInput input = places();
    const Result own{.school = "s1", .year = 2024, .n = 10, .low = 2, .good = 4, .score_sum = 150};
    input.references.push_back({.territory = {"ru"},
                                .procedure = procedure_of(own),
                                .indicator = {"quality"},
                                .value = {55, 100},
                                .spread = {},
                                .n = {}});
    const auto evidence = evidence_of(
        {own, {.school = "s3", .year = 2024, .n = 30, .low = 0, .good = 24, .score_sum = 600}},
        std::move(input));
    const auto all =
        territory_series(evidence, {.of = SeriesOf::works, .territory = model::TerritoryId{"d"}});
    const Series* quality = find(all, "quality");
    REQUIRE(quality != nullptr);
    REQUIRE(quality->work);
    CHECK(quality->points[0].value == model::Measurement::of(4, 10, 10));
    CHECK(quality->points[0].region == 0.7);
    CHECK(quality->points[0].country == 0.55);
    const Series* score = find(all, "mean_score");
    REQUIRE(score != nullptr);
    CHECK(score->points[0].region == 18.75);
    CHECK_FALSE(find(all, "participants")->points[0].region);
}

TEST_CASE("facts of a territory: sums, and shares over the schools that gave both halves") {
    indicators::EvidenceInput input = places();
    for (const int year : {2023, 2024}) {
        input.facts.push_back({{"s1"}, {year}, "teachers", {40, 1}});
        input.facts.push_back({{"s1"}, {year}, "teachers_young", {year == 2023 ? 4 : 8, 1}});
        input.facts.push_back({{"s2"}, {year}, "teachers", {10, 1}});
    }
    input.facts.push_back({{"s2"}, {2024}, "vacancies", {3, 2}});
    const auto evidence = evidence_of({}, std::move(input));
    const std::vector<model::FactDefinition> facts{
        {"teachers", "Педагогов всего", ""},
        {"teachers_young", "Молодых педагогов", "teachers"},
        {"vacancies", "Вакансий", ""}};
    const auto all = territory_series(
        evidence, {.of = SeriesOf::facts, .territory = model::TerritoryId{"d"}, .facts = facts});
    REQUIRE(all.size() == 4);
    CHECK(find(all, "teachers")->points[1].value == model::Measurement::of(50, 1, 2));
    CHECK(find(all, "teachers")->points[1].schools == 2);
    const Series* young = find(all, "teachers_young_share");
    REQUIRE(young != nullptr);
    CHECK(young->points[0].value == model::Measurement::of(4, 40, 40));
    CHECK(young->points[1].value == model::Measurement::of(8, 40, 40));
    CHECK(young->points[1].schools == 1);
    CHECK(find(all, "vacancies")->points[0].value.ratio.value() == 1.5);
    CHECK(territory_series(evidence, {.of = SeriesOf::facts, .codes = {"pupils"}, .facts = facts})
              .empty());
}
