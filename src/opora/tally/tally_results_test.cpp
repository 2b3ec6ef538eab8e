#include "opora/tally/tally_results.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace opora;
using model::ProcedureType;

namespace {

constexpr std::int32_t none = -100;  // A missing number in the rows below.

std::optional<std::int32_t> known(std::int32_t number) {
    return number == none ? std::nullopt : std::optional{number};
}

model::Procedure procedure(ProcedureType type, const char* subject) {
    return {.year = {2024}, .type = type, .subject = {subject}, .programme_grade = 9, .grade = 9};
}

struct Row {
    std::int32_t mark = none;
    std::int32_t score = none;
    std::int32_t test_score = none;
    std::int32_t journal = none;
};

tally::Cell tally_of(ProcedureType type, std::initializer_list<Row> rows,
                     std::vector<model::Work> works = {}) {
    model::ResultTable table;
    table.works = std::move(works);
    std::int32_t source_row = 10;
    for (const Row& row : rows) {
        model::AssessmentResult result;
        result.procedure = procedure(type, "mathematics");
        result.school = {"107"};
        result.mark = known(row.mark);
        result.score = known(row.score);
        result.test_score = known(row.test_score);
        result.journal_mark = known(row.journal);
        result.source_row = source_row++;
        table.add(result);
    }
    const auto cells = tally::tally_results(table);
    REQUIRE(cells.size() == 1);
    return cells.front();
}

}  // namespace

TEST_CASE("an empty table has no cells") { CHECK(tally::tally_results({}).empty()); }

TEST_CASE("a participant is a row with a mark or a score; a zero score is a score") {
    struct Case {
        Row row;
        int participants;
        int scored;
        int marked;
    };
    for (const Case& expected : {Case{{.mark = 2}, 1, 0, 1}, Case{{.score = 0}, 1, 1, 0},
                                 Case{{.mark = 5, .score = 30}, 1, 1, 1}, Case{{}, 0, 0, 0},
                                 Case{{.journal = 4}, 0, 0, 0}}) {
        const auto cell = tally_of(ProcedureType::vpr, {expected.row});
        CHECK(cell.counts.participants == expected.participants);
        CHECK(cell.counts.no_result == 1 - expected.participants);
        CHECK(cell.counts.scored == expected.scored);
        CHECK(cell.counts.marked() == expected.marked);
        CHECK(cell.counts.journaled == 0);
    }
}

TEST_CASE(
    "the score of the ЕГЭ is the test score where there is one, elsewhere the primary score") {
    struct Case {
        ProcedureType type;
        Row row;
        std::int64_t sum;
        std::int32_t score_max;
    };
    for (const Case& expected :
         {Case{ProcedureType::ege, {.score = 20, .test_score = 70}, 70, 100},
          Case{ProcedureType::ege, {.score = 20}, 20, 32},
          Case{ProcedureType::ege, {.test_score = 0}, 0, 100},
          Case{ProcedureType::oge, {.score = 20, .test_score = 70}, 20, 32}}) {
        const model::Work work{procedure(expected.type, "mathematics"), 32, {}};
        const auto cell = tally_of(expected.type, {expected.row}, {work});
        CHECK(cell.counts.scored == 1);
        CHECK(cell.counts.score_sum == expected.sum);
        CHECK(cell.counts.score_max == expected.score_max);
        CHECK(cell.detail.histogram.size() == static_cast<std::size_t>(expected.sum) + 1);
    }
}

TEST_CASE("the score maximum is unknown when the file does not state it") {
    CHECK(tally_of(ProcedureType::vpr, {{.score = 20}}).counts.score_max == 0);
}

TEST_CASE("sums, squares and the histogram count every score") {
    const auto cell =
        tally_of(ProcedureType::vpr, {{.score = 3}, {.score = 0}, {.score = 3}, {.mark = 4}, {}});
    CHECK(cell.counts.score_sum == 6);
    CHECK(cell.counts.score_squares == 18);
    CHECK(cell.detail.histogram == std::vector<std::int32_t>{1, 0, 0, 2});
    CHECK(cell.row_first == 10);
    CHECK(cell.row_last == 14);
}

