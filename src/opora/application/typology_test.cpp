// Typology from an evidence to its answers: order of the input, degenerate territories, settings.

#include "opora/application/typology.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "opora/application/clustering.hpp"
#include "opora/statistics/random.hpp"

namespace opora::application {

namespace {

constexpr int schools_count = 40;

struct Territory {
    int schools = schools_count;
    bool passports = true;
    bool equal_passports = false;
    bool equal_results = false;
    int pupils = 30;
    bool backwards = false;  ///< Schools, facts and cells in the opposite order.
};

void add_passport(indicators::EvidenceInput& input, const std::string& id, int year, int poor) {
    const auto fact = [&](const std::string& code, int value) {
        input.facts.push_back({{id}, {year}, code, {value, 1}});
    };
    fact("pupils", 200 + 3 * poor);
    fact("families_incomplete", 40 + poor);
    fact("parents_both_higher", 90 - poor);
    fact("registered", 2 + poor / 10);
    fact("russian_not_native", 3 + poor % 7);
}

indicators::Evidence evidence_of(const Territory& territory) {
    indicators::EvidenceInput input;
    input.territories.push_back({{"d"}, model::TerritoryLevel::municipality, "Район", {""}, ""});
    indicators::CellBlock block{.file = "протокол", .cells = {}};
    for (const int year : {2022, 2023, 2024}) {
        block.cells.procedures.push_back({.year = {year},
                                          .type = model::ProcedureType::vpr,
                                          .subject = {"mathematics"},
                                          .programme_grade = 5,
                                          .grade = 5});
    }
    statistics::Random random{11};
    for (int i = 0; i < territory.schools; ++i) {
        const std::string id = std::to_string(100 + i);
        const int poor = territory.equal_passports ? 10 : random.between(0, 60);
        const double effect = territory.equal_results ? 0 : random.normal(-poor / 60.0, 0.4);
        input.schools.push_back({.id = {id}, .name = "Школа " + id, .territory = {"d"}});
        block.cells.schools.push_back({id});
        for (std::uint32_t procedure = 0; procedure < 3; ++procedure) {
            const int year = 2022 + static_cast<int>(procedure);
            if (territory.passports) add_passport(input, id, year, poor);
            tally::CoreCell cell;
            cell.school = static_cast<std::uint32_t>(i);
            cell.procedure = procedure;
            for (int j = 0; j < territory.pupils; ++j) {
                const auto score = territory.equal_results
                                       ? 10
                                       : std::llround(50 + 10 * (effect + random.normal()));
                ++cell.counts.participants;
                ++cell.counts.scored;
                cell.counts.score_sum += score;
                cell.counts.score_squares += score * score;
            }
            block.cells.cells.push_back(cell);
        }
    }
    if (territory.backwards) {
        std::ranges::reverse(input.schools);
        std::ranges::reverse(input.facts);
        std::ranges::reverse(block.cells.cells);
    }
    input.blocks.push_back(std::move(block));
    return indicators::Evidence{std::move(input)};
}

const TypologyRequest request{.year = {2024}, .territory = {}, .parameters = {}};

}  // namespace

TEST_CASE("typology: the order of schools, facts and cells changes nothing, bit for bit") {
    const auto one = evidence_of({});
    const auto other = evidence_of({.backwards = true});
    const auto a = school_types(one, request);
    const auto b = school_types(other, request);
    REQUIRE(a);
    REQUIRE(a->rows.size() == schools_count);
    for (std::size_t i = 0; i < a->rows.size(); ++i) {
        CHECK(a->rows[i].school == b->rows[i].school);
        CHECK(a->rows[i].probabilities == b->rows[i].probabilities);
        CHECK(a->resilience[i].by_residual == b->resilience[i].by_residual);
    }
    const auto groups_a = context_groups(one, request);
    const auto groups_b = context_groups(other, request);
    REQUIRE(groups_a);
    CHECK(groups_a->explanation == groups_b->explanation);
    for (std::size_t i = 0; i < groups_a->members.size(); ++i) {
        CHECK(groups_a->members[i].cluster == groups_b->members[i].cluster);
        CHECK(groups_a->members[i].distance == groups_b->members[i].distance);
    }
    constexpr auto with_schools = typology::ComparisonDetail::schools;
    const auto near_a = ComparableSchools::make(one, request);
    const auto near_b = ComparableSchools::make(other, request);
    for (std::size_t i = 0; i < near_a->count(); ++i) {
        const auto school_a = near_a->comparison(i, with_schools);
        const auto school_b = near_b->comparison(i, with_schools);
        CHECK(school_a.result->low == school_b.result->low);
        REQUIRE(school_a.comparable.size() == school_b.comparable.size());
        for (std::size_t j = 0; j < school_a.comparable.size(); ++j) {
            CHECK(school_a.comparable[j].school == school_b.comparable[j].school);
        }
    }
    const auto spread_a = result_spread(one, request).values;
    const auto spread_b = result_spread(other, request).values;
    for (std::size_t i = 0; i < spread_a.size(); ++i) {
        CHECK(spread_a[i].low == spread_b[i].low);
    }
}

TEST_CASE("typology: every school has an answer or a reason, over three years") {
    const auto evidence = evidence_of({});
    const auto types = school_types(evidence, request);
    REQUIRE(types);
    for (const auto& row : types->resilience) CHECK(row.years.size() == 3);
    const auto changes = type_transitions(evidence, request);
    REQUIRE(changes);
    CHECK(changes->years.size() == 3);
    CHECK(changes->matrices.size() == 2);
    CHECK(changes->matrices[0].schools == schools_count);
    const auto one = ComparableSchools::make(evidence, request, model::SchoolId{"105"});
    REQUIRE(one);
    CHECK(one->count() == 1);
    CHECK(ComparableSchools::make(evidence, request, model::SchoolId{"x"}).error().code ==
          "school_unknown");
}

TEST_CASE("typology: degenerate territories are refused with a reason, never a crash") {
    const auto codes = [](const Territory& territory) {
        const auto evidence = evidence_of(territory);
        const auto types = school_types(evidence, request);
        const auto groups = context_groups(evidence, request);
        const auto near = ComparableSchools::make(evidence, request);
        const auto changes = type_transitions(evidence, request);
        for (const auto& value : result_spread(evidence, request).values) {
            CHECK((value.value.has_value() || !value.reason.empty()));
        }
        const auto clustered = with_computed_clusters(evidence, {2024});
        CHECK(clustered.clustering().of_school.size() == evidence.schools().size());
        std::vector<std::string> all;
        all.push_back(types ? "" : types.error().code);
        all.push_back(groups ? "" : groups.error().code);
        all.push_back(near ? "" : near.error().code);
        all.push_back(changes ? "" : changes.error().code);
        return all;
    };
    using Codes = std::vector<std::string>;
    CHECK(codes({.schools = 0}) == Codes{"typology_few_schools", "context_no_schools",
                                         "context_no_schools", "typology_one_year"});
    CHECK(codes({.schools = 1}) == Codes{"typology_few_schools", "context_one_school",
                                         "context_one_school", "typology_one_year"});
    CHECK(codes({.passports = false}) == Codes{"typology_few_schools", "context_no_passports",
                                               "context_no_passports", "typology_one_year"});
    CHECK(codes({.equal_passports = true})[1] == "context_no_passports");
    CHECK(codes({.equal_passports = true})[0] != "");
    // Everybody has the same result: nothing is compared, groups by context stay.
    CHECK(codes({.equal_results = true}) ==
          Codes{"typology_few_schools", "", "", "typology_one_year"});
    // One pupil a school: results have no error that could be known.
    CHECK(codes({.pupils = 1})[1].empty());
    CHECK(codes({.pupils = 1})[0] == "typology_few_schools");
}

TEST_CASE("typology settings: numbers and percents, limits and unknown names") {
    const auto set = [](const std::string& text) { return with_settings({}, {text}); };
    CHECK(set("low_share=0.3")->grid.low_share == doctest::Approx(0.3));
    CHECK(set("low_share=30 %")->grid.low_share == doctest::Approx(0.3));
    CHECK(set("neighbours=20")->comparable.count == 20);
    CHECK(set("years=5")->years == 5);
    CHECK(set("neighbours=20.5").error().code == "setting_wrong");
    CHECK(set("neighbours=1").error().code == "setting_wrong");
    CHECK(set("low_share=1.5").error().code == "setting_wrong");
    CHECK(set("low_share=").error().code == "setting_wrong");
    CHECK(set("low_share").error().code == "setting_wrong");
    CHECK(set("low_share=nan").error().code == "setting_wrong");
    CHECK(set("height=1").error().code == "setting_unknown");
    const TypologyParameters defaults;
    for (const TypologySetting& one : typology_settings()) {
        CAPTURE(one.name);
        CHECK(one.value(defaults) >= one.low);
        CHECK(one.value(defaults) <= one.high);
    }
}

}  // namespace opora::application
