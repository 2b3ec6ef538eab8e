#include "opora/application/import.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "opora/application/form_differences.hpp"
#include "opora/application/form_references.hpp"
#include "opora/application/works_met.hpp"
#include "opora/tally/tally_results.hpp"

using namespace opora;
using namespace opora::application;

namespace {

/// Facts kept in memory: enough of a store for the use case of importing.
class FactsInMemory : public ports::FactStore {
public:
    model::FactIdentity add_results(model::ResultTable results) override {
        const model::FactIdentity identity{"r" +
                                           std::string(1, static_cast<char>('a' + tables_.size()))};
        tables_[identity] = std::move(results);
        return identity;
    }
    model::FactIdentity add_aggregates(std::vector<tally::Cell> cells,
                                       std::vector<model::Work> works) override {
        const model::FactIdentity identity{"a" +
                                           std::string(1, static_cast<char>('a' + cells_.size()))};
        cells_[identity] = std::move(cells);
        works_[identity] = std::move(works);
        return identity;
    }
    ports::CoreCells core_cells(const model::FactIdentity& identity) const override {
        ports::CoreCells core;
        for (const tally::Cell& cell : all(identity)) {
            core.schools.push_back(cell.school);
            core.procedures.push_back(cell.procedure);
            const auto number = static_cast<std::uint32_t>(core.cells.size());
            core.cells.push_back(
                {number, number, cell.origin, cell.counts, cell.row_first, cell.row_last});
        }
        return core;
    }
    std::vector<ports::CoreCells> core_cells_of(
        std::span<const model::FactIdentity> identities) const override {
        std::vector<ports::CoreCells> several;
        for (const auto& identity : identities) several.push_back(core_cells(identity));
        return several;
    }
    std::vector<tally::Cell> cells(const model::FactIdentity& identity,
                                   const ports::CellFilter&) const override {
        return all(identity);
    }
    std::vector<tally::Histogram> histograms(const model::FactIdentity&,
                                             const ports::CellFilter&) const override {
        return {};
    }
    model::ResultTable results(const model::FactIdentity& identity, const model::SchoolId& school,
                               const model::Procedure& procedure) const override {
        model::ResultTable some;
        const model::ResultTable& table = tables_.at(identity);
        for (std::size_t i = 0; i < table.rows(); ++i) {
            const auto row = table.row(i);
            if (row.school == school && row.procedure == procedure) some.add(row);
        }
        return some;
    }
    std::vector<model::Work> works(const model::FactIdentity& identity) const override {
        const auto found = works_.find(identity);
        return found != works_.end() ? found->second : std::vector<model::Work>{};
    }
    bool verify(const model::FactIdentity&) const override { return true; }
    std::int64_t sweep(std::span<const model::FactIdentity>) override { return 0; }

private:
    std::vector<tally::Cell> all(const model::FactIdentity& identity) const {
        const auto table = tables_.find(identity);
        return table != tables_.end() ? tally::tally_results(table->second) : cells_.at(identity);
    }
    std::map<model::FactIdentity, model::ResultTable> tables_;
    std::map<model::FactIdentity, std::vector<tally::Cell>> cells_;
    std::map<model::FactIdentity, std::vector<model::Work>> works_;
};

class RegisterInMemory : public ports::RegisterStore {
public:
    ports::RegisterRows rows() const override { return {}; }
    std::vector<model::AnswerTally> answers(model::SchoolYear) const override { return {}; }
    model::FactorReview add_review(model::FactorReview review) override { return review; }
    std::vector<model::FactorReview> reviews(model::SchoolYear) const override { return {}; }
    ports::RowChanges compare(const ports::RegisterRows&, bool) const override { return {}; }
    ports::ImportReceipt import(const ports::RegisterRows&, bool,
                                ports::ImportReceipt receipt) override {
        receipt.number = std::ssize(receipts_) + 1;
        receipts_.push_back(receipt);
        return receipt;
    }
    std::vector<ports::ImportReceipt> imports() const override { return receipts_; }
    base::Result<base::Done> undo(ports::ImportNumber number, const std::string&) override {
        receipts_[static_cast<std::size_t>(number - 1)].undone = true;
        return base::Done{};
    }
    std::string rows_hash() const override { return "rows"; }
    std::optional<std::string> setting(const std::string&) const override { return {}; }
    void set_setting(const std::string&, const std::string&, const std::string&) override {}
    void audit(const std::string&, const std::string&, const std::string&,
               const std::string&) override {}

private:
    std::vector<ports::ImportReceipt> receipts_;
};

class StoreInMemory : public ports::Store {
public:
    const ports::RegisterReader& registers() const override { return register_; }
    const ports::FactStore& facts() const override { return facts_; }
    ports::RegisterStore& register_store() override { return register_; }
    ports::FactStore& fact_store() override { return facts_; }
    ports::ListStore& list_store() override { std::abort(); }  // No import asks for lists.
    const std::filesystem::path& directory() const override { return directory_; }

private:
    RegisterInMemory register_;
    FactsInMemory facts_;
    std::filesystem::path directory_;
};

/// Twenty rows of one school; the first `changed` have another mark, the last `fewer` are missing.
ports::ImportBatch batch(int changed, int fewer = 0, int year = 2024) {
    ports::ImportBatch batch{.kind = "vpr-f1", .file = "Ф1.xlsx"};
    for (int i = 0; i < 20 - fewer; ++i) {
        model::AssessmentResult row;
        row.procedure = {{year}, model::ProcedureType::vpr, {"russian"}, 5, 5};
        row.school = {"107"};
        row.participant = std::string(1, static_cast<char>('a' + i));
        row.mark = i < changed ? 2 : 3;
        row.source_row = i + 14;
        batch.results.add(row);
    }
    return batch;
}

}  // namespace

