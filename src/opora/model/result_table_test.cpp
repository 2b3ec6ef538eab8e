#include "opora/model/result_table.hpp"

#include <doctest/doctest.h>

using namespace opora::model;

TEST_CASE("a table gives back the rows that were added, missing values included") {
    AssessmentResult plain;
    plain.procedure = {.year = {2024},
                       .type = ProcedureType::vpr,
                       .subject = {"russian"},
                       .programme_grade = 5,
                       .grade = 5};
    plain.school = {"107"};
    plain.mark = 3;
    plain.source_row = 14;

    AssessmentResult rich = plain;
    rich.class_name = "5А";
    rich.participant = "50001";
    rich.score = 0;
    rich.journal_mark = 4;
    rich.points = {std::int16_t{2}, std::nullopt, std::int16_t{0}};
    rich.below_minimum = true;
    rich.source_row = 15;

    ResultTable table;
    table.add(plain);
    table.add(rich);
    table.add(plain);
    REQUIRE(table.rows() == 3);
    CHECK(table.procedures.size() == 1);
    CHECK_FALSE(table.row(0).score);
    CHECK(table.row(0).points.empty());
    CHECK(table.row(1).score == 0);
    CHECK(table.row(1).points == rich.points);
    CHECK(table.row(1).class_name == "5А");
    CHECK(table.row(1).below_minimum == true);
    CHECK_FALSE(table.row(2).below_minimum);
    CHECK(table.row(2).class_name.empty());
    CHECK(table.row(2).participant.empty());
}
