#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "opora/ports/fact_store.hpp"
#include "opora/tally/tally_results.hpp"

/// What every FactStore promises, run for each adapter by its own test with a way to make an empty
/// store.
namespace opora::contract {

using MakeFactStore = std::function<std::unique_ptr<ports::FactStore>()>;

inline model::Procedure sample_procedure(model::ProcedureType type, const char* subject) {
    return {.year = {2024}, .type = type, .subject = {subject}, .programme_grade = 9, .grade = 9};
}

/// Three schools, an exam with test scores, classes, tasks, missing values of every column, and two
/// equal rows.
inline std::vector<model::AssessmentResult> sample_rows() {
    model::AssessmentResult plain;
    plain.procedure = sample_procedure(model::ProcedureType::vpr, "russian");
    plain.school = {"107"};
    plain.mark = 3;
    plain.source_row = 14;
    model::AssessmentResult rich = plain;
    rich.class_name = "9А";
    rich.participant = "9-0001";
    rich.variant = "2";
    rich.score = 17;
    rich.journal_mark = 4;
    rich.points = {std::int16_t{2}, std::nullopt, std::int16_t{0}};
    rich.below_minimum = false;
    rich.at_minimum = true;
    rich.source_row = 15;
    model::AssessmentResult other_class = rich;
    other_class.class_name = "9Б";
    other_class.participant = "9-0002";
    other_class.score = 0;
    other_class.mark = 2;
    other_class.below_minimum = true;
    other_class.at_minimum = std::nullopt;
    other_class.source_row = 16;
    model::AssessmentResult absent = plain;
    absent.mark = std::nullopt;
    absent.source_row = 17;
    model::AssessmentResult exam = plain;
    exam.procedure = sample_procedure(model::ProcedureType::ege, "mathematics");
    exam.school = {"20"};
    exam.mark = std::nullopt;
    exam.score = 12;
    exam.test_score = 64;
    model::AssessmentResult far = plain;
    far.school = {"школа-3"};
    return {plain, plain, rich, other_class, absent, exam, far};
}

inline model::ResultTable table_of(const std::vector<model::AssessmentResult>& rows) {
    model::ResultTable table;
    for (const auto& row : rows) table.add(row);
    table.works.push_back({sample_procedure(model::ProcedureType::vpr, "russian"),
                           30,
                           {{"1", 2, 'b'}, {"2К1\t", 3, 'h'}, {"3", 1, ' '}}});
    table.works.push_back(
        {sample_procedure(model::ProcedureType::ege, "mathematics"), std::nullopt, {}});
    return table;
}

inline std::vector<model::AssessmentResult> rows_of(const model::ResultTable& table) {
    std::vector<model::AssessmentResult> rows;
    for (std::size_t row = 0; row < table.rows(); ++row) rows.push_back(table.row(row));
    return rows;
}

inline bool same(const model::AssessmentResult& left, const model::AssessmentResult& right) {
    return left.procedure == right.procedure && left.school == right.school &&
           left.class_name == right.class_name && left.participant == right.participant &&
           left.variant == right.variant && left.score == right.score &&
           left.test_score == right.test_score && left.mark == right.mark &&
           left.journal_mark == right.journal_mark && left.points == right.points &&
           left.below_minimum == right.below_minimum && left.at_minimum == right.at_minimum &&
           left.source_row == right.source_row;
}

inline tally::Cell sample_aggregate(const char* school) {
    tally::Cell cell;
    cell.school = {school};
    cell.procedure = sample_procedure(model::ProcedureType::vpr, "russian");
    cell.origin = tally::Origin::aggregate;
    cell.counts.participants = 10;
    cell.counts.marks = {1, 4, 3, 2};
    cell.counts.score_sum = 5'000'000'000;  // Wider than 32 bits, as nothing else here.
    cell.detail.histogram = {0, 0, 4, 6, 0};
    cell.detail.tasks = {{{3, 7}, 0}, {{}, 2}};
    cell.row_first = 7;
    cell.row_last = 7;
    return cell;
}

inline void fact_store_keeps_rows(const MakeFactStore& make) {
    const auto store = make();
    const auto table = table_of(sample_rows());
    const auto identity = store->add_results(table);
    CHECK(identity.value.size() == 64);
    CHECK(store->verify(identity));

    const auto expected = sample_rows();
    const auto stored = rows_of(store->results(identity, {"107"}, expected.front().procedure));
    REQUIRE(stored.size() == 5);
    for (std::size_t i = 0; i < stored.size(); ++i) CHECK(same(stored[i], expected[i]));
    CHECK(store->results(identity, {"107"}, expected[5].procedure).rows() == 0);
    CHECK(store->results(identity, {"no' such"}, expected[0].procedure).rows() == 0);

    auto works = store->works(identity);
    REQUIRE(works.size() == 2);
    std::ranges::sort(works, {}, &model::Work::procedure);
    auto given = table.works;
    std::ranges::sort(given, {}, &model::Work::procedure);
    CHECK(works == given);
}

/// Whether the core cells are those that `cells` tells of in detail.
inline void check_core(const tally::CoreCells& core, const std::vector<tally::Cell>& cells) {
    REQUIRE(core.cells.size() == cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CHECK(core.schools[core.cells[i].school] == cells[i].school);
        CHECK(core.procedures[core.cells[i].procedure] == cells[i].procedure);
        CHECK(core.cells[i].counts == cells[i].counts);
        CHECK(core.cells[i].origin == cells[i].origin);
        CHECK(core.cells[i].row_first == cells[i].row_first);
        CHECK(core.cells[i].row_last == cells[i].row_last);
    }
}

inline void fact_store_keeps_the_tally(const MakeFactStore& make) {
    const auto store = make();
    const auto table = table_of(sample_rows());
    const auto expected = tally::tally_results(table);
    const auto identity = store->add_results(table);
    CHECK(store->cells(identity, {}) == expected);

    check_core(store->core_cells(identity), expected);

    const auto exam = sample_procedure(model::ProcedureType::ege, "mathematics");
    CHECK(store->cells(identity, {.schools = {{"20"}}, .procedures = {}}).size() == 1);
    CHECK(store->cells(identity, {.schools = {{"20"}, {"107"}}, .procedures = {exam}}).size() == 1);
    CHECK(store->cells(identity, {.schools = {{"107"}}, .procedures = {exam}}).empty());
    CHECK(store->cells(identity, {.schools = {{"unknown"}}, .procedures = {}}).empty());
    const auto histograms = store->histograms(identity, {.schools = {}, .procedures = {exam}});
    REQUIRE(histograms.size() == 1);
    CHECK(histograms[0].school.value == "20");
    CHECK(histograms[0].counts == expected[1].detail.histogram);
}

inline void fact_store_names_content(const MakeFactStore& make) {
    auto rows = sample_rows();
    const auto identity = make()->add_results(table_of(rows));
    const auto store = make();
    std::ranges::shuffle(rows, std::mt19937{7});
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].source_row = static_cast<int>(i) + 100;
    CHECK(store->add_results(table_of(rows)) == identity);
    CHECK(store->add_results(table_of(rows)) == identity);
    CHECK(store->cells(identity, {}).size() == 3);