TEST_CASE("the same file twice changes nothing and leaves no receipt") {
    StoreInMemory store;
    CHECK(store_import(store, batch(0), {}).receipt);
    const ImportOutcome again = store_import(store, batch(0), {});
    CHECK_FALSE(again.receipt);
    CHECK(again.preview.unchanged == 20);
}

TEST_CASE("a file that changes more than 10 rows and more than 10 % is stopped, unless asked for") {
    struct Row {
        int changed, fewer;
        std::optional<std::int64_t> allowed;
        bool stopped;
    };
    for (const Row& row : std::vector<Row>{{10, 0, {}, false},
                                           {11, 0, {}, true},
                                           {0, 10, {}, false},
                                           {6, 5, {}, true},
                                           {11, 0, 11, false},
                                           {11, 0, 10, true},
                                           {1, 0, 0, true}}) {
        CAPTURE(row.changed);
        CAPTURE(row.fewer);
        StoreInMemory store;
        store_import(store, batch(0), {});
        const ImportOutcome outcome =
            store_import(store, batch(row.changed, row.fewer), {.changes_max = row.allowed});
        CHECK(outcome.objection.has_value() == row.stopped);
        CHECK(outcome.receipt.has_value() == !row.stopped);
        CHECK(outcome.preview.changed == row.changed);
        CHECK(outcome.preview.vanished == row.fewer);
        if (row.stopped) CHECK(outcome.objection->code == "mass_change");
    }
}

TEST_CASE("another year meets nothing; after an undo the earlier rows are met again") {
    StoreInMemory store;
    store_import(store, batch(0), {});
    CHECK(preview_import(store, batch(0, 0, 2023), {}).added == 20);
    store_import(store, batch(5), {});
    CHECK(preview_import(store, batch(5), {}).unchanged == 20);
    CHECK(store.register_store().undo(2, "local:test"));
    CHECK(preview_import(store, batch(0), {}).unchanged == 20);
}

