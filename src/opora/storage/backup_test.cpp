#include "opora/storage/backup.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "contract/fact_store_contract.hpp"
#include "contract/register_store_contract.hpp"
#include "opora/base/sha256.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/examination.hpp"
#include "opora/storage/parquet_fact_store.hpp"
#include "opora/storage/sqlite_register.hpp"
#include "opora/storage/zip_file.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;
namespace fs = std::filesystem;

namespace {

constexpr int pupils = 40;

model::ResultTable protocol(int number) {
    model::ResultTable table;
    for (int i = 0; i < pupils; ++i) {
        model::AssessmentResult row;
        row.procedure = contract::sample_procedure(model::ProcedureType::vpr, "russian");
        row.school = {std::to_string(1001 + number)};
        row.score = (i + number) % 40;
        row.mark = 2 + *row.score / 10;
        row.source_row = i + 2;
        table.add(row);
    }
    return table;
}

/// A working directory into which imports come one after another.
class Office {
public:
    explicit Office(const fs::path& root)
        : options_{.key_file = root / "audit.key"}, root_{root / "data"} {
        storage::Directory::create(root_);
    }

    void import(int number) {
        const storage::WriterLock lock{directory()};
        storage::SqliteRegister store{directory(), options_};
        auto receipt = contract::sample_receipt("vpr-f1");
        receipt.results = storage::ParquetFactStore{directory()}.add_results(protocol(number));
        store.import(contract::schools_only(
                         {contract::sample_school(std::to_string(1001 + number).c_str())}),
                     false, receipt);
    }

    storage::Directory directory() const { return storage::Directory::open(root_); }
    const fs::path& root() const { return root_; }
    const storage::RegisterOptions& options() const { return options_; }

private:
    storage::RegisterOptions options_;
    fs::path root_;
};

template <class Action>
std::string code_of(const Action& action) {
    try {
        action();
    } catch (const ports::StorageError& error) {
        return error.code();
    }
    return "none";
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

bool is_sound(const storage::Directory& directory, const fs::path& key) {
    const auto checks = storage::examine(directory, key);
    CHECK(checks.size() >= 7);
    return std::ranges::none_of(
        checks, [](const ports::Check& one) { return one.health == ports::Health::broken; });
}

}  // namespace

TEST_CASE(
    "what was backed up comes back: registers, facts, the journal and the office's own files") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(1);
    office.import(2);
    write(office.root() / "scales" / "own.yaml", "шкалы");
    write(office.root() / "tallies" / "derived.parquet", "made anew");
    fs::create_directories(office.root() / "waiting" / "1-1" / "1");
    write(office.root() / "waiting" / "1-1" / "1" / "протокол.csv", "undecided");
    fs::create_directories(office.root() / "answers");
    write(office.root() / "answers" / "00ff", "sealed");
    const fs::path file = folder.path() / "copy.zip";
    const auto made = storage::back_up(office.directory(), file, "1.2");
    CHECK(made.files == 5);  // Register, format, two fact files, the scales.
    CHECK((fs::status(file).permissions() & fs::perms::others_read) == fs::perms::none);

    const fs::path target = folder.path() / "restored";
    const auto back = storage::restore(file, target);
    CHECK(back.files == made.files);
    CHECK(back.bytes == made.bytes);
    CHECK(back.program_version == "1.2");
    const auto directory = storage::Directory::open(target);
    CHECK(bytes_of(target / "scales" / "own.yaml") == "шкалы");
    CHECK_FALSE(fs::exists(target / "tallies" / "derived.parquet"));
    CHECK_FALSE(fs::exists(target / "waiting"));
    CHECK_FALSE(fs::exists(target / "answers"));
    CHECK(is_sound(directory, office.options().key_file));
    const storage::SqliteRegister ours{office.directory(), office.options()};
    storage::SqliteRegister theirs{directory, office.options()};
    CHECK(theirs.imports().size() == 2);
    CHECK(theirs.rows_hash() == ours.rows_hash());
    CHECK(theirs.verify_audit().has_value());
    for (const auto& receipt : theirs.imports()) {
        CHECK(storage::ParquetFactStore{directory}.verify(*receipt.results));
    }
}

TEST_CASE("a backup that is made while others import is of one moment") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(0);
    std::atomic<bool> enough = false;
    std::thread clerk{[&] {
        for (int number = 1; !enough; ++number) office.import(number);
    }};
    for (int i = 0; i < 3; ++i) {
        const fs::path file = folder.path() / ("copy" + std::to_string(i) + ".zip");
        const fs::path target = folder.path() / ("restored" + std::to_string(i));
        storage::back_up(office.directory(), file, "1");
        storage::restore(file, target);
        CHECK(is_sound(storage::Directory::open(target), office.options().key_file));
    }
    enough = true;
    clerk.join();
}

TEST_CASE("a backup may be named without a folder: it appears in the current one") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(1);
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    const auto made = storage::back_up(office.directory(), "copy.zip", "1");
    fs::current_path(before);
    CHECK(made.files > 0);
    CHECK(storage::restore(folder.path() / "copy.zip", folder.path() / "restored").files ==
          made.files);
}

