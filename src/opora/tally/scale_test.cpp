#include "opora/tally/scale.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace opora;
using model::ProcedureType;
using tally::MarkSpan;

namespace {

// Russian of the ОГЭ 2022-2024: 0-14 | 15-22 | 23-28 | 29-33; «4» needs 4 literacy points, «5»
// needs 6.
model::Scale russian() {
    model::Scale scale;
    scale.edition = "oge-2022-2024";
    scale.type = ProcedureType::oge;
    scale.subject = {"russian"};
    scale.programme_grade = 9;
    scale.year_first = model::SchoolYear{2022};
    scale.year_last = model::SchoolYear{2024};
    scale.first_scores = {15, 23, 29};
    scale.conditions = {{4, 4, 3, {"ГК1", "ГК2"}, ""}, {5, 6, 4, {"ГК1", "ГК2"}, ""}};
    return scale;
}

using Points = std::vector<std::optional<std::int16_t>>;
const std::vector<model::Task> literacy{{"1", 1}, {"ГК1", 4}, {"ГК2", 4}};

}  // namespace

TEST_CASE("a score becomes a mark at the borders of the step table") {
    const Points enough{1, 4, 4};
    const struct {
        std::int32_t score;
        std::int32_t mark;
    } rows[] = {{0, 2}, {14, 2}, {15, 3}, {22, 3}, {23, 4}, {28, 4}, {29, 5}, {33, 5}};
    for (const auto& row : rows) {
        CAPTURE(row.score);
        CHECK(tally::mark_of(russian(), row.score, literacy, enough) == row.mark);
    }
}

TEST_CASE("too few literacy points lower the mark by one step of the rule") {
    const struct {
        std::int32_t score;
        Points points;
        MarkSpan marks;
    } rows[] = {
        {29, {1, 3, 3}, {5, 5}},  {29, {1, 3, 2}, {4, 4}}, {29, {1, 0, 0}, {4, 4}},
        {23, {1, 2, 2}, {4, 4}},  {23, {1, 2, 1}, {3, 3}}, {22, {1, 0, 0}, {3, 3}},
        {29, {1, 3, {}}, {4, 5}},  // 3 known points and up to 4 more
        {29, {1, 1, {}}, {4, 4}},  // at most 5 points
        {29, {}, {4, 5}},          // the protocol has no tasks
        {14, {}, {2, 2}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.score);
        const auto marks = tally::possible_marks(russian(), row.score, literacy, row.points);
        REQUIRE(marks);
        CHECK(*marks == row.marks);
    }
}

TEST_CASE("mathematics without two geometry points is a 2 at any score") {
    model::Scale scale = russian();
    scale.first_scores = {8, 15, 22};
    scale.conditions = {{3, 2, 2, {"15"}, ""}, {4, 2, 2, {"15"}, ""}, {5, 2, 2, {"15"}, ""}};
    const std::vector<model::Task> tasks{{"15", 3}};
    CHECK(tally::mark_of(scale, 31, tasks, Points{1}) == 2);
    CHECK(tally::mark_of(scale, 31, tasks, Points{2}) == 5);
    CHECK(tally::mark_of(scale, 8, tasks, Points{2}) == 3);
    CHECK_FALSE(tally::mark_of(scale, 8, tasks, Points{std::nullopt}));
}

TEST_CASE("a table that knows only the minimum gives no mark above it") {
    model::Scale scale = russian();
    scale.first_scores = {15, {}, {}};
    scale.conditions.clear();
    CHECK(tally::mark_of(scale, 14, {}, {}) == 2);
    CHECK_FALSE(tally::mark_of(scale, 15, {}, {}));
    CHECK(tally::possible_marks(scale, 15, {}, {}) == MarkSpan{3, 5});
    scale.first_scores = {};
    CHECK_FALSE(tally::possible_marks(scale, 15, {}, {}));
}

TEST_CASE("the minimum for a certificate and for a university are two numbers") {
    model::Scale ege;
    ege.type = ProcedureType::ege;
    ege.minima = {{model::MinimumPurpose::certificate, 24, ""},
                  {model::MinimumPurpose::university, 36, ""}};
    CHECK(tally::minimum_of(ege, model::MinimumPurpose::certificate) == 24);
    CHECK(tally::minimum_of(ege, model::MinimumPurpose::university) == 36);
    CHECK(tally::minimum_of(russian(), model::MinimumPurpose::certificate) == 15);
    CHECK_FALSE(tally::minimum_of(russian(), model::MinimumPurpose::university));
}

TEST_CASE(
    "a region's own scale outranks the recommended one, and a scale without years is not applied") {
    model::Scale own = russian();
    own.region = {"64"};
    own.first_scores[0] = 16;
    model::Scale undated = russian();
    undated.year_first.reset();
    undated.year_last.reset();
    const std::array scales{undated, russian(), own};
    const model::Procedure procedure{{2024}, ProcedureType::oge, {"russian"}, 9, 9};

    CHECK(tally::find_scale(scales, procedure, {"64"}) == &scales[2]);
    CHECK(tally::find_scale(scales, procedure, {"22"}) == &scales[1]);
    CHECK(tally::find_scale(scales, procedure, {}) == &scales[1]);

    auto other = procedure;
    other.year = {2021};
    CHECK(tally::find_scale(scales, other, {}) == nullptr);
    other.year = {2025};
    CHECK(tally::find_scale(scales, other, {}) == nullptr);
    other = procedure;
    other.type = ProcedureType::vpr;
    CHECK(tally::find_scale(scales, other, {}) == nullptr);
}