TEST_CASE("rows with errors refuse the file, or are left out, as asked; nothing left is refused") {
    for (const RowPolicy policy : {RowPolicy::all_or_nothing, RowPolicy::good}) {
        StoreInMemory store;
        ports::ImportBatch some = batch(0);
        some.errors.push_back({.code = "mark_out_of_range", .message = "отметка вне шкалы"});
        const ImportOutcome outcome = store_import(store, std::move(some), {.rows = policy});
        CHECK(outcome.receipt.has_value() == (policy == RowPolicy::good));
        if (outcome.objection) CHECK(outcome.objection->code == "rows_refused");
    }
    StoreInMemory store;
    ports::ImportBatch none{.kind = "vpr-f1", .file = "Ф1.xlsx"};
    none.errors.push_back({.code = "mark_out_of_range", .message = "отметка вне шкалы"});
    const ImportOutcome outcome = store_import(store, std::move(none), {.rows = RowPolicy::good});
    REQUIRE(outcome.objection);
    CHECK(outcome.objection->code == "nothing_left");
}

namespace {

const model::Procedure russian_5{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5};

/// An aggregate form with one school.
ports::ImportBatch form(const char* kind, const tally::CellCounts& counts) {
    ports::ImportBatch batch{.kind = kind, .file = std::string{kind} + ".xlsx"};
    tally::Cell cell;
    cell.school = {"107"};
    cell.procedure = russian_5;
    cell.origin = tally::Origin::aggregate;
    cell.counts = counts;
    cell.row_first = cell.row_last = 3;
    batch.aggregates.push_back(cell);
    return batch;
}

tally::CellCounts marks(int two, int three) {
    tally::CellCounts counts;
    counts.participants = counts.minimum_known = two + three;
    counts.marks = {two, three, 0, 0};
    counts.below_minimum = two;
    return counts;
}

tally::CellCounts journal(int lowered, int confirmed) {
    tally::CellCounts counts;
    counts.participants = counts.journaled = lowered + confirmed;
    counts.lowered = lowered;
    counts.confirmed = confirmed;
    return counts;
}

std::vector<std::string> codes_of(const base::Errors& errors) {
    std::vector<std::string> codes;
    for (const base::Error& error : errors) codes.push_back(error.code);
    return codes;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("rows that only stand beside refused ones are not counted as refused") {
    StoreInMemory store;
    ports::ImportBatch some = batch(0);
    some.errors.push_back({.code = "wrong_mark", .message = "отметка вне шкалы"});
    some.failed.rows = {{.row = 5, .refused = true}, {.row = 6, .refused = false}};
    const ImportOutcome outcome = store_import(store, std::move(some), {.rows = RowPolicy::good});
    REQUIRE(outcome.receipt);
    CHECK(outcome.receipt->rows_refused == 1);
}

TEST_CASE("a file that is refused whole gives no row, whatever is asked") {
    for (const RowPolicy policy : {RowPolicy::all_or_nothing, RowPolicy::good}) {
        StoreInMemory store;
        ports::ImportBatch swapped = batch(0);
        swapped.errors.push_back({.code = "columns_swapped", .message = "столбцы переставлены"});
        swapped.refused = true;
        const ImportOutcome outcome = store_import(store, std::move(swapped), {.rows = policy});
        CHECK_FALSE(outcome.receipt);
        REQUIRE(outcome.objection);
        CHECK(outcome.objection->code == "file_refused");
    }
}

TEST_CASE("a form meets the stored form of the same fields, not the others of its school") {
    StoreInMemory store;
    CHECK(store_import(store, form("vpr-marks", marks(5, 20)), {}).preview.added == 1);
    CHECK(store_import(store, form("vpr-journal", journal(5, 20)), {}).preview.added == 1);
    CHECK(preview_import(store, form("vpr-marks", marks(5, 20)), {}).unchanged == 1);
    CHECK(preview_import(store, form("vpr-marks", marks(4, 21)), {}).changed == 1);
    CHECK(preview_import(store, form("vpr-journal", journal(5, 20)), {}).unchanged == 1);
}

TEST_CASE("the tasks of a form and their numbers are a part of what is compared") {
    StoreInMemory store;
    ports::ImportBatch tasks = form("vpr-tasks", {.participants = 25});
    tasks.aggregates[0].detail.tasks = {{{5, 20}, 0}, {{10, 15}, 0}};
    tasks.form_works = {{.procedure = russian_5, .tasks = {{"1", 1}, {"2", 1}}}};
    store_import(store, tasks, {});
    CHECK(preview_import(store, tasks, {}).unchanged == 1);
    ports::ImportBatch solved = tasks;
    solved.aggregates[0].detail.tasks[0].counts = {6, 19};
    CHECK(preview_import(store, solved, {}).changed == 1);
    ports::ImportBatch renamed = tasks;
    renamed.form_works[0].tasks[1].number = "3";
    CHECK(preview_import(store, renamed, {}).changed == 1);
}

TEST_CASE("forms with different participants are told, with the number that counts") {
    StoreInMemory store;
    store_import(store, form("vpr-marks", marks(5, 20)), {});
    CHECK(preview_import(store, form("vpr-journal", journal(5, 20)), {}).warnings.empty());
    const std::map<model::SubjectCode, std::string> titles{{{"russian"}, "Русский язык"}};
    const auto preview =
        preview_import(store, form("vpr-journal", journal(5, 19)), {.subjects = &titles});
    REQUIRE(codes_of(preview.warnings) == Codes{"form_participants_differ"});
    const base::Error& warning = preview.warnings[0];
    CHECK(warning.place == base::Place{"vpr-journal.xlsx", "", 3, ""});
    CHECK(warning.message.find("школа 107, ВПР «Русский язык», 5 класс, 2023/24") !=
          std::string::npos);
    CHECK(warning.message.find("участников 24 и 25 в «vpr-marks.xlsx»") != std::string::npos);
    store_import(store, form("vpr-journal", journal(5, 19)), {});
    const auto differences = form_differences(store);
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].form_file == "vpr-journal.xlsx");
    CHECK(differences[0].other_file == "vpr-marks.xlsx");
    CHECK_FALSE(differences[0].protocol);
}