    const auto differs = [&](const std::function<void(model::AssessmentResult&)>& change) {
        auto changed = rows;
        change(changed.front());
        CHECK(store->add_results(table_of(changed)) != identity);
    };
    differs([](auto& row) { row.school = {"108"}; });
    differs([](auto& row) { row.procedure.year = {2023}; });
    differs([](auto& row) { row.class_name += "1"; });
    differs([](auto& row) { row.participant += "1"; });
    differs([](auto& row) { row.variant += "1"; });
    differs([](auto& row) { row.score = row.score ? std::nullopt : std::optional{0}; });
    differs([](auto& row) { row.mark = row.mark ? std::nullopt : std::optional{4}; });
    differs([](auto& row) { row.journal_mark = 5; });
    differs([](auto& row) { row.points.push_back(std::nullopt); });
    differs(
        [](auto& row) { row.at_minimum = row.at_minimum ? std::nullopt : std::optional{false}; });
    rows.pop_back();
    CHECK(store->add_results(table_of(rows)) != identity);
}

inline void fact_store_keeps_aggregates(const MakeFactStore& make) {
    const auto store = make();
    const std::vector<tally::Cell> cells{sample_aggregate("20"), sample_aggregate("107")};
    const std::vector<model::Work> works{
        {.procedure = cells[0].procedure, .tasks = {{"1", 1, 'b'}, {"3К1", 2}}}};
    const auto identity = store->add_aggregates(cells, works);
    CHECK(store->add_aggregates({cells[1], cells[0]}, works) == identity);
    CHECK(store->cells(identity, {}) == std::vector{cells[1], cells[0]});
    CHECK(store->core_cells(identity).cells.at(0).counts == cells[1].counts);
    CHECK(store->core_cells(identity).cells.at(0).origin == tally::Origin::aggregate);
    CHECK(store->works(identity) == works);
    CHECK(store->results(identity, {"107"}, cells[0].procedure).rows() == 0);
    CHECK(store->verify(identity));

    auto changed = cells;
    changed[0].detail.histogram = {1};
    CHECK(store->add_aggregates(changed, works) != identity);

    auto other_works = works;
    other_works[0].tasks[1].number = "3К2";
    const auto renamed = store->add_aggregates(cells, other_works);
    CHECK(renamed != identity);
    CHECK(store->works(renamed) == other_works);

    const auto without = store->add_aggregates(cells, {});
    CHECK(without != identity);
    CHECK(store->works(without).empty());
    CHECK(store->verify(without));
}

