#include "opora/factors/profile.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "opora/factors/catalogue_check.hpp"

using namespace opora;
using model::FactorLevel;
using model::FactorSign;

namespace {

constexpr model::SchoolYear year{2024};

std::string id(int number) { return fmt::format("s{:02}", number); }

/// Ten schools with 100 pupils each; school i has 5·i of them without motivation, and i of 100
/// results in mathematics are below the minimum.
indicators::EvidenceInput territory() {
    indicators::EvidenceInput input;
    const model::Procedure procedure{.year = year,
                                     .type = model::ProcedureType::vpr,
                                     .subject = {"mathematics"},
                                     .programme_grade = 5,
                                     .grade = 5};
    tally::CoreCells cells{.schools = {}, .procedures = {procedure}, .cells = {}};
    for (int i = 1; i <= 10; ++i) {
        input.schools.push_back({.id = {id(i)}});
        input.facts.push_back({{id(i)}, year, "pupils", {100, 1}});
        input.facts.push_back({{id(i)}, year, "no_motivation", {5 * i, 1}});
        tally::CellCounts counts;
        counts.participants = counts.minimum_known = 100;
        counts.below_minimum = 4 * i;
        cells.schools.push_back({id(i)});
        cells.cells.push_back(
            {.school = static_cast<std::uint32_t>(i - 1), .procedure = 0, .counts = counts});
    }
    input.blocks.push_back({"протокол.csv", std::move(cells)});
    return input;
}

model::FactorCatalogue catalogue() {
    model::FactorCatalogue one;
    one.cuts = {.respondents_min = 5,
                .answers_middle = {25, 100},
                .answers_high = {50, 100},
                .schools_min = 8,
                .territory_middle = {40, 100},
                .territory_high = {20, 100},
                .level_middle = {30, 100},
                .level_high = {60, 100},
                .facts_weight = 1,
                .answers_weight = 1,
                .coverage_min = {30, 100},
                .disagreement = {50, 100},
                .association_schools_min = 5,
                .false_discovery = {10, 100}};
    model::RiskFactor motivation{.code = {"pupil_motivation"}};
    motivation.signs = {{.code = "no_motivation_share",
                         .kind = FactorSign::Kind::indicator,
                         .measured = "no_motivation_share",
                         .share_of_people = true}};
    model::RiskFactor failing{.code = {"failing_pupils"}, .from_results = true};
    failing.signs = {{.code = "low_share",
                      .kind = FactorSign::Kind::procedures,
                      .measured = "low_share",
                      .procedures = {model::ProcedureType::vpr},
                      .share_of_people = true,
                      .middle_from = base::Fraction{15, 100},
                      .high_from = base::Fraction{30, 100}}};
    one.factors = {motivation, failing, {.code = {"isolation"}}};
    model::Questionnaire pupils{.code = {"pupils"}};
    pupils.scales = {{.code = "truth",
                      .answers = {{.code = "yes", .side = model::AnswerSide::agree},
                                  {.code = "no", .side = model::AnswerSide::disagree}}}};
    pupils.items = {{.code = {"p01"},
                     .scale = "truth",
                     .factors = {{"pupil_motivation"}},
                     .problem = model::AnswerSide::disagree}};
    one.questionnaires = {pupils};
    return one;
}

std::vector<model::AnswerTally> answers() {
    std::vector<model::AnswerTally> all;
    for (int i = 1; i <= 9; ++i) {
        all.push_back({.school = {id(i)},
                       .year = year,
                       .questionnaire = {"pupils"},
                       .item = {"p01"},
                       .respondents = 20,
                       .answers = {{"yes", 20 - i}, {"no", i}}});
    }
    return all;
}

std::vector<model::RiskProfile> profiles(const std::vector<model::AnswerTally>& tallies,
                                         const std::vector<model::FactorReview>& reviews = {},
                                         indicators::EvidenceInput input = territory()) {
    const indicators::Evidence evidence{std::move(input)};
    const model::FactorCatalogue of_factors = catalogue();
    return factors::risk_profiles({.evidence = &evidence,
                                   .catalogue = &of_factors,
                                   .year = year,
                                   .answers = tallies,
                                   .reviews = reviews});
}

std::string letter(const model::FactorAssessment& factor) {
    if (!factor.level) return "-";
    return std::string{model::code(*factor.level).substr(0, 1)};
}

std::string letters(const std::vector<model::RiskProfile>& all, std::size_t factor) {
    std::string text;
    for (const auto& profile : all) text += letter(profile.factors[factor]);
    return text;
}

}  // namespace

