#include "opora/storage/parquet_fact_store.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "contract/fact_store_contract.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/fact_identity.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        files.push_back(entry.path());
    return files;
}

/// A file with the bytes in its middle turned over.
void damage(const std::filesystem::path& path) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(path));
    for (std::streamoff place = size / 8; place < size; place += 7) {
        file.seekp(place);
        file.put('\x5a');
    }
}

/// More rows than a row group has, in an order that is not theirs.
model::ResultTable large_table() {
    model::ResultTable table;
    std::mt19937 random{11};
    for (int i = 0; i < 300'000; ++i) {
        model::AssessmentResult row;
        row.procedure = contract::sample_procedure(model::ProcedureType::vpr,
                                                   random() % 2 == 0 ? "russian" : "mathematics");
        row.school = {std::to_string(random() % 500)};
        row.class_name = random() % 2 == 0 ? "9А" : "9Б";
        row.score = static_cast<int>(random() % 40);
        row.mark = 2 + *row.score / 10;
        row.source_row = i + 2;
        table.add(row);
    }
    return table;
}

}  // namespace

TEST_CASE("Parquet files keep the promises of a fact store") {
    const testing::TemporaryFolder folder;
    int stores = 0;
    contract::fact_store_contract([&] {
        const auto root = folder.path() / std::to_string(stores++);
        return std::make_unique<storage::ParquetFactStore>(storage::Directory::create(root));
    });
}

TEST_CASE("many row groups and threads give the same cells as a plain count") {
    const testing::TemporaryFolder folder;
    storage::ParquetFactStore store{storage::Directory::create(folder.path() / "data")};
    const auto table = large_table();
    const auto identity = store.add_results(table);
    const auto expected = tally::tally_results(table);
    CHECK(store.cells(identity, {}) == expected);
    const auto core = store.core_cells(identity);
    REQUIRE(core.cells.size() == expected.size());
    bool equal = true;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        equal = equal && core.cells[i].counts == expected[i].counts &&
                core.schools[core.cells[i].school] == expected[i].school;
    }
    CHECK(equal);
    CHECK(store.verify(identity));
}

TEST_CASE("a tally that is missing or damaged is built anew from the facts") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    const auto table = contract::table_of(contract::sample_rows());
    const auto identity = storage::ParquetFactStore{directory}.add_results(table);
    const auto tally_file = directory.tallies() / (identity.value + ".parquet");
    SUBCASE("missing") { std::filesystem::remove(tally_file); }
    SUBCASE("damaged") { damage(tally_file); }
    SUBCASE("empty") { std::ofstream{tally_file, std::ios::trunc}; }
    const storage::ParquetFactStore store{directory};
    CHECK(store.cells(identity, {}) == tally::tally_results(table));
    CHECK(std::filesystem::exists(tally_file));
}

TEST_CASE("a damaged tally among several is built anew, and the others are read") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    auto rows = contract::sample_rows();
    std::vector<model::FactIdentity> identities;
    for (const int year : {2022, 2023, 2024}) {
        for (auto& row : rows) row.procedure.year = {year};
        identities.push_back(
            storage::ParquetFactStore{directory}.add_results(contract::table_of(rows)));
    }
    const auto tally_file = directory.tallies() / (identities[1].value + ".parquet");
    SUBCASE("missing") { std::filesystem::remove(tally_file); }
    SUBCASE("damaged") { damage(tally_file); }
    SUBCASE("empty") { std::ofstream{tally_file, std::ios::trunc}; }
    const storage::ParquetFactStore store{directory};
    const auto all = store.core_cells_of(identities);
    REQUIRE(all.size() == 3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        contract::check_core(all[i], store.cells(identities[i], {}));
    }
    CHECK(std::filesystem::exists(tally_file));
}

TEST_CASE("damaged or missing facts are told apart from whole ones") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    storage::ParquetFactStore store{directory};
    const auto identity = store.add_results(contract::table_of(contract::sample_rows()));
    const auto other = store.add_results({});
    const auto facts = directory.facts() / (identity.value + ".parquet");
    SUBCASE("damaged") { damage(facts); }
    SUBCASE("other rows under this name") {
        std::filesystem::copy_file(directory.facts() / (other.value + ".parquet"), facts,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    SUBCASE("missing") { std::filesystem::remove(facts); }
    CHECK_FALSE(storage::ParquetFactStore{directory}.verify(identity));
}

TEST_CASE("facts that are not there are a corrupt store") {
    const testing::TemporaryFolder folder;
    const storage::ParquetFactStore store{storage::Directory::create(folder.path() / "data")};
    try {
        store.core_cells({std::string(64, 'a')});
        FAIL("no error");
    } catch (const ports::StorageError& error) {
        CHECK(error.code() == "corrupt");
    }
}

TEST_CASE("a store leaves nothing but facts and tallies behind") {
    const testing::TemporaryFolder folder;
    const auto directory = storage::Directory::create(folder.path() / "data");
    storage::ParquetFactStore{directory}.add_results(contract::table_of(contract::sample_rows()));
    CHECK(files_of(directory.temporary()).empty());
    CHECK(files_of(directory.facts()).size() == 1);
    CHECK(files_of(directory.tallies()).size() == 1);
}

// The expected values were computed from the description in fact_identity.hpp by a program of its
// own.
TEST_CASE("the identity follows its description, so that old folders stay valid") {
    const auto table = contract::table_of(contract::sample_rows());
    CHECK(storage::identity_of(table, tally::RowGroups{table}).value ==
          "894bb9fc495cf973506d332c0ec8736b52fcd69346b8857b547d830111d36f90");

    model::ResultTable narrow;
    struct Row {
        const char* school;
        std::optional<std::int32_t> score;
        std::int32_t mark;
        const char* class_name;
    };
    for (const Row& row :
         {Row{"7", 5, 2, "9Б"}, Row{"7", 31, 5, "9А"}, Row{"7", 5, 2, "10А"},
          Row{"7", std::nullopt, 3, ""}, Row{"10", 1, 2, "9А"}, Row{"7", 5, 2, ""}}) {
        model::AssessmentResult result;
        result.procedure = contract::sample_procedure(model::ProcedureType::vpr, "russian");
        result.school = {row.school};
        result.score = row.score;
        result.mark = row.mark;
        result.class_name = row.class_name;
        narrow.add(result);
    }
    CHECK(storage::identity_of(narrow, tally::RowGroups{narrow}).value ==
          "7bb2e9f798c214cb5d063448d2f12e7ee9a3da7f369db55fd707f62ff1f84193");
}

TEST_CASE("the identity of aggregate cells has not changed") {
    const std::vector cells{contract::sample_aggregate("107"), contract::sample_aggregate("20")};
    CHECK(storage::identity_of(cells, {}).value ==
          "4de38d9b3c5deeff74d3d04c6f17fab9ebeb3b251966298465fe82fd23e6ec4e");
}