TEST_CASE("a form that differs from the protocol is told, whichever of them came first") {
    // The protocol of `batch(3)`: 20 participants, three with «2».
    StoreInMemory protocol_first;
    store_import(protocol_first, batch(3), {});
    CHECK(preview_import(protocol_first, form("vpr-marks", marks(3, 17)), {}).warnings.empty());
    const auto late = store_import(protocol_first, form("vpr-marks", marks(4, 17)), {}).preview;
    CHECK(codes_of(late.warnings) == Codes{"form_differs"});
    CHECK(late.outranked);
    CHECK(late.warnings[0].message.find("участников 21 и 20, отметок «2» 4 и 3") !=
          std::string::npos);

    StoreInMemory form_first;
    store_import(form_first, form("vpr-marks", marks(4, 17)), {});
    const auto early = store_import(form_first, batch(3), {}).preview;
    CHECK(codes_of(early.warnings) == Codes{"form_differs"});
    CHECK(early.warnings[0].place.file == "vpr-marks.xlsx");

    for (StoreInMemory* store : {&protocol_first, &form_first}) {
        const auto differences = form_differences(*store);
        REQUIRE(differences.size() == 1);
        CHECK(differences[0].protocol);
        CHECK(differences[0].counts == "участников 21 и 20, отметок «2» 4 и 3");
        CHECK(differences[0].form_row == 3);
        CHECK(differences[0].other_file == "Ф1.xlsx");
    }
    CHECK(form_first.register_store().undo(1, "local:test"));
    CHECK(form_differences(form_first).empty());
}

