#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "contract/fact_store_contract.hpp"
#include "contract/register_store_contract.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/parquet_fact_store.hpp"
#include "opora/storage/sqlite_register.hpp"
#include "support/kill_rounds.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

constexpr int rows_per_import = 3'000;
constexpr int rounds = 30;

/// The protocol that the import of this number brings.
model::ResultTable table_of_import(std::int64_t number) {
    model::ResultTable table;
    std::mt19937 random{static_cast<std::uint32_t>(number)};
    for (int i = 0; i < rows_per_import; ++i) {
        model::AssessmentResult row;
        row.procedure = contract::sample_procedure(model::ProcedureType::vpr, "russian");
        row.school = {std::to_string(random() % 50)};
        row.score = static_cast<int>(random() % 40);
        row.mark = 2 + *row.score / 10;
        row.source_row = i + 2;
        table.add(row);
    }
    return table;
}

/// The schools after the import of this number: each import renames them all and adds one.
std::vector<model::School> schools_of_import(std::int64_t number) {
    std::vector<model::School> schools;
    for (std::int64_t i = 1; i <= number; ++i) {
        schools.push_back(
            contract::sample_school(std::to_string(1'000 + i).c_str(),
                                    ("после загрузки " + std::to_string(number)).c_str()));
    }
    return schools;
}

/// Imports one file after another, as the import command does: facts first, then the register with
/// the receipt.
void import_files(const std::filesystem::path& root, const storage::RegisterOptions& options,
                  int files) {
    const auto directory = storage::Directory::create(root);
    const storage::WriterLock lock{directory};
    storage::ParquetFactStore facts{directory};
    storage::SqliteRegister store{directory, options};
    for (int file = 0; file < files; ++file) {
        const auto number = static_cast<std::int64_t>(store.imports().size()) + 1;
        auto receipt = contract::sample_receipt("vpr-f1");
        receipt.results = facts.add_results(table_of_import(number));
        store.import(contract::schools_only(schools_of_import(number)), false, receipt);
    }
}

/// The store is as after its last whole import, and can be written again.
std::int64_t check_whole(const std::filesystem::path& root,
                         const storage::RegisterOptions& options) {
    const auto directory = storage::Directory::create(root);
    const storage::WriterLock lock{directory};
    CHECK(std::filesystem::is_empty(directory.temporary()));
    const storage::SqliteRegister store{directory, options};
    storage::ParquetFactStore facts{directory};
    CHECK(store.verify_audit());

    const auto imports = store.imports();
    const auto last = static_cast<std::int64_t>(imports.size());
    CHECK(store.audit_head().number == last);
    CHECK(store.rows().schools == schools_of_import(last));
    std::vector<model::FactIdentity> in_use;
    for (const auto& receipt : imports) in_use.push_back(*receipt.results);
    // The file of an import that was cut off before its receipt at the most.
    CHECK(facts.sweep(in_use) <= 1);
    if (!in_use.empty()) {
        CHECK(facts.verify(in_use.back()));
        CHECK(facts.cells(in_use.back(), {}) == tally::tally_results(table_of_import(last)));
    }
    for (const auto& identity : in_use) {
        CHECK(std::filesystem::exists(directory.facts() / (identity.value + ".parquet")));
    }
    return last;
}

}  // namespace

TEST_CASE("a process killed at any moment of an import leaves the last whole state") {
    const testing::TemporaryFolder folder;
    const storage::RegisterOptions options{.key_file = folder.path() / "audit.key", .clock = {}};
    const auto root = folder.path() / "data";
    // Twice the time to begin and to import two files.
    const auto longest =
        2 * testing::usual_time([&] { import_files(folder.path() / "trial", options, 2); });
    const std::int64_t last = testing::kill_rounds(
        rounds, longest, [&] { import_files(root, options, std::numeric_limits<int>::max()); },
        [&] { return check_whole(root, options); });
    CHECK_MESSAGE(last > 0, "no import ever ended: the delays are too short for this machine");
}
