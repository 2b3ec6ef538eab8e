// Spread between schools, gaps between groups of pupils, concentration, with intervals.

#include "opora/typology/spread.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"
#include "opora/typology/pupil_gaps.hpp"

namespace opora::typology {

namespace {

/// `schools` schools with one work of `pupils` pupils a year; school effects have the deviation
/// `deviation` (pupils 1), and even schools are `gap` better.
indicators::EvidenceInput territory(int schools, int pupils, double deviation, double gap) {
    indicators::EvidenceInput input;
    indicators::CellBlock block{.file = "протокол", .cells = {}};
    for (int year : {2023, 2024}) {
        block.cells.procedures.push_back({.year = {year},
                                          .type = model::ProcedureType::vpr,
                                          .subject = {"mathematics"},
                                          .programme_grade = 5,
                                          .grade = 5});
    }
    statistics::Random random{7};
    for (int i = 0; i < schools; ++i) {
        const std::string id = std::to_string(1000 + i);
        input.schools.push_back({.id = {id}, .name = id});
        block.cells.schools.push_back({id});
        const double effect = deviation * random.normal() + (i % 2 == 0 ? gap : 0);
        for (std::uint32_t procedure = 0; procedure < 2; ++procedure) {
            tally::CoreCell cell;
            cell.school = static_cast<std::uint32_t>(i);
            cell.procedure = procedure;
            for (int j = 0; j < pupils; ++j) {
                const auto score = std::llround(100 + 10 * (effect + random.normal()));
                ++cell.counts.participants;
                ++cell.counts.scored;
                cell.counts.score_sum += score;
                cell.counts.score_squares += score * score;
                ++cell.counts.minimum_known;
                cell.counts.below_minimum += score < 90 ? 1 : 0;
            }
            block.cells.cells.push_back(cell);
        }
    }
    input.blocks.push_back(std::move(block));
    return input;
}

std::vector<model::SpreadValue> measured(const indicators::Evidence& evidence,
                                         const SpreadOptions& options = {}) {
    std::vector<indicators::StandardScores> years;
    years.emplace_back(evidence, model::SchoolYear{2023});
    years.emplace_back(evidence, model::SchoolYear{2024});
    PupilGroups halves{"gap_halves", "Разрыв", {}};
    for (std::size_t i = 0; i < evidence.schools().size(); ++i) {
        halves.side.push_back(i % 2 == 0 ? 1 : 2);
    }
    return spread(evidence, years, std::vector{halves}, options);
}

const model::SpreadValue& value_of(const std::vector<model::SpreadValue>& values,
                                   const std::string& code, int year) {
    return *std::ranges::find_if(values, [&](const model::SpreadValue& value) {
        return value.code == code && value.year == model::SchoolYear{year};
    });
}

}  // namespace

TEST_CASE("spread: schools that differ by half a deviation, halves that differ by a whole one") {
    const indicators::Evidence evidence{territory(80, 60, 0.5, 1.0)};
    const auto values = measured(evidence);
    // Between schools 0.5² and the gap's 1²/4, pupils 1: all in deviations of all pupils.
    const double whole = std::sqrt(0.25 + 0.25 + 1);
    const auto& deviation = value_of(values, "school_deviation", 2024);
    CHECK(*deviation.low < std::sqrt(0.5) / whole);
    CHECK(*deviation.high > std::sqrt(0.5) / whole);
    CHECK(*deviation.high - *deviation.low < 0.3);
    CHECK(*value_of(values, "intraclass", 2024).value ==
          doctest::Approx(*deviation.value * *deviation.value).epsilon(0.05));
    const auto& gap = value_of(values, "gap_halves", 2024);
    CHECK(*gap.low < 1 / whole);
    CHECK(*gap.high > 1 / whole);
    // The same schools a year later: the change is known far better than either year.
    CHECK(std::fabs(*gap.change) < 0.1);
    CHECK(*gap.change_high - *gap.change_low < (*gap.high - *gap.low) / 2);
    CHECK_FALSE(value_of(values, "gap_halves", 2023).change);
    REQUIRE(value_of(values, "low_gini", 2024).value);
    CHECK(*value_of(values, "low_gini", 2024).value > 0.2);
}

TEST_CASE("spread: equal schools, few schools, no low results, small groups") {
    const indicators::Evidence equal{territory(40, 60, 0, 0)};
    const auto values = measured(equal);
    CHECK(*value_of(values, "school_deviation", 2024).value < 0.1);
    CHECK(*value_of(values, "gap_halves", 2024).low < 0);
    CHECK(*value_of(values, "gap_halves", 2024).high > 0);

    const indicators::Evidence two{territory(2, 60, 0.5, 0)};
    for (const auto& value : measured(two)) {
        CHECK_FALSE(value.value);
        CHECK(value.reason == "школ с результатами меньше, чем 3");
    }
    const indicators::Evidence single{territory(5, 1, 0.5, 0)};
    const auto of_single = measured(single);
    CHECK_FALSE(value_of(of_single, "school_deviation", 2024).value);
    CHECK_FALSE(value_of(of_single, "school_deviation", 2024).reason.empty());
    CHECK_FALSE(value_of(of_single, "gap_halves", 2024).value);

    SpreadOptions none;
    none.included.assign(40, 0);
    CHECK_FALSE(value_of(measured(equal, none), "low_gini", 2024).value);
    const indicators::Evidence empty{indicators::EvidenceInput{}};
    for (const auto& value : measured(empty)) CHECK_FALSE(value.value);
}

TEST_CASE("gaps: groups of pupils inside schools come as pairs of imported indicators") {
    indicators::EvidenceInput input;
    const auto add = [&](const std::string& school, int year, const std::string& code,
                         std::int64_t percent, std::optional<std::int64_t> n) {
        input.imported.push_back({{school}, {year}, {code}, {percent, 100}, n});
    };
    for (const auto* school : {"a", "b", "c"}) {
        input.schools.push_back({.id = {school}, .name = school});
        const std::int64_t shift = school[0] - 'b';
        add(school, 2023, "quality@special_needs", 30 + shift, 10);
        add(school, 2023, "quality@not_special_needs", 50 + shift, 90);
        add(school, 2024, "quality@special_needs", 35 + shift, 10);
        add(school, 2024, "quality@not_special_needs", 50 + shift, 90);
        add(school, 2024, "quality@few", 35, 2);
        add(school, 2024, "quality@not_few", 50, 98);
        add(school, 2024, "quality@alone", 35, 20);
        add(school, 2024, "quality@uncounted", 35, std::nullopt);
        add(school, 2024, "quality@not_uncounted", 50, 98);
    }
    const indicators::Evidence evidence{std::move(input)};
    const std::vector<model::SchoolYear> years{{2023}, {2024}};
    const auto values = imported_gaps(evidence, years, {}, 10);
    REQUIRE(values.size() == 6);
    const auto& gap = value_of(values, "quality@special_needs", 2024);
    CHECK(*gap.value == doctest::Approx(-0.15));
    CHECK(*gap.change == doctest::Approx(0.05));
    CHECK(*gap.low <= -0.15);
    CHECK(gap.schools == 3);
    CHECK(gap.results == 300);
    CHECK(value_of(values, "quality@few", 2024).reason ==
          "в группе или вне её меньше учеников, чем 10");
    CHECK_FALSE(value_of(values, "quality@uncounted", 2024).value);
}

}  // namespace opora::typology
