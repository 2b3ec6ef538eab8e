#include "opora/application/contextual.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "opora/statistics/random.hpp"

namespace opora::application {

namespace {

using statistics::Random;

constexpr model::SchoolYear year{2024};

struct Plan {
    int schools = 40;
    int years = 1;
    bool passports = true;
};

void add_passport(int number, double context, model::SchoolYear when, Random& random,
                  indicators::EvidenceInput& input) {
    const auto fact = [&](const char* code, std::int64_t value) {
        input.facts.push_back({{fmt::format("s{:03}", number)}, when, code, {value, 1}});
    };
    const std::int64_t pupils = random.between(200, 800);
    const auto part = [&](double middle, double slope) {
        const double share = statistics::logistic(middle + slope * context + random.normal(0, 0.2));
        return static_cast<std::int64_t>(share * static_cast<double>(pupils));
    };
    fact("pupils", pupils);
    fact("parents_both_higher", part(-1, 0.7));
    fact("families_incomplete", part(-1, -0.5));
    fact("registered", part(-3, -0.5));
    fact("russian_not_native", part(-2.5, -0.4));
    fact("low_ses_families", part(-2, -0.6));
}

/// Six works of grades 5, 6 and 7 in every school; scores are 20 + 5 z.
indicators::EvidenceInput territory(const Plan& plan) {
    indicators::EvidenceInput input;
    input.territories.push_back(
        {.id = {"r"}, .level = model::TerritoryLevel::region, .name = "Вымышленная область"});
    tally::CoreCells cells;
    for (int age = 0; age < plan.years; ++age) {
        for (int work = 0; work < 6; ++work) {
            cells.procedures.push_back({.year = year - age,
                                        .subject = {work % 2 == 0 ? "russian" : "mathematics"},
                                        .programme_grade = 5 + work / 2,
                                        .grade = 5 + work / 2});
        }
    }
    for (int number = 0; number < plan.schools; ++number) {
        Random random{{17, static_cast<std::uint64_t>(number)}};
        const double context = random.normal();
        const double effect = 0.3 * context + random.normal(0, 0.3);
        input.schools.push_back({.id = {fmt::format("s{:03}", number)}, .territory = {"r"}});
        cells.schools.push_back(input.schools.back().id);
        for (int age = 0; plan.passports && age < 2; ++age) {
            add_passport(number, context, year - age, random, input);
        }
        for (std::uint32_t procedure = 0; procedure < cells.procedures.size(); ++procedure) {
            tally::CellCounts counts;
            for (int pupil = 0; pupil < 20; ++pupil) {
                const auto score = std::llround(20 + 5 * (effect + random.normal()));
                ++counts.participants;
                ++counts.scored;
                counts.score_sum += score;
                counts.score_squares += score * score;
            }
            cells.cells.push_back({.school = static_cast<std::uint32_t>(number),
                                   .procedure = procedure,
                                   .counts = counts});
        }
    }
    input.blocks.push_back({"протокол.csv", std::move(cells)});
    return input;
}

ContextualReport report_of(indicators::EvidenceInput input, ContextualOptions options = {}) {
    options.year = year;
    return contextual_report(indicators::Evidence{std::move(input)}, options);
}

}  // namespace

TEST_CASE("context: every school has an index, an expectation and an effect with its interval") {
    const auto report = report_of(territory({}));
    REQUIRE(report.model.reason.empty());
    REQUIRE(report.schools.size() == 40);
    for (const auto& school : report.schools) {
        CHECK(school.index.z);
        CHECK(school.effect.results == 120);
        CHECK(school.effect.procedures == 6);
        CHECK(*school.effect.low < *school.effect.effect);
        CHECK(*school.effect.effect < *school.effect.high);
    }
    CHECK(*report.model.explained() > 0.1);
    for (const auto& one : report.agreements) {
        CAPTURE(model::code(one.other.method));
        CHECK(one.agreement.schools == 40);
        CHECK(*one.agreement.spearman > 0.5);
    }
}

/// The same territory, its schools and facts in another order, its cells in two files.
indicators::EvidenceInput turned(indicators::EvidenceInput input) {
    std::ranges::reverse(input.schools);
    std::ranges::reverse(input.facts);
    tally::CoreCells& all = input.blocks[0].cells;
    indicators::CellBlock second{"другой.csv", {all.schools, all.procedures, {}}};
    const auto half = all.cells.begin() + std::ssize(all.cells) / 2;
    second.cells.cells.assign(half, all.cells.end());
    all.cells.erase(half, all.cells.end());
    input.blocks.insert(input.blocks.begin(), std::move(second));
    return input;
}

TEST_CASE("context: the order of schools, facts and files changes nothing, bit for bit") {
    for (const bool three_years : {false, true}) {
        CAPTURE(three_years);
        const ContextualOptions options{.three_years = three_years};
        const auto one = report_of(territory({.years = 3}), options);
        const auto other = report_of(turned(territory({.years = 3})), options);
        CHECK(one.schools == other.schools);
        CHECK(one.model.criterion == other.model.criterion);
    }
}

TEST_CASE("context: without passports there is no expectation, and the reason says so") {
    const auto report = report_of(territory({.passports = false}));
    CHECK(!report.model.reason.empty());
    for (const auto& school : report.schools) {
        CHECK(!school.index.z);
        CHECK(!school.index.reason.empty());
        CHECK(school.effect.result);
        CHECK(!school.effect.effect);
        CHECK(school.effect.band == model::ContextBand::unknown);
        CHECK(!school.effect.reason.empty());
    }
}

TEST_CASE("context: yearly marks, own assessment, ГВЭ and retakes are no results of the school") {
    using model::ProcedureType;
    struct Row {
        ProcedureType type;
        model::Period period;
        bool counted;
    };
    for (const Row& row : {Row{ProcedureType::vpr, model::Period::main, true},
                           Row{ProcedureType::oge, model::Period::main, true},
                           Row{ProcedureType::ege, model::Period::main, true},
                           Row{ProcedureType::niko, model::Period::main, true},
                           Row{ProcedureType::rdr, model::Period::main, true},
                           Row{ProcedureType::diagnostics, model::Period::main, true},
                           Row{ProcedureType::annual, model::Period::main, false},
                           Row{ProcedureType::vsoko, model::Period::main, false},
                           Row{ProcedureType::gve, model::Period::main, false},
                           Row{ProcedureType::oge, model::Period::retake, false},
                           Row{ProcedureType::oge, model::Period::reserve, false}}) {
        CAPTURE(model::code(row.type));
        auto input = territory({.schools = 6});
        for (auto& procedure : input.blocks[0].cells.procedures) {
            procedure.type = row.type;
            procedure.period = row.period;
        }
        const auto report = report_of(std::move(input));
        CHECK(report.schools[0].effect.results == (row.counted ? 120 : 0));
    }
}

TEST_CASE("context: three years weigh 3:2:1, and a school that did not work yet is not judged") {
    auto input = territory({.years = 3});
    input.schools[0].opened = year + 1;
    const auto report = report_of(std::move(input), {.three_years = true});
    REQUIRE(report.schools.size() == 39);
    CHECK(report.schools[0].school.value == "s001");
    CHECK(report.schools[0].effect.results == 360);
    CHECK(report.schools[0].effect.procedures == 18);
}

TEST_CASE("context: one school, and none, are told apart from a territory") {
    CHECK(!report_of(territory({.schools = 1})).model.reason.empty());
    CHECK(report_of(territory({.schools = 0})).schools.empty());
    CHECK(report_of(territory({}), {.territory = model::TerritoryId{"x"}}).schools.empty());
}

TEST_CASE("expert weights are read from a table, and wrong lines are named") {
    const auto weights = read_index_weights(
        "component,weight\r\nparents_both_higher_share,2\r\nregistered_share,0.5\n", "веса.csv");
    REQUIRE(weights);
    REQUIRE(weights->size() == 2);
    CHECK((*weights)[1] == std::pair<std::string, double>{"registered_share", 0.5});
    struct Row {
        const char* text;
        const char* code;
    };
    for (const Row& row :
         {Row{"height,1\n", "weight_component_unknown"},
          Row{"registered_share,0\n", "weight_wrong"}, Row{"registered_share,-1\n", "weight_wrong"},
          Row{"registered_share\n", "weight_wrong"}, Row{"registered_share,1x\n", "weight_wrong"},
          Row{"registered_share,nan\n", "weight_wrong"},
          Row{"registered_share,inf\n", "weight_wrong"}}) {
        CAPTURE(row.text);
        const auto wrong = read_index_weights(row.text, "веса.csv");
        REQUIRE(!wrong);
        CHECK(wrong.error().code == row.code);
        CHECK(wrong.error().place.row == 1);
    }
    const auto report = report_of(territory({}), {.method = model::IndexMethod::expert,
                                                  .weights = {{"registered_share", 100.0}}});
    CHECK(*report.index().coefficients[2].coefficient > 0.99);
}

}  // namespace opora::application