inline void fact_store_keeps_nothing_too(const MakeFactStore& make) {
    const auto store = make();
    const auto identity = store->add_results({});
    CHECK(store->core_cells(identity).cells.empty());
    CHECK(store->cells(identity, {}).empty());
    CHECK(store->verify(identity));
    const auto aggregates = store->add_aggregates({}, {});
    CHECK(aggregates != identity);
    CHECK(store->core_cells(aggregates).cells.empty());
}

inline void fact_store_gives_several_at_once(const MakeFactStore& make) {
    const auto store = make();
    auto rows = sample_rows();
    std::vector<model::FactIdentity> identities{store->add_results(table_of(rows))};
    for (auto& row : rows) row.procedure.year = {2023};
    identities.push_back(store->add_results(table_of(rows)));
    for (auto& row : rows) row.mark = std::nullopt;
    identities.push_back(store->add_results(table_of(rows)));
    identities.push_back(store->add_results({}));
    identities.push_back(store->add_aggregates({sample_aggregate("20")}, {}));
    identities.push_back(identities.front());
    for (int asked = 0; asked < 2; ++asked) {
        const auto all = store->core_cells_of(identities);
        REQUIRE(all.size() == identities.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            check_core(all[i], store->cells(identities[i], {}));
        }
    }
    CHECK(store->core_cells_of({}).empty());
}

inline void fact_store_sweeps(const MakeFactStore& make) {
    const auto store = make();
    const auto kept = store->add_results(table_of(sample_rows()));
    store->add_results({});
    store->add_aggregates({sample_aggregate("20")}, {});
    CHECK(store->sweep(std::vector{kept}) == 2);
    CHECK(store->sweep(std::vector{kept}) == 0);
    CHECK(store->cells(kept, {}).size() == 3);
}

inline void fact_store_contract(const MakeFactStore& make) {
    SUBCASE("rows come back as they were, missing values included") { fact_store_keeps_rows(make); }
    SUBCASE("the tally equals the tally of the rows") { fact_store_keeps_the_tally(make); }
    SUBCASE("the identity names the content, not the order or the place of the rows") {
        fact_store_names_content(make);
    }
    SUBCASE("aggregate cells come back as they were") { fact_store_keeps_aggregates(make); }
    SUBCASE("an empty table is facts too") { fact_store_keeps_nothing_too(make); }
    SUBCASE("several files are read as each alone") { fact_store_gives_several_at_once(make); }
    SUBCASE("what nobody names is swept") { fact_store_sweeps(make); }
}

}  // namespace opora::contract
