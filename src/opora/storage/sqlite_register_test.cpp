#include "opora/storage/sqlite_register.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <random>

#include "contract/factor_records_contract.hpp"
#include "contract/register_store_contract.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/sqlite_schema.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

/// Registers in folders of their own, with a key and a clock of their own.
class Registers {
public:
    storage::RegisterOptions options() const {
        return {.key_file = folder_.path() / "config" / "audit.key",
                .clock = [] { return std::string{"2024-09-01T08:00:00Z"}; }};
    }
    storage::Directory directory() {
        return storage::Directory::create(folder_.path() / std::to_string(count_++));
    }
    std::unique_ptr<storage::SqliteRegister> make() {
        return std::make_unique<storage::SqliteRegister>(directory(), options());
    }

private:
    testing::TemporaryFolder folder_;
    int count_ = 0;
};

template <class Action>
std::string storage_code(const Action& action) {
    try {
        action();
    } catch (const ports::StorageError& error) {
        return error.code();
    }
    return "none";
}

}  // namespace

TEST_CASE("SQLite keeps the promises of a register") {
    Registers registers;
    contract::register_store_contract([&] { return registers.make(); });
}

TEST_CASE("SQLite keeps answers to questionnaires and decisions on factors") {
    Registers registers;
    contract::factor_records_contract([&] { return registers.make(); });
}

TEST_CASE("what one program wrote another reads, with the same hash") {
    Registers registers;
    const auto directory = registers.directory();
    std::string hash;
    {
        storage::SqliteRegister first{directory, registers.options()};
        first.import(contract::sample_register(), false, contract::sample_receipt());
        hash = first.rows_hash();
    }
    const storage::SqliteRegister second{directory, registers.options()};
    CHECK(second.rows() == contract::sample_register());
    CHECK(second.rows_hash() == hash);
    CHECK(second.imports().at(0).time == "2024-09-01T08:00:00Z");
}

TEST_CASE("two open registers see each other's imports; a second writer is told at once") {
    Registers registers;
    const auto directory = registers.directory();
    storage::SqliteRegister first{directory, registers.options()};
    storage::SqliteRegister second{directory, registers.options()};
    contract::import_schools(first, {contract::sample_school("1")});
    CHECK(contract::import_schools(second, {contract::sample_school("2")}) == 2);
    CHECK(first.rows().schools.size() == 2);

    const storage::WriterLock lock{directory};
    CHECK(storage_code([&] { const storage::WriterLock other{directory}; }) == "busy");
    const storage::SqliteConnection connection{directory.register_file(),
                                               storage::SqliteConnection::Access::write};
    const storage::SqliteTransaction transaction{connection};
    CHECK(storage_code([&] { contract::import_schools(first, {contract::sample_school("3")}); }) ==
          "busy");
}

TEST_CASE("a register of a newer program is refused") {
    Registers registers;
    const auto directory = registers.directory();
    { storage::SqliteRegister made{directory, registers.options()}; }
    storage::SqliteConnection{directory.register_file(), storage::SqliteConnection::Access::write}
        .execute("PRAGMA user_version = 99");
    CHECK(storage_code([&] {
              storage::SqliteRegister opened{directory, registers.options()};
          }) == "newer");
}

TEST_CASE("a file that is no database is corrupt") {
    Registers registers;
    const auto directory = registers.directory();
    std::ofstream{directory.register_file()} << std::string(8192, 'x');
    CHECK(storage_code([&] {
              storage::SqliteRegister opened{directory, registers.options()};
          }) == "corrupt");
}

TEST_CASE("the audit is a chain: what was changed, cut off or put in is noticed") {
    Registers registers;
    const auto directory = registers.directory();
    storage::SqliteRegister store{directory, registers.options()};
    CHECK(store.audit_head().number == 0);
    CHECK(store.verify_audit()->number == 0);
    contract::import_schools(store, {contract::sample_school("1")});
    store.audit("local:ivanova", "export", "list=7");
    CHECK(store.undo(1, "local:petrova"));
    const auto head = store.audit_head();
    CHECK(head.number == 3);
    REQUIRE(store.verify_audit(head.mac));
    CHECK(*store.verify_audit(head.mac) == head);

    const storage::SqliteConnection forger{directory.register_file(),
                                           storage::SqliteConnection::Access::write};
    struct Forgery {
        const char* sql;
        const char* code;
    };
    for (const Forgery& forgery :
         {Forgery{"UPDATE audit SET detail = 'list=8' WHERE number = 2", "audit_broken"},
          Forgery{"UPDATE audit SET actor = '' WHERE number = 1", "audit_broken"},
          Forgery{"DELETE FROM audit WHERE number = 2", "audit_broken"},
          Forgery{"DELETE FROM audit WHERE number = 3", "audit_cut"},
          Forgery{"DELETE FROM audit", "audit_cut"},
          Forgery{"INSERT INTO audit SELECT 4, time, actor, action, detail, mac FROM audit WHERE "
                  "number = 3",
                  "audit_broken"}}) {
        CAPTURE(forgery.sql);
        forger.execute("SAVEPOINT forgery");
        forger.execute(forgery.sql);
        storage::AuditLog log{forger, registers.options().key_file};
        const auto verdict = log.verify(head.mac);
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().code == forgery.code);
        forger.execute("ROLLBACK TO forgery; RELEASE forgery");
    }
    CHECK(store.verify_audit(head.mac));
}

