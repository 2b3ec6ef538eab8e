#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>

#include "opora/tally/tally_results.hpp"

using namespace opora;

namespace {

rc::Gen<std::optional<std::int32_t>> perhaps(std::int32_t low, std::int32_t high) {
    return rc::gen::map(rc::gen::inRange(low - 1, high + 1), [low](std::int32_t number) {
        return number < low ? std::nullopt : std::optional{number};
    });
}

std::optional<bool> flag(std::optional<std::int32_t> number) {
    return number ? std::optional{*number == 1} : std::nullopt;
}

model::AssessmentResult any_result() {
    model::AssessmentResult result;
    result.procedure = {
        .year = {2024},
        .type = *rc::gen::element(model::ProcedureType::ege, model::ProcedureType::vpr),
        .subject = {*rc::gen::element<std::string>("russian", "physics")},
        .programme_grade = 11,
        .grade = 11};
    result.school = {*rc::gen::element<std::string>("2", "10", "107")};
    result.class_name = *rc::gen::element<std::string>("", "11А", "11Б");
    result.score = *perhaps(0, 6);
    result.test_score = *perhaps(0, 5);
    result.mark = *perhaps(2, 5);
    result.journal_mark = *perhaps(2, 5);
    result.below_minimum = flag(*perhaps(0, 1));
    result.at_minimum = flag(*perhaps(0, 1));
    for (int task = *rc::gen::inRange(0, 3); task > 0; --task) {
        const auto points = *perhaps(0, 3);
        result.points.push_back(points ? std::optional{static_cast<std::int16_t>(*points)}
                                       : std::nullopt);
    }
    result.source_row = *rc::gen::inRange(1, 100);
    return result;
}

using Rows = std::vector<model::AssessmentResult>;

Rows any_rows() {
    Rows rows(static_cast<std::size_t>(*rc::gen::inRange(0, 40)));
    std::ranges::generate(rows, any_result);
    return rows;
}

std::vector<tally::Cell> cells_of(std::span<const model::AssessmentResult> rows) {
    model::ResultTable table;
    for (const auto& row : rows) table.add(row);
    for (const auto& procedure : table.procedures) table.works.push_back({procedure, 40, {}});
    return tally::tally_results(table);
}

std::vector<tally::Cell> merged(std::vector<tally::Cell> left,
                                const std::vector<tally::Cell>& right) {
    std::map<std::pair<model::SchoolId, model::Procedure>, tally::Cell> cells;
    for (auto& cell : left) cells.emplace(std::pair{cell.school, cell.procedure}, cell);
    for (const auto& cell : right) {
        const auto [place, is_new] = cells.emplace(std::pair{cell.school, cell.procedure}, cell);
        if (is_new) continue;
        merge(place->second.counts, cell.counts);
        merge(place->second.detail, cell.detail);
        place->second.row_first = std::min(place->second.row_first, cell.row_first);
        place->second.row_last = std::max(place->second.row_last, cell.row_last);
    }
    std::vector<tally::Cell> all;
    for (auto& [key, cell] : cells) all.push_back(std::move(cell));
    return all;
}

}  // namespace

TEST_CASE("tallies of two parts of a table merge into the tally of the whole") {
    CHECK(rc::check([] {
        const Rows rows = any_rows();
        const auto cut =
            static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, rows.size() + 1));
        const auto parts =
            merged(cells_of(std::span{rows}.first(cut)), cells_of(std::span{rows}.subspan(cut)));
        RC_ASSERT(parts == cells_of(rows));
    }));
}

TEST_CASE("the order of the rows does not change the cells") {
    CHECK(rc::check([] {
        Rows rows = any_rows();
        const auto before = cells_of(rows);
        std::ranges::shuffle(rows, std::mt19937{*rc::gen::arbitrary<std::uint32_t>()});
        RC_ASSERT(cells_of(rows) == before);
    }));
}
