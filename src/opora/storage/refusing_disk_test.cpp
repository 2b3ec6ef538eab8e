#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>

#include "contract/fact_store_contract.hpp"
#include "contract/register_store_contract.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/parquet_fact_store.hpp"
#include "opora/storage/sqlite_register.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

template <class Action>
std::string storage_code(const Action& action) {
    try {
        action();
    } catch (const ports::StorageError& error) {
        return error.code();
    }
    return "none";
}

/// Rows that need some hundred kilobytes, different for each seed.
model::ResultTable rows_of(unsigned seed, int count = 50'000) {
    model::ResultTable table;
    std::mt19937 random{seed};
    for (int i = 0; i < count; ++i) {
        model::AssessmentResult row;
        row.procedure = contract::sample_procedure(model::ProcedureType::vpr, "russian");
        row.school = {std::to_string(random() % 300)};
        row.participant = std::to_string(random());
        row.score = static_cast<int>(random() % 40);
        row.source_row = i + 2;
        table.add(row);
    }
    return table;
}

std::vector<model::School> many_schools() {
    std::vector<model::School> schools;
    for (int i = 0; i < 5'000; ++i) {
        schools.push_back(
            contract::sample_school(std::to_string(i).c_str(), "Школа с длинным названием, район"));
    }
    return schools;
}

std::size_t files_in(const std::filesystem::path& folder) {
    const std::filesystem::directory_iterator files{folder};
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

storage::RegisterOptions options_in(const std::filesystem::path& folder) {
    return {.key_file = folder / "audit.key", .clock = {}};
}

/// A folder with one import of facts and one school.
storage::Directory begun(const std::filesystem::path& root,
                         const storage::RegisterOptions& options) {
    const auto directory = storage::Directory::create(root);
    storage::ParquetFactStore{directory}.add_results(contract::table_of(contract::sample_rows()));
    storage::SqliteRegister store{directory, options};
    contract::import_schools(store, {contract::sample_school("1")});
    return directory;
}

void check_untouched(const storage::Directory& directory, const storage::RegisterOptions& options) {
    CHECK(files_in(directory.temporary()) == 0);
    CHECK(files_in(directory.facts()) == 1);
    const storage::SqliteRegister store{directory, options};
    CHECK(store.imports().size() == 1);
    CHECK(store.rows().schools.size() == 1);
    CHECK(store.verify_audit());
}

}  // namespace

TEST_CASE("a file that may not grow is a full disk: nothing half-written stays") {
    const testing::TemporaryFolder folder;
    const auto options = options_in(folder.path());
    const auto directory = begun(folder.path() / "data", options);
    const auto limited = [&](const std::function<void()>& action) {
        return testing::in_child([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            constexpr rlim_t bytes = 100'000;
            const rlimit limit{bytes, bytes};
            if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return std::string{"no limit"};
            return storage_code(action);
        });
    };
    CHECK(limited([&] { storage::ParquetFactStore{directory}.add_results(rows_of(1)); }) ==
          "disk_full");
    CHECK(limited([&] {
              storage::SqliteRegister store{directory, options};
              contract::import_schools(store, many_schools());
          }) == "disk_full");
    check_untouched(directory, options);
    CHECK(storage::ParquetFactStore{directory}.verify(
        storage::ParquetFactStore{directory}.add_results(rows_of(1))));
}

TEST_CASE("a disk without room is told so: nothing half-written stays") {
    const testing::TemporaryFolder folder;
    const auto options = options_in(folder.path());
    const auto disk = folder.path() / "disk";
    std::filesystem::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=700k") != 0) {
        MESSAGE("only the system's administrator can make a small disk: not checked here");
        return;
    }
    const std::unique_ptr<const std::filesystem::path, void (*)(const std::filesystem::path*)>
        mounted{&disk, [](const std::filesystem::path* place) { ::umount(place->c_str()); }};
    const auto directory = begun(disk / "data", options);
    CHECK(storage_code([&] { directory.expect_free_space(10'000'000); }) == "disk_full");
    CHECK(storage_code([&] { directory.expect_free_space(1'000); }) == "none");
    CHECK(storage_code([&] {
              storage::ParquetFactStore{directory}.add_results(rows_of(2, 200'000));
          }) == "disk_full");
    CHECK(storage_code([&] {
              storage::SqliteRegister store{directory, options};
              contract::import_schools(store, many_schools());
          }) == "disk_full");
    check_untouched(directory, options);
}

TEST_CASE("a folder without the right to write can be read, and says so when it is to be changed") {
    const testing::TemporaryFolder folder;
    const auto options = options_in(folder.path());
    const auto directory = begun(folder.path() / "data", options);
    for (const auto& one : {folder.path(), directory.root(), directory.facts(), directory.tallies(),
                            directory.temporary()}) {
        ::chmod(one.c_str(), 0555);
    }
    const auto as_reader = [&](const std::function<std::string()>& action) {
        return testing::in_child([&] {
            constexpr uid_t nobody = 65534;
            if (::geteuid() == 0 && ::setuid(nobody) != 0) return std::string{"no other user"};
            return action();
        });
    };
    CHECK(as_reader([&] {
              const auto opened = storage::Directory::open(directory.root());
              const storage::SqliteRegister store{opened, options};
              const storage::ParquetFactStore facts{opened};
              const auto identity = storage::ParquetFactStore{opened}.add_results(
                  contract::table_of(contract::sample_rows()));
              return std::to_string(store.rows().schools.size()) + " " +
                     std::to_string(facts.cells(identity, {}).size());
          }) == "1 3");
    const auto code = [&](const std::function<void()>& action) {
        return as_reader([&] { return storage_code(action); });
    };
    CHECK(code([&] { storage::ParquetFactStore{directory}.add_results({}); }) == "read_only");
    CHECK(code([&] {
              storage::SqliteRegister store{directory, options};
              contract::import_schools(store, {contract::sample_school("2")});
          }) == "read_only");
    CHECK(code([&] { const storage::WriterLock lock{directory}; }) == "read_only");
    CHECK(code([&] { storage::Directory::create(directory.root() / "new"); }) == "read_only");
    for (const auto& one : {folder.path(), directory.root(), directory.facts(), directory.tallies(),
                            directory.temporary()}) {
        ::chmod(one.c_str(), 0755);
    }
    check_untouched(directory, options);
}
