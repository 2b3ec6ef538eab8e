#include <doctest/doctest.h>

#include "opora/indicators/catalogue.hpp"

using namespace opora;
using namespace opora::indicators;

namespace {

const model::Procedure vpr_2024{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5};
const model::Procedure vpr_2023{{2023}, model::ProcedureType::vpr, {"russian"}, 5, 5};

tally::CellCounts marks(int two, int three, int four, int five) {
    tally::CellCounts counts;
    counts.marks = {two, three, four, five};
    counts.participants = counts.minimum_known = counts.marked();
    counts.below_minimum = two;
    return counts;
}

CellBlock block(std::string file, std::string school, model::Procedure procedure,
                tally::CellCounts counts, tally::Origin origin = tally::Origin::protocol) {
    return {std::move(file),
            {.schools = {{std::move(school)}},
             .procedures = {procedure},
             .cells = {{.school = 0, .procedure = 0, .origin = origin, .counts = counts}}}};
}

EvidenceInput two_schools() {
    EvidenceInput input;
    input.territories = {{{"r"}, model::TerritoryLevel::region, "Область", {}, ""},
                         {{"m"}, model::TerritoryLevel::municipality, "Район", {"r"}, ""}};
    input.schools = {{.id = {"2"}, .territory = {"m"}}, {.id = {"1"}, .territory = {"m"}}};
    return input;
}

}  // namespace

TEST_CASE("indicators of a cell: both halves of each ratio") {
    EvidenceCell cell{.counts = marks(2, 3, 4, 1)};
    const auto value = [&](const char* code, int n_min = 1) {
        return measure(*find_procedure_indicator(code), cell, n_min);
    };
    CHECK(value("quality") == model::Measurement::of(5, 10, 10));
    CHECK(value("success") == model::Measurement::of(8, 10, 10));
    CHECK(value("low_share") == model::Measurement::of(2, 10, 10));
    CHECK(value("mean_mark") == model::Measurement::of(34, 10, 10));
    // 100·1 + 64·4 + 36·3 + 16·2 = 496 of 1000: СОУ 49,6 %.
    CHECK(value("learning_degree") == model::Measurement::of(496, 1000, 10));
    CHECK(value("quality", 10).known());
    CHECK(value("quality", 11) == model::Measurement::absent(model::Missing::too_few_results, 10));
    CHECK(value("mean_score").missing == model::Missing::no_data);
    CHECK(value("score_share").missing == model::Missing::no_scale);
}

TEST_CASE("nobody held the procedure: missing, not zero") {
    const EvidenceCell cell;
    CHECK(measure(*find_procedure_indicator("low_share"), cell, 1).missing ==
          model::Missing::not_held);
}

TEST_CASE("a protocol outranks an aggregate form, a later import an earlier one") {
    for (const bool aggregate_last : {false, true}) {
        CAPTURE(aggregate_last);
        EvidenceInput input = two_schools();
        auto form = block("форма.xlsx", "1", vpr_2024, marks(9, 0, 0, 0), tally::Origin::aggregate);
        auto early = block("рано.xlsx", "1", vpr_2024, marks(1, 1, 1, 1));
        auto late = block("поздно.xlsx", "1", vpr_2024, marks(2, 2, 2, 2));
        input.blocks =
            aggregate_last ? std::vector{early, late, form} : std::vector{form, early, late};
        const Evidence evidence{input};
        REQUIRE(evidence.cells().size() == 1);
        CHECK(evidence.cells()[0].counts == marks(2, 2, 2, 2));
        CHECK(evidence.files()[evidence.cells()[0].file] == "поздно.xlsx");
    }
}

TEST_CASE("results of a merged school count for its successor, or not, as the pack says") {
    for (const bool follow : {true, false}) {
        CAPTURE(follow);
        EvidenceInput input = two_schools();
        input.schools[0].successor = {"1"};
        input.follow_successors = follow;
        input.blocks = {block("а.xlsx", "1", vpr_2024, marks(1, 0, 0, 0)),
                        block("б.xlsx", "2", vpr_2024, marks(0, 3, 0, 0))};
        const Evidence evidence{input};
        CHECK(evidence.cell(0, 0)->counts == (follow ? marks(1, 3, 0, 0) : marks(1, 0, 0, 0)));
        CHECK((evidence.cell(1, 0) == nullptr) == follow);
    }
}

TEST_CASE("regional counts pool all participants; a territory without results has none") {
    EvidenceInput input = two_schools();
    input.blocks = {block("а.xlsx", "1", vpr_2024, marks(1, 0, 0, 0)),
                    block("б.xlsx", "2", vpr_2024, marks(0, 3, 0, 0)),
                    block("в.xlsx", "2", vpr_2023, marks(0, 0, 1, 0))};
    const Evidence evidence{input};
    const auto now = *evidence.find_procedure(vpr_2024);
    CHECK(*evidence.total(0, Scope::region, now) == marks(1, 3, 0, 0));
    CHECK(*evidence.total(0, Scope::municipality, now) == marks(1, 3, 0, 0));
    CHECK(evidence.in_year(now, {2023}) == evidence.find_procedure(vpr_2023));
    CHECK_FALSE(evidence.in_year(now, {2022}));
}

TEST_CASE("the share in the region's bottom quarter comes from the scores of all") {
    EvidenceInput input = two_schools();
    input.blocks = {block("а.xlsx", "1", vpr_2024, marks(1, 1, 0, 0)),
                    block("б.xlsx", "2", vpr_2024, marks(0, 3, 3, 0))};
    input.histograms = {{{"1"}, vpr_2024, {1, 1}}, {{"2"}, vpr_2024, {0, 1, 1, 1, 1, 1, 1}}};
    const Evidence evidence{input};
    // Scores 0 1 1 2 3 4 5 6: a quarter of eight is two pupils; scores up to 1 reach it.
    CHECK(bottom_quartile_share(*evidence.cell(0, 0)) == model::Measurement::of(2, 2, 2));
    CHECK(bottom_quartile_share(*evidence.cell(1, 0)) == model::Measurement::of(1, 6, 6));
}

TEST_CASE("a share of two facts is missing when either is missing, never zero") {
    EvidenceInput input = two_schools();
    input.facts = {{{"1"}, {2024}, "grade9_finishers", {40, 1}},
                   {{"1"}, {2024}, "admitted_grade10_here", {20, 1}},
                   {{"2"}, {2024}, "grade9_finishers", {0, 1}},
                   {{"2"}, {2024}, "admitted_grade10_here", {0, 1}}};
    const Evidence evidence{input};
    const auto& share = *find_year_indicator("continuation_share_here");
    CHECK(measure(evidence, share, 0, {2024}) == model::Measurement::of(20, 40, 40));
    CHECK_FALSE(measure(evidence, share, 0, {2023}).known());
    CHECK_FALSE(measure(evidence, share, 1, {2024}).known());
}
