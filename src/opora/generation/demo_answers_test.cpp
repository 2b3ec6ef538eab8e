#include "opora/generation/demo_answers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace opora::generation {
namespace {

model::Questionnaire questionnaire(const char* code, model::RespondentGroup group, bool official) {
    model::Questionnaire one{.code = {code}, .group = group, .official = official};
    one.scales = {
        {.code = "truth",
         .answers = {{.code = "yes", .title = "да", .side = model::AnswerSide::agree},
                     {.code = "unsure", .title = "не знаю"},
                     {.code = "no", .title = "нет", .side = model::AnswerSide::disagree}}}};
    for (int i = 0; i < 8; ++i) {
        one.items.push_back({.code = {code + std::to_string(i)},
                             .scale = "truth",
                             .factors = {{"factor" + std::to_string(i)}},
                             .problem = model::AnswerSide::disagree});
    }
    return one;
}

const std::vector<model::Questionnaire>& questionnaires() {
    static const std::vector<model::Questionnaire> all{
        questionnaire("head", model::RespondentGroup::head, true),
        questionnaire("pupils", model::RespondentGroup::pupils, false),
        questionnaire("parents", model::RespondentGroup::parents, false)};
    return all;
}

}  // namespace

TEST_CASE("the invented answers are the same every time, one table for each questionnaire") {
    const DemoDistrict district = demo_district();
    const auto tables = demo_answers(district, questionnaires());
    const auto again = demo_answers(district, questionnaires());
    REQUIRE(tables.size() == 3);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        CHECK(tables[i].rows == again[i].rows);
        CHECK(tables[i].headings.size() == 4 + 8);
        for (const auto& row : tables[i].rows) CHECK(row.size() == tables[i].headings.size());
    }
    CHECK(tables[0].rows.size() == 20);  // A head for every school.
    CHECK(demo_answers(district, {}).empty());
}

TEST_CASE("respondents have numbers and no names; one school did not ask its parents") {
    const auto tables = demo_answers(demo_district(), questionnaires());
    std::map<std::string, std::set<std::string>> parents;
    for (const auto& row : tables[2].rows) CHECK(parents[row[0]].insert(row[3]).second);
    CHECK(parents.size() == 19);
    CHECK_FALSE(parents.contains("edu000103"));
    for (const auto& [school, numbers] : parents) CHECK(numbers.contains("1"));
}

TEST_CASE("schools of low results have four planted causes, others one, and answer accordingly") {
    const DemoDistrict district = demo_district();
    const auto tables = demo_answers(district, questionnaires());
    double planted = 0, planted_all = 0, others = 0, others_all = 0;
    for (const DemoSchool& school : district.schools) {
        const auto causes = planted_causes(school.profile, questionnaires());
        CHECK(causes.size() == (school.profile.kind == SchoolKind::low ? 4 : 1));
        for (const auto& row : tables[1].rows) {
            if (row[0] != school.profile.school.id.value) continue;
            for (std::size_t i = 0; i < 8; ++i) {
                if (row[4 + i].empty()) continue;
                const bool own = std::ranges::binary_search(
                    causes, model::FactorCode{"factor" + std::to_string(i)});
                (own ? planted : others) += row[4 + i] == "нет" ? 1 : 0;
                (own ? planted_all : others_all) += 1;
            }
        }
    }
    CHECK(planted / planted_all > 0.5);
    CHECK(others / others_all < 0.35);
}

}  // namespace opora::generation
