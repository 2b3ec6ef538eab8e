#include "opora/application/import.hpp"

#include <doctest/doctest.h>

#include <map>

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
    model::FactIdentity add_aggregates(std::vector<tally::Cell> cells) override {
        const model::FactIdentity identity{"a" +
                                           std::string(1, static_cast<char>('a' + cells_.size()))};
        cells_[identity] = std::move(cells);
        return identity;
    }
    ports::CoreCells core_cells(const model::FactIdentity& identity) const override {
        ports::CoreCells core;
        for (const tally::Cell& cell : all(identity)) {
            core.schools.push_back(cell.school);
            core.procedures.push_back(cell.procedure);
            const auto number = static_cast<std::uint32_t>(core.cells.size());
            core.cells.push_back({number, number, cell.origin, cell.counts, 0, 0});
        }
        return core;
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
    std::vector<model::Work> works(const model::FactIdentity&) const override { return {}; }
    bool verify(const model::FactIdentity&) const override { return true; }
    std::int64_t sweep(std::span<const model::FactIdentity>) override { return 0; }

private:
    std::vector<tally::Cell> all(const model::FactIdentity& identity) const {
        const auto table = tables_.find(identity);
        return table != tables_.end() ? tally::tally_results(table->second) : cells_.at(identity);
    }
    std::map<model::FactIdentity, model::ResultTable> tables_;
    std::map<model::FactIdentity, std::vector<tally::Cell>> cells_;
};

class RegisterInMemory : public ports::RegisterStore {
public:
    ports::RegisterRows rows() const override { return {}; }
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
    void audit(const std::string&, const std::string&, const std::string&) override {}

private:
    std::vector<ports::ImportReceipt> receipts_;
};

class StoreInMemory : public ports::Store {
public:
    ports::RegisterStore& register_store() override { return register_; }
    ports::FactStore& fact_store() override { return facts_; }
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