TEST_CASE("a backup never takes the place of another file, nor a restore that of other data") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(1);
    const fs::path file = folder.path() / "copy.zip";
    storage::back_up(office.directory(), file, "1");
    CHECK(code_of([&] { storage::back_up(office.directory(), file, "1"); }) == "exists");
    CHECK(code_of([&] { storage::restore(file, office.root()); }) == "not_empty");
    fs::create_directory(folder.path() / "empty");
    CHECK(code_of([&] { storage::restore(file, folder.path() / "empty"); }) == "none");
    CHECK(code_of([&] { storage::restore(folder.path() / "no.zip", folder.path() / "x"); }) ==
          "bad_path");
}

TEST_CASE("a damaged, foreign or forged backup is refused and leaves nothing behind") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(1);
    const fs::path file = folder.path() / "copy.zip";
    storage::back_up(office.directory(), file, "1");
    const std::string whole = bytes_of(file);
    const fs::path bad = folder.path() / "bad.zip";
    const fs::path target = folder.path() / "target";

    const auto refusal = [&] { return code_of([&] { storage::restore(bad, target); }); };
    write(bad, "no archive");
    CHECK(refusal() == "not_backup");
    write(bad, whole.substr(0, whole.size() / 2));
    CHECK(refusal() == "not_backup");
    std::string changed = whole;
    // More bytes than a header has: some are of a file, whatever lies here.
    for (std::size_t i = 0; i < 400; ++i) {
        char& byte = changed[changed.size() / 3 + i];
        byte = static_cast<char>(byte ^ 0x55);
    }
    write(bad, changed);
    const std::string found = refusal();
    CHECK((found == "corrupt" || found == "not_backup"));

    struct Forgery {
        const char* name;
        const char* code;
    };
    for (const Forgery& row : {Forgery{"../outside", "corrupt"}, Forgery{"/tmp/outside", "corrupt"},
                               Forgery{"a/../../outside", "corrupt"}, Forgery{"", "corrupt"},
                               Forgery{"a\\b", "corrupt"}}) {
        CAPTURE(row.name);
        fs::remove(bad);
        storage::ZipWriter zip{bad};
        const std::string text = "x";
        zip.add_text(
            "backup.json",
            nlohmann::json{
                {"format", 1},
                {"taken", ""},
                {"program", ""},
                {"files", {{{"name", row.name}, {"size", 1}, {"sha256", base::sha256(text)}}}}}
                .dump());
        if (*row.name != '\0') zip.add_text(row.name, text);
        zip.write();
        CHECK(refusal() == row.code);
    }
    CHECK_FALSE(fs::exists(target));
    CHECK_FALSE(fs::exists(folder.path() / "outside"));
    const auto leftovers = std::ranges::count_if(
        fs::directory_iterator{folder.path()},
        [](const fs::directory_entry& entry) { return entry.path().extension() == ".tmp"; });
    CHECK(leftovers == 0);
}

TEST_CASE("what is wrong with a folder is told, and what is right beside it") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    office.import(1);
    const auto health = [&](std::string_view code) {
        const auto checks = storage::examine(office.directory(), office.options().key_file);
        return std::ranges::find(checks, code, &ports::Check::code)->health;
    };
    CHECK(health("facts") == ports::Health::good);
    CHECK(health("journal") == ports::Health::good);
    CHECK(health("register") == ports::Health::good);

    fs::remove_all(office.root() / "tallies");
    fs::create_directory(office.root() / "tallies");
    CHECK(health("tallies") == ports::Health::good);

    for (const auto& file : fs::directory_iterator{office.root() / "facts"}) fs::remove(file);
    CHECK(health("facts") == ports::Health::broken);
    CHECK(health("register") == ports::Health::good);

    {
        const storage::SqliteConnection connection{office.directory().register_file(),
                                                   storage::SqliteConnection::Access::write};
        connection.execute("UPDATE audit SET detail = 'другое' WHERE number = 1");
    }
    CHECK(health("journal") == ports::Health::broken);
}

TEST_CASE("an older register is copied before it is brought to the newest form") {
    const testing::TemporaryFolder folder;
    Office office{folder.path()};
    const fs::path file = office.directory().register_file();
    const fs::path copy = office.root() / "opora.sqlite.schema-1";
    {
        const storage::SqliteConnection connection{file, storage::SqliteConnection::Access::write};
        connection.execute(
            bytes_of(testing::source_folder() / "tests/reference/data/register_schema_1.sql"));
    }
    const auto number = [](const fs::path& path, const char* sql) {
        const storage::SqliteConnection connection{path, storage::SqliteConnection::Access::read};
        return connection.number(sql).value_or(-1);
    };
    storage::SqliteRegister store{office.directory(), office.options()};
    CHECK(store.imports().size() == 1);
    CHECK(store.rows().schools.size() == 1);
    CHECK(number(file, "PRAGMA user_version") > 1);
    CHECK(number(copy, "PRAGMA user_version") == 1);
    CHECK(number(copy, "SELECT count(*) FROM schools") == 1);
}