TEST_CASE("the work mark meets the journal mark: lowered, confirmed, raised, two apart") {
    struct Case {
        std::int32_t mark;
        std::int32_t journal;
        int lowered, confirmed, raised, far_apart;
    };
    for (const Case& expected :
         {Case{3, 4, 1, 0, 0, 0}, Case{3, 5, 1, 0, 0, 1}, Case{4, 4, 0, 1, 0, 0},
          Case{5, 4, 0, 0, 1, 0}, Case{5, 3, 0, 0, 1, 1}, Case{3, none, 0, 0, 0, 0}}) {
        const auto cell =
            tally_of(ProcedureType::vpr, {{.mark = expected.mark, .journal = expected.journal}});
        CHECK(cell.counts.journaled == (expected.journal == none ? 0 : 1));
        CHECK(cell.counts.lowered == expected.lowered);
        CHECK(cell.counts.confirmed == expected.confirmed);
        CHECK(cell.counts.raised == expected.raised);
        CHECK(cell.counts.far_apart == expected.far_apart);
        if (expected.journal == none) continue;
        CHECK(cell.detail.journal[static_cast<std::size_t>(expected.mark - 2)]
                                 [static_cast<std::size_t>(expected.journal - 2)] == 1);
    }
}

TEST_CASE("minimum flags count only where they are known") {
    model::ResultTable table;
    for (const auto& [below, at] :
         {std::pair<std::optional<bool>, std::optional<bool>>{true, false},
          {false, true},
          {false, std::nullopt},
          {std::nullopt, std::nullopt}}) {
        model::AssessmentResult result;
        result.procedure = procedure(ProcedureType::oge, "russian");
        result.school = {"1"};
        result.mark = 3;
        result.below_minimum = below;
        result.at_minimum = at;
        table.add(result);
    }
    const auto counts = tally::tally_results(table).front().counts;
    CHECK(counts.minimum_known == 3);
    CHECK(counts.below_minimum == 1);
    CHECK(counts.at_minimum_known == 2);
    CHECK(counts.at_minimum == 1);
}

TEST_CASE("tasks count points of participants, by mark too; a missing point is not a zero") {
    model::ResultTable table;
    model::AssessmentResult result;
    result.procedure = procedure(ProcedureType::vpr, "russian");
    result.school = {"1"};
    result.mark = 3;
    result.points = {std::int16_t{0}, std::nullopt};
    table.add(result);
    result.mark = std::nullopt;
    result.score = 2;
    result.points = {std::int16_t{2}, std::int16_t{0}};
    table.add(result);
    result.score = std::nullopt;  // Absent: no participant.
    result.points = {std::nullopt, std::nullopt};
    table.add(result);

    const auto detail = tally::tally_results(table).front().detail;
    CHECK(detail.tasks == std::vector<tally::TaskTally>{{{1, 0, 1}, 0}, {{1}, 1}});
    CHECK(detail.tasks_by_mark[1] == std::vector<tally::TaskTally>{{{1}, 0}, {{}, 1}});
    CHECK(detail.tasks_by_mark[0].empty());
}

TEST_CASE("classes are sorted by name; rows without a class belong to none") {
    model::ResultTable table;
    for (const char* name : {"5Б", "", "5А", "5Б"}) {
        model::AssessmentResult result;
        result.procedure = procedure(ProcedureType::vpr, "russian");
        result.school = {"1"};
        result.mark = 4;
        result.class_name = name;
        table.add(result);
    }
    const auto cell = tally::tally_results(table).front();
    CHECK(cell.counts.participants == 4);
    REQUIRE(cell.detail.classes.size() == 2);
    CHECK(cell.detail.classes[0].class_name == "5А");
    CHECK(cell.detail.classes[0].counts.participants == 1);
    CHECK(cell.detail.classes[1].class_name == "5Б");
    CHECK(cell.detail.classes[1].counts.marks[2] == 2);
}

TEST_CASE("cells stand in the order of school and procedure, whatever the order of the rows") {
    model::ResultTable table;
    for (const auto& [school, subject] :
         {std::pair{"2", "russian"}, {"10", "russian"}, {"2", "mathematics"}, {"10", "russian"}}) {
        model::AssessmentResult result;
        result.procedure = procedure(ProcedureType::vpr, subject);
        result.school = {school};
        result.mark = 4;
        table.add(result);
    }
    const auto cells = tally::tally_results(table);
    REQUIRE(cells.size() == 3);
    CHECK(cells[0].school.value == "10");
    CHECK(cells[0].counts.participants == 2);
    CHECK(cells[1].procedure.subject.value == "mathematics");
    CHECK(cells[2].procedure.subject.value == "russian");
}