TEST_CASE("rows of territories become every indicator that the form's fields give") {
    const auto codes = [](const tally::CellCounts& counts) {
        std::vector<std::string> list;
        for (const auto& value :
             references_of(std::vector<ports::TerritoryForm>{{{"r"}, russian_5, counts, true}})) {
            list.push_back(value.indicator.value);
        }
        return list;
    };
    CHECK(codes(marks(5, 20)) == Codes{"low_share", "below_minimum_share", "share_of_two",
                                       "quality", "success", "learning_degree", "mean_mark"});
    CHECK(codes(journal(5, 20)) == Codes{"lowered_share", "confirmed_share", "raised_share"});
    tally::CellCounts scores;
    scores.participants = scores.scored = 10;
    scores.score_sum = 55;
    CHECK(codes(scores) == Codes{"mean_score"});
    scores.score_max = 11;
    CHECK(codes(scores) == Codes{"mean_score", "score_share"});
    CHECK(codes({.participants = 10}).empty());

    const std::vector<ports::TerritoryForm> unknown_n{{{"r"}, russian_5, marks(5, 20), false}};
    const auto values = references_of(unknown_n);
    CHECK(values[0].value == base::Fraction{5, 25});
    CHECK_FALSE(values[0].n);
    CHECK(
        references_of(std::vector<ports::TerritoryForm>{{{"r"}, russian_5, marks(5, 20), true}})[0]
            .n == 25);
}

TEST_CASE("many cells are compared one by one: a changed class or task is seen, memory aside") {
    const auto rows = [](const std::string& class_name, std::int16_t points) {
        ports::ImportBatch batch{.kind = "bulk", .file = "bulk.csv"};
        for (int school = 1000; school < 3100; ++school) {
            for (int pupil = 0; pupil < 2; ++pupil) {
                model::AssessmentResult row;
                row.procedure = russian_5;
                row.school = {std::to_string(school)};
                row.class_name = school == 2000 ? class_name : "5А";
                row.points = {points};
                row.mark = 3;
                batch.results.add(row);
            }
        }
        return batch;
    };
    StoreInMemory store;
    store_import(store, rows("5А", 1), {});
    CHECK(preview_import(store, rows("5А", 1), {}).unchanged == 4200);
    const auto moved = preview_import(store, rows("5Б", 1), {});
    CHECK(moved.changed == 2);
    CHECK(moved.unchanged == 4198);
    CHECK(moved.examples.size() == 1);
    CHECK(preview_import(store, rows("5А", 0), {}).changed == 4200);
}

TEST_CASE("results that a file no longer has are told of, however few they are") {
    StoreInMemory store;
    REQUIRE(store_import(store, batch(0), {}).receipt);
    const auto fewer = preview_import(store, batch(0, 2), {});
    CHECK(fewer.vanished == 2);
    REQUIRE(fewer.warnings.size() == 1);
    CHECK(fewer.warnings[0].code == "results_vanish");
    CHECK(fewer.warnings[0].message.find("результатов") != std::string::npos);
    CHECK(preview_import(store, batch(2), {}).warnings.empty());
}

TEST_CASE(
    "two files of one school and work that come together are told apart from one sent twice") {
    WorksMet met;
    auto first = batch(0);
    first.file_sha256 = "a";
    auto other_class = batch(1);
    other_class.file = "5Б.xlsx";
    other_class.file_sha256 = "b";
    auto other_year = batch(0, 0, 2023);
    other_year.file_sha256 = "c";
    CHECK_FALSE(met.earlier(WorksMet::of(first)));
    met.add(WorksMet::of(first));
    CHECK_FALSE(met.earlier(WorksMet::of(first)));
    CHECK(met.earlier(WorksMet::of(other_class)) == "Ф1.xlsx");
    CHECK_FALSE(met.earlier(WorksMet::of(other_year)));
}
