// All signs together: who is marked, and what must not matter.

#include "opora/objectivity/inspect.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "opora/objectivity/test_results.hpp"

namespace opora::objectivity {

namespace {

using testing::Results;
using testing::work;

Row row_of(SchoolNumber school, ObjectivitySign sign, double p, ProcedureNumber procedure = 0) {
    return {.school = school, .sign = sign, .procedure = procedure, .n = 50, .p = p};
}

Results district(std::uint64_t seed) {
    Results results;
    for (int i = 0; i < 30; ++i) results.school((i < 10 ? "s0" : "s") + std::to_string(i));
    for (const int grade : {4, 5, 6}) {
        for (const int in : {2022, 2023, 2024}) {
            testing::honest_schools(results, 30, 40, seed, work(grade, "mathematics", in));
        }
    }
    return results;
}

}  // namespace

TEST_CASE("a school is marked exactly when one of its rows is") {
    std::vector<Row> rows;
    for (SchoolNumber school = 0; school < 20; ++school) {
        for (ProcedureNumber i = 0; i < 10; ++i) {
            const double p = school < 2 && i < 4 ? 1e-6 : 0.03 + 0.09 * i;
            rows.push_back(row_of(school, ObjectivitySign::border_spike, p, i));
        }
    }
    const auto schools = conclude(rows, 0.05, {});
    REQUIRE(schools.size() == 20);
    for (const SchoolSigns& one : schools) {
        CAPTURE(one.school);
        CHECK((one.marked > 0) == (one.q <= 0.05));
        CHECK(one.marked == (one.school < 2 ? 4 : 0));
        CHECK(one.tested == 10);
    }
    for (const Row& row : rows) CHECK(row.marked == (row.q <= 0.05));
}

TEST_CASE("signs that read the same numbers are one ground") {
    using enum ObjectivitySign;
    struct Line {
        std::vector<ObjectivitySign> signs;
        int grounds;
    };
    for (const Line& line :
         {Line{{border_spike}, 1}, Line{{above_group, homogeneous_class}, 1},
          Line{{cohort_fall, passing_gain}, 1}, Line{{journal_gap, examination_gap}, 2},
          Line{{border_spike, above_group, cohort_fall, journal_gap, examination_gap}, 5}}) {
        std::vector<Row> rows;
        for (const auto sign : line.signs) rows.push_back(row_of(0, sign, 1e-9));
        const auto schools = conclude(rows, 0.05, {});
        CHECK(schools[0].grounds == line.grounds);
        CHECK(schools[0].marked == std::ssize(line.signs));
    }
}

TEST_CASE("rows that were not tested are neither marked nor counted") {
    std::vector<Row> rows{untested(0, ObjectivitySign::journal_gap, 0, Untested::no_journal),
                          row_of(1, ObjectivitySign::journal_gap, 0.5)};
    const auto schools = conclude(rows, 0.05, {});
    REQUIRE(schools.size() == 1);
    CHECK(schools[0].school == 1);
    CHECK(schools[0].marked == 0);
    std::vector<Row> nothing;
    CHECK(conclude(nothing, 0.05, {}).empty());
}

TEST_CASE("an empty territory, a territory of one school and equal results end in reasons") {
    Results empty;
    CHECK(inspect(empty.material(), 0.05).rows.empty());

    Results alone;
    alone.school("s00");
    testing::honest_schools(alone, 1, 40, 1);
    for (const Row& row : inspect(alone.material(), 0.05).rows) {
        CHECK((!row.tested() || row.sign == ObjectivitySign::border_spike));
        CHECK(!row.marked);
    }

    Results equal = district(1);
    for (auto& one : equal.works()) one.scores.assign(40, 38);
    const Inspection inspection = inspect(equal.material(), 0.05);
    for (const Row& row : inspection.rows) CHECK(!row.tested());
    CHECK(inspection.schools.empty());

    Results single = district(1);
    for (auto& one : single.works()) one.scores.resize(1);  // One pupil in every school.
    for (const Row& row : inspect(single.material(), 0.05).rows) CHECK(!row.tested());
}

TEST_CASE("the order in which results arrive changes no bit") {
    constexpr std::uint64_t seed = 77;
    CAPTURE(seed);
    Results one = district(seed);
    Results other = district(seed);
    std::ranges::reverse(other.works());
    const Inspection first = inspect(one.material(), 0.2);
    const Inspection second = inspect(other.material(), 0.2);
    REQUIRE(first.rows.size() == second.rows.size());
    for (std::size_t i = 0; i < first.rows.size(); ++i) {
        CAPTURE(i);
        CHECK(first.rows[i].school == second.rows[i].school);
        CHECK(first.rows[i].sign == second.rows[i].sign);
        CHECK(first.rows[i].p == second.rows[i].p);
        CHECK(first.rows[i].q == second.rows[i].q);
        CHECK(first.rows[i].statistic == second.rows[i].statistic);
    }
}

TEST_CASE("marked cells are the results of marked rows, once each; all works together name none") {
    Inspection inspection;
    Row marked = row_of(2, ObjectivitySign::border_spike, 1e-9, 4);
    marked.marked = true;
    Row again = row_of(2, ObjectivitySign::journal_gap, 1e-9, 4);
    again.marked = true;
    Row together = row_of(2, ObjectivitySign::border_spike, 1e-9, indicators::nothing);
    together.marked = true;
    inspection.rows = {marked, together, again, row_of(3, ObjectivitySign::above_group, 0.5)};
    const auto cells = marked_cells(inspection);
    REQUIRE(cells.size() == 1);
    CHECK(cells[0] == indicators::MarkedCell{2, 4});
}

}  // namespace opora::objectivity
