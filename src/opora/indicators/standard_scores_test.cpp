#include "opora/indicators/standard_scores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

using namespace opora;
using namespace opora::indicators;

namespace {

constexpr model::SchoolYear year{2024};
const model::Procedure russian{year, model::ProcedureType::vpr, {"russian"}, 5, 5};
const model::Procedure mathematics{year, model::ProcedureType::vpr, {"mathematics"}, 5, 5};

tally::CellCounts scored(const std::vector<int>& scores) {
    tally::CellCounts counts;
    for (const int score : scores) {
        ++counts.participants;
        ++counts.scored;
        counts.score_sum += score;
        counts.score_squares += std::int64_t{score} * score;
    }
    return counts;
}

tally::CellCounts marked(int two, int three, int four, int five) {
    tally::CellCounts counts;
    counts.marks = {two, three, four, five};
    counts.participants = counts.marked();
    return counts;
}

struct Result {
    std::string school;
    model::Procedure procedure;
    tally::CellCounts counts;
};

Evidence evidence_of(const std::vector<Result>& results) {
    EvidenceInput input;
    for (const Result& one : results) {
        if (std::ranges::find(input.schools, one.school, [](const model::School& school) {
                return school.id.value;
            }) == input.schools.end()) {
            input.schools.push_back({.id = {one.school}});
        }
        input.blocks.push_back({"протокол.csv",
                                {.schools = {{one.school}},
                                 .procedures = {one.procedure},
                                 .cells = {{.school = 0, .procedure = 0, .counts = one.counts}}}});
    }
    return Evidence{std::move(input)};
}

}  // namespace

TEST_CASE("standard scores: all participants of a procedure have mean 0 and deviation 1") {
    const Evidence evidence =
        evidence_of({{"1", russian, scored({10, 12, 20})}, {"2", russian, scored({4, 8, 18, 19})}});
    const StandardScores scores{evidence, year};
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (const StandardCell& cell : scores.cells()) {
        n += static_cast<double>(cell.n);
        sum += cell.sum;
        squares += cell.squares;
    }
    CHECK(n == 7);
    CHECK(sum == doctest::Approx(0).epsilon(1e-12));
    CHECK(squares == doctest::Approx(7).epsilon(1e-12));
    // Mean 13, deviation sqrt(226 / 7) of the seven results.
    CHECK(scores.cells_of(0)[0].mean() == doctest::Approx((14.0 - 13) / std::sqrt(226.0 / 7)));
}

TEST_CASE("marks stand in where nobody has a score, on a scale of their own") {
    const Evidence evidence = evidence_of({{"1", russian, marked(1, 0, 0, 1)},
                                           {"2", russian, scored({30, 10})},
                                           {"3", russian, marked(0, 1, 1, 0)}});
    const StandardScores scores{evidence, year};
    REQUIRE(scores.cells().size() == 3);
    CHECK(scores.cells_of(1)[0].squares == doctest::Approx(2));
    // Marks 2, 5, 3, 4: mean 3,5, variance 1,25; those of the first school are 1,5 away from it.
    CHECK(scores.cells_of(0)[0].squares == doctest::Approx(2 * 2.25 / 1.25));
}

TEST_CASE(
    "what compares nobody gives no standard score: equal results, a single pupil, no result") {
    CHECK(StandardScores{evidence_of({{"1", russian, scored({7, 7})}, {"2", russian, scored({7})}}),
                         year}
              .cells()
              .empty());
    CHECK(StandardScores{evidence_of({{"1", russian, scored({7})}}), year}.cells().empty());
    CHECK(StandardScores{evidence_of({{"1", russian, scored({})}}), year}.cells().empty());
    CHECK(StandardScores{evidence_of({{"1", russian, scored({1, 9})}}), year - 1}.cells().empty());
}

TEST_CASE("variance: pupils alone when procedures of a school agree, nothing without two pupils") {
    const std::vector<int> spread{0, 4};
    const StandardScores agreeing{evidence_of({{"1", russian, scored(spread)},
                                               {"1", mathematics, scored(spread)},
                                               {"2", russian, scored(spread)},
                                               {"2", mathematics, scored(spread)}}),
                                  year};
    const auto variance = standard_variance(agreeing);
    REQUIRE(variance);
    CHECK(variance->procedures == 0);
    CHECK(variance->pupils == doctest::Approx(2));  // Eight results ±1, four degrees of freedom.

    const StandardScores single{
        evidence_of({{"1", russian, scored({1})}, {"2", russian, scored({5})}}), year};
    CHECK_FALSE(standard_variance(single));
}

TEST_CASE("a school's error shrinks with its pupils, but not below what its procedures differ by") {
    const auto error_of = [](int pupils) {
        std::vector<int> some(static_cast<std::size_t>(pupils));
        std::iota(some.begin(), some.end(), 0);
        const Evidence evidence =
            evidence_of({{"1", russian, scored(some)}, {"2", russian, scored({0, 1, 2})}});
        const StandardScores scores{evidence, year};
        const auto results = standard_results(scores, {.pupils = 1, .procedures = 0.04});
        REQUIRE(results.size() == 2);
        CHECK(results[0].results == pupils);
        return results[0].standard_error;
    };
    CHECK(error_of(1) == doctest::Approx(std::sqrt(0.04 + 1.0)));
    CHECK(error_of(100) == doctest::Approx(std::sqrt(0.04 + 0.01)));
}

TEST_CASE("standard scores are the same bits in any order of the files") {
    std::vector<Result> results{{"1", russian, scored({3, 9, 11})},
                                {"2", russian, scored({4, 4, 18})},
                                {"3", mathematics, scored({5, 6})},
                                {"1", mathematics, scored({1, 2, 8})}};
    const Evidence evidence = evidence_of(results);
    const StandardScores first{evidence, year};
    std::ranges::reverse(results);
    const Evidence turned = evidence_of(results);
    const StandardScores second{turned, year};
    REQUIRE(first.cells().size() == second.cells().size());
    for (std::size_t i = 0; i < first.cells().size(); ++i) {
        CHECK(first.cells()[i].candidate == second.cells()[i].candidate);
        CHECK(first.cells()[i].sum == second.cells()[i].sum);
        CHECK(first.cells()[i].squares == second.cells()[i].squares);
    }
}

TEST_CASE(
    "yearly marks, the school's own assessment, ГВЭ and retakes are no results to compare schools "
    "by") {
    const auto counted = [](model::ProcedureType type, model::Period period) {
        model::Procedure work = russian;
        work.type = type;
        work.period = period;
        const Evidence evidence = evidence_of({{"1", work, scored({1, 5})}});
        return !StandardScores{evidence, year}.cells().empty();
    };
    using model::Period;
    using model::ProcedureType;
    CHECK(counted(ProcedureType::vpr, Period::main));
    CHECK(counted(ProcedureType::oge, Period::main));
    CHECK(counted(ProcedureType::ege, Period::main));
    CHECK(counted(ProcedureType::rdr, Period::main));
    CHECK_FALSE(counted(ProcedureType::annual, Period::main));
    CHECK_FALSE(counted(ProcedureType::vsoko, Period::main));
    CHECK_FALSE(counted(ProcedureType::gve, Period::main));
    CHECK_FALSE(counted(ProcedureType::oge, Period::retake));
    CHECK_FALSE(counted(ProcedureType::oge, Period::reserve));
}
