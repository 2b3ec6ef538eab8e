#include "opora/application/indicator_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/source_folder.hpp"

using namespace opora;

namespace {

constexpr model::SchoolYear year{2024};

model::Procedure mathematics(int grade) {
    return {.year = year, .subject = {"mathematics"}, .programme_grade = grade, .grade = grade};
}

std::string school_id(std::size_t number) { return fmt::format("s{:05}", number); }

/// Schools with one procedure, `score_sums[i]` points of ten participants each; all in one region.
indicators::Evidence evidence_of(const std::vector<std::int64_t>& score_sums) {
    indicators::EvidenceInput input;
    input.territories.push_back(
        {.id = {"r"}, .level = model::TerritoryLevel::region, .name = "Вымышленная область"});
    tally::CoreCells cells{.schools = {}, .procedures = {mathematics(5)}, .cells = {}};
    for (std::uint32_t i = 0; i < score_sums.size(); ++i) {
        input.schools.push_back({.id = {school_id(i)}, .territory = {"r"}});
        cells.schools.push_back({school_id(i)});
        tally::CellCounts counts;
        counts.participants = counts.scored = 10;
        counts.score_sum = score_sums[i];
        cells.cells.push_back({.school = i, .procedure = 0, .counts = counts});
    }
    input.blocks.push_back({"протокол.csv", std::move(cells)});
    return indicators::Evidence{std::move(input)};
}

std::map<std::string, double> values_of(const indicators::Evidence& evidence,
                                        const std::string& code) {
    std::map<std::string, double> values;
    application::visit_indicators(
        evidence, {.year = year, .code = code},
        [&](const application::IndicatorRow& row) { values[row.school->id.value] = row.value; });
    return values;
}

}  // namespace

TEST_CASE("percent rank: the share of the other schools that are below; equals share the lowest") {
    const auto ranks = values_of(evidence_of({50, 40, 50, 70, 10}), "percent_rank");
    CHECK(ranks ==
          std::map<std::string, double>{
              {"s00000", 0.5}, {"s00001", 0.25}, {"s00002", 0.5}, {"s00003", 1}, {"s00004", 0}});
}

TEST_CASE("percent rank: a school without rivals has none, but it has its mean") {
    const auto lonely = evidence_of({50});
    CHECK(values_of(lonely, "percent_rank").empty());
    CHECK(values_of(lonely, "mean_score") == std::map<std::string, double>{{"s00000", 5}});
    CHECK(values_of(lonely, "score_deviation") == std::map<std::string, double>{{"s00000", 0}});
}

TEST_CASE("another year and another territory have no rows") {
    const auto evidence = evidence_of({50, 40});
    int rows = 0;
    const auto count = [&](const application::IndicatorRow&) { ++rows; };
    application::visit_indicators(evidence, {.year = year - 1}, count);
    application::visit_indicators(evidence, {.year = year, .territory = model::TerritoryId{"x"}},
                                  count);
    CHECK(rows == 0);
    application::visit_indicators(evidence, {.year = year, .territory = model::TerritoryId{"r"}},
                                  count);
    CHECK(rows > 0);
}

TEST_CASE("a country is visited school after school, each once, whatever the number of threads") {
    constexpr std::size_t schools = 5'013;  // More than one thread takes, and no whole block.
    std::vector<std::int64_t> sums;
    for (std::size_t i = 0; i < schools; ++i) sums.push_back(static_cast<std::int64_t>(i * 7 % 90));
    std::vector<std::string> visited;
    application::visit_indicators(evidence_of(sums), {.year = year, .code = "mean_score"},
                                  [&](const application::IndicatorRow& row) {
                                      visited.push_back(row.school->id.value);
                                      const auto place = visited.size() - 1;
                                      REQUIRE(row.numerator == sums[place]);
                                  });
    REQUIRE(visited.size() == schools);
    for (std::size_t i = 0; i < schools; ++i) REQUIRE(visited[i] == school_id(i));
}

TEST_CASE("every fact is an indicator of its school, and a share of what it is part of") {
    indicators::EvidenceInput input;
    input.schools.push_back({.id = {"s1"}});
    input.schools.push_back({.id = {"s2"}});
    input.facts = {{{"s1"}, year, "teachers", {40, 1}},
                   {{"s1"}, year, "teachers_over_55", {10, 1}},
                   {{"s1"}, year, "teachers_young", {8, 1}},
                   {{"s2"}, year, "teachers_over_55", {3, 1}},
                   {{"s2"}, year, "vacancies", {5, 2}}};
    const indicators::Evidence evidence{std::move(input)};
    const std::vector<model::FactDefinition> facts{
        {"teachers", "Педагогов всего", ""},
        {"teachers_over_55", "Педагогов старше 55 лет", "teachers"},
        {"teachers_young", "Молодых педагогов", "teachers"},
        {"vacancies", "Вакансий", ""}};
    std::multimap<std::string, double> values;
    application::visit_indicators(
        evidence, {.year = year, .facts = facts}, [&](const application::IndicatorRow& row) {
            values.emplace(row.school->id.value + " " + std::string{row.indicator}, row.value);
        });
    CHECK(values == std::multimap<std::string, double>{{"s1 teachers", 40},
                                                       {"s1 teachers_over_55", 10},
                                                       {"s1 teachers_over_55_share", 0.25},
                                                       {"s1 teachers_young", 8},
                                                       {"s1 teachers_young_share", 0.2},
                                                       {"s2 teachers_over_55", 3},
                                                       {"s2 vacancies", 2.5}});
    CHECK(application::knows_indicator(evidence, "teachers_over_55_share", facts));
    CHECK_FALSE(application::knows_indicator(evidence, "vacancies_share", facts));
    CHECK_FALSE(application::knows_indicator(evidence, "teachers_over_55_share"));
}

TEST_CASE("docs/commands.md names every code of the catalogue") {
    std::ifstream file{opora::testing::source_folder() / "docs" / "commands.md"};
    std::stringstream text;
    text << file.rdbuf();
    const auto named = [&](std::string_view code) {
        return text.str().find(fmt::format("`{}`", code)) != std::string::npos;
    };
    for (const auto& indicator : indicators::procedure_indicators()) {
        CAPTURE(std::string{indicator.code});
        CHECK(named(indicator.code));
    }
    for (const auto& indicator : indicators::year_indicators()) {
        CAPTURE(std::string{indicator.code});
        CHECK(named(indicator.code));
    }
}
