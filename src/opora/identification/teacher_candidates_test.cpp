#include "opora/identification/teacher_candidates.hpp"

#include <doctest/doctest.h>

#include "opora/indicators/catalogue.hpp"

using namespace opora;

namespace {

const model::Procedure oge{{2024}, model::ProcedureType::oge, {"mathematics"}, 9, 9};

tally::CellCounts marks(int two, int three) {
    tally::CellCounts counts;
    counts.marks = {two, three, 0, 0};
    counts.participants = counts.minimum_known = two + three;
    counts.below_minimum = two;
    return counts;
}

tally::Cell school_cell() {
    tally::Cell cell{.school = {"1"}, .procedure = oge, .counts = marks(5, 15)};
    cell.detail.classes = {{"9А", marks(1, 9)}, {"9Б", marks(4, 6)}};
    return cell;
}

indicators::Evidence evidence_of(const tally::Cell& cell) {
    indicators::EvidenceInput input;
    input.schools = {{.id = {"1"}}};
    input.blocks = {{"ОГЭ.csv",
                     {.schools = {{"1"}},
                      .procedures = {oge},
                      .cells = {{.counts = cell.counts, .row_first = 3, .row_last = 22}}}}};
    return indicators::Evidence{input};
}

}  // namespace

TEST_CASE("a teacher answers for the classes taught, a shared class by its share of hours") {
    const tally::Cell cell = school_cell();
    const std::vector<tally::Cell> cells{cell};
    const std::vector<model::Teacher> teachers{{.id = {"т1"}, .school = {"1"}},
                                               {.id = {"т2"}, .school = {"1"}},
                                               {.id = {"т3"}, .school = {"1"}}};
    const std::vector<model::TeachingLoad> loads{
        {{"т1"}, {"1"}, {2024}, {"mathematics"}, "9 а", {1, 1}},
        {{"т1"}, {"1"}, {2024}, {"mathematics"}, "9Б", {1, 2}},
        {{"т2"}, {"1"}, {2024}, {"mathematics"}, "9б", {1, 2}},
        {{"т3"}, {"1"}, {2024}, {"russian"}, "9А", {1, 1}}};
    const auto evidence = identification::with_teachers(evidence_of(cell), teachers, loads, cells);

    const auto& low_share = *indicators::find_procedure_indicator("low_share");
    REQUIRE(evidence.candidates().size() == 3);
    const auto procedure = *evidence.find_procedure(oge);
    // т1: 1 of 10 and half of 4 of 10: 3 of 15.
    const auto first = indicators::measure(low_share, *evidence.cell(0, procedure), 1);
    CHECK(first.ratio.numerator * 15 == first.ratio.denominator * 3);
    CHECK(first.n == 15);
    const auto second = indicators::measure(low_share, *evidence.cell(1, procedure), 1);
    CHECK(second.ratio.numerator * 10 == second.ratio.denominator * 4);
    CHECK(second.n == 5);
    CHECK(evidence.cell(2, procedure) == nullptr);
    CHECK(evidence.candidates()[2].teaches(9, 9));
    CHECK_FALSE(evidence.candidates()[2].teaches(1, 4));
    CHECK(evidence.cell(0, procedure)->row_first == 3);
}