TEST_CASE("the audit names people by pseudonyms, which can be forgotten without breaking it") {
    Registers registers;
    const auto directory = registers.directory();
    storage::SqliteRegister store{directory, registers.options()};
    auto school = contract::sample_school("1");
    school.head = "Образцова А. Б.";
    contract::import_schools(store, {school});
    const storage::SqliteConnection reader{directory.register_file(),
                                           storage::SqliteConnection::Access::write};
    CHECK(reader.number("SELECT count(*) FROM audit WHERE actor || detail LIKE '%ivanova%' "
                        "OR detail LIKE '%Образцова%'") == 0);
    CHECK(reader.number("SELECT count(*) FROM audit JOIN audit_actors ON pseudonym = audit.actor "
                        "WHERE audit_actors.actor = 'local:ivanova'") == 1);
    reader.execute("DELETE FROM audit_actors");
    CHECK(store.verify_audit());
}

TEST_CASE(
    "the key of the audit lies outside, for its owner alone, and no other key goes on with the "
    "chain") {
    Registers registers;
    const auto directory = registers.directory();
    auto options = registers.options();
    const auto add = [&] {
        storage::SqliteRegister store{directory, options};
        contract::import_schools(store, {contract::sample_school("1")});
    };
    add();
    struct stat status {};
    REQUIRE(::stat(options.key_file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    const auto own = options.key_file;
    options.key_file = own.parent_path() / "other.key";
    CHECK(storage_code(add) == "no_key");
    storage::AuditKey::load_or_create(options.key_file);
    CHECK(storage_code(add) == "bad_key");
    std::ofstream{options.key_file, std::ios::trunc} << "no key at all\n";
    CHECK(storage_code(add) == "bad_key");
    options.key_file = own;
    add();
    storage::SqliteRegister store{directory, options};
    CHECK(store.imports().size() == 2);
    CHECK(store.verify_audit());
}

TEST_CASE("the descriptions of the registers match the tables") {
    Registers registers;
    const auto directory = registers.directory();
    storage::SqliteRegister store{directory, registers.options()};
    const storage::SqliteConnection connection{directory.register_file(),
                                               storage::SqliteConnection::Access::write};
    for (const auto& table : storage::register_tables()) {
        auto names = connection.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid");
        names.start({std::string{table.name}});
        std::size_t column = 0;
        while (names.next()) {
            REQUIRE(column < table.columns.size());
            CHECK(names.text(0) == table.columns[column].name);
            CHECK((names.number(1) > 0) == (column < table.keys));
            ++column;
        }
        CHECK(column == table.columns.size());
    }
}

TEST_CASE("lower, upper and the collation know Cyrillic") {
    const testing::TemporaryFolder folder;
    const storage::SqliteConnection connection{folder.path() / "text.sqlite",
                                               storage::SqliteConnection::Access::write};
    const auto text = [&](const char* sql) {
        auto statement = connection.prepare(sql);
        statement.start({});
        REQUIRE(statement.next());
        return statement.text(0);
    };
    CHECK(text("SELECT lower('ШКОЛА Ёлка № 5 ABC')") == "школа ёлка № 5 abc");
    CHECK(text("SELECT upper('школа ёлка ß')") == "ШКОЛА ЁЛКА SS");
    CHECK(text("SELECT ifnull(lower(NULL), 'нет')") == "нет");
    CHECK(text("SELECT group_concat(name, ' ') FROM (SELECT column1 AS name FROM "
               "(VALUES ('яблоко'), ('ёлка'), ('Ель'), ('жук'), ('Ёж')) ORDER BY name COLLATE "
               "russian)") == "Ёж ёлка Ель жук яблоко");
}

TEST_CASE("numbers of 64 bits and texts with any character pass through a statement unchanged") {
    const testing::TemporaryFolder folder;
    const storage::SqliteConnection connection{folder.path() / "values.sqlite",
                                               storage::SqliteConnection::Access::write};
    auto echo = connection.prepare("SELECT ?1, ?2, ?3");
    CHECK(rc::check([&] {
        const storage::Record record{*rc::gen::arbitrary<std::int64_t>(),
                                     *rc::gen::arbitrary<std::string>(), std::monostate{}};
        echo.start(record);
        RC_ASSERT(echo.next());
        RC_ASSERT(echo.record() == record);
    }));
}

TEST_CASE("any order of imports and undoes leaves what the imports in force make of the register") {
    Registers registers;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        const auto store = registers.make();
        std::vector<std::pair<std::vector<model::School>, bool>> files;  // Rows; whether in force.
        for (int step = 0; step < 12; ++step) {
            if (files.empty() || random() % 3 > 0) {
                std::vector<model::School> file;
                for (const char* id : {"1", "2", "3"}) {
                    const char* name = random() % 2 == 0 ? "А" : "Б";
                    if (random() % 2 == 0) file.push_back(contract::sample_school(id, name));
                }
                contract::import_schools(*store, file);
                files.emplace_back(file, true);
            } else {
                const std::size_t number = random() % files.size();
                if (store->undo(static_cast<std::int64_t>(number) + 1, "local:petrova")) {
                    files[number].second = false;
                }
            }
            std::map<std::string, model::School> expected;
            for (const auto& [file, in_force] : files) {
                if (!in_force) continue;
                for (const auto& school : file) expected[school.id.value] = school;
            }
            std::vector<model::School> schools;
            for (const auto& [id, school] : expected) schools.push_back(school);
            REQUIRE(store->rows().schools == schools);
        }
    }
}