TEST_CASE("a profile joins facts, procedures and answers; a factor without evidence has none") {
    const auto all = profiles(answers());
    REQUIRE(all.size() == 10);
    // Facts alone: llllllmmhh. Answers of 20 pupils: 5 to 9 unfavourable ones are middle.
    CHECK(letters(all, 0) == "llllllmmhh");
    CHECK(letters(all, 1) == "lllmmmmhhh");  // 16 % from school 4, 32 % from school 8.
    CHECK(letters(all, 2) == "----------");
    CHECK(all[9].factors[0].basis[1].reason == "анкета не проводилась");
    CHECK_FALSE(all[9].factors[0].answers_index);
    CHECK(all[9].causes == std::vector<std::size_t>{1, 0});  // Both 100 %: by code.
    CHECK(all[0].causes.empty());
    CHECK(all[2].school.value == "s03");
}

TEST_CASE("answers and schools in any order give the same profiles") {
    const unsigned seed = 5;
    CAPTURE(seed);
    std::mt19937 random{seed};
    const auto straight = profiles(answers());
    for (int round = 0; round < 10; ++round) {
        auto tallies = answers();
        auto input = territory();
        std::ranges::shuffle(tallies, random);
        std::ranges::shuffle(input.schools, random);
        std::ranges::shuffle(input.facts, random);
        const auto other = profiles(tallies, {}, input);
        for (std::size_t i = 0; i < other.size(); ++i) {
            CHECK(other[i].school == straight[i].school);
            CHECK(other[i].causes == straight[i].causes);
            for (std::size_t k = 0; k < other[i].factors.size(); ++k) {
                CHECK(other[i].factors[k].index == straight[i].factors[k].index);
                CHECK(other[i].factors[k].level == straight[i].factors[k].level);
            }
        }
    }
}

TEST_CASE("the latest decision of a school and factor is in force; a withdrawn one gives way") {
    using model::ReviewDecision;
    const auto decided = [](std::int64_t number, ReviewDecision decision,
                            std::optional<FactorLevel> level) {
        return model::FactorReview{.number = number,
                                   .school = {"s01"},
                                   .year = year,
                                   .factor = {"pupil_motivation"},
                                   .decision = decision,
                                   .level = level,
                                   .computed = FactorLevel::low};
    };
    const auto first = decided(1, ReviewDecision::changed, FactorLevel::high);
    const auto second = decided(2, ReviewDecision::rejected, std::nullopt);
    const auto third = decided(3, ReviewDecision::withdrawn, std::nullopt);

    CHECK(letters(profiles(answers(), {first}), 0) == "hlllllmmhh");
    CHECK(profiles(answers(), {first})[0].causes == std::vector<std::size_t>{0});
    CHECK(letters(profiles(answers(), {second, first}), 0) == "-lllllmmhh");
    CHECK(profiles(answers(), {first, second})[0].factors[0].rejected);
    CHECK(letters(profiles(answers(), {first, second, third}), 0) == "llllllmmhh");
    CHECK_FALSE(profiles(answers(), {first, second, third})[0].factors[0].review);
}

TEST_CASE("an empty register, one school, no facts: profiles without levels, each with a reason") {
    CHECK(profiles({}, {}, {}).empty());
    indicators::EvidenceInput lonely;
    lonely.schools.push_back({.id = {"s01"}});
    const auto all = profiles({}, {}, lonely);
    REQUIRE(all.size() == 1);
    for (const auto& factor : all[0].factors) {
        CHECK_FALSE(factor.level);
        CHECK_FALSE(factor.reason.empty());
        for (const auto& sign : factor.basis) CHECK_FALSE(sign.reason.empty());
    }
    CHECK(all[0].causes.empty());
}

TEST_CASE("a sign that names no indicator, or pools what is no share, is an error with its place") {
    model::FactorCatalogue wrong = catalogue();
    CHECK(factors::check_catalogue(wrong).empty());
    wrong.factors[0].signs[0].measured = "no_such_share";
    wrong.factors[0].signs[0].place = {"risk_factors.yaml", "", 17, ""};
    wrong.factors[1].signs[0].measured = "mean_score";
    const auto errors = factors::check_catalogue(wrong);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].found == "no_such_share");
    CHECK(errors[0].place.row == 17);
    CHECK(errors[1].found == "mean_score");
}
