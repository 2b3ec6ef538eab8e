#include "opora/storage/sqlite_lists.hpp"

#include <doctest/doctest.h>

#include "contract/list_store_contract.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

/// A store of lists in a folder that lives as long as it.
struct Lists : testing::TemporaryFolder, storage::SqliteLists {
    Lists() : SqliteLists{prepared(path()), options(path())} {}

    static storage::RegisterOptions options(const std::filesystem::path& root) {
        return {.key_file = root / "config" / "audit.key",
                .clock = [] { return std::string{"2024-11-20T08:00:00Z"}; }};
    }
    static storage::Directory prepared(const std::filesystem::path& root) {
        auto directory = storage::Directory::create(root / "data");
        const storage::SqliteRegister newest_form{directory, options(root)};
        return directory;
    }
    /// Somebody who has the database but not the program.
    void tamper(const std::string& sql) const {
        const storage::SqliteConnection connection{path() / "data" / "opora.sqlite",
                                                   storage::SqliteConnection::Access::write};
        connection.execute(sql);
    }
};

std::string first_code(const base::Errors& errors) {
    return errors.empty() ? "" : errors.front().code;
}

}  // namespace

TEST_CASE("lists in SQLite keep the contract: contents, data and files") {
    contract::check_list_contents([] { return std::make_unique<Lists>(); });
}

TEST_CASE("lists in SQLite keep the contract: acts") {
    contract::check_list_acts([] { return std::make_unique<Lists>(); });
}

TEST_CASE("whatever is changed behind the program's back is found") {
    const struct {
        const char* sql;
        const char* code;
    } rows[] = {
        {"UPDATE list_acts SET details = replace(details, '2024-11-25', '2024-12-25')",
         "chain_broken"},
        {"UPDATE list_acts SET actor = 'user:9' WHERE number = 2", "chain_broken"},
        {"UPDATE list_acts SET time = '2024-11-21T08:00:00Z' WHERE number = 1", "chain_broken"},
        {"DELETE FROM list_acts WHERE number = 1", "chain_broken"},
        {"UPDATE list_contents SET content = replace(content, 'listed', 'watch')",
         "content_changed"},
        {"DELETE FROM audit WHERE number = 2", "journal_differs"},
        {"UPDATE audit SET mac = '' WHERE number = 1", "journal_differs"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.sql);
        Lists lists;
        const model::ListId list = contract::sample_draft(lists);
        const model::Published published{*model::date_of("2024-11-25")};
        REQUIRE(contract::append_one(lists, list, 1, published));
        CHECK(lists.check_chain(list).empty());
        lists.tamper(row.sql);
        CHECK(first_code(lists.check_chain(list)) == row.code);
    }
}

TEST_CASE("neither the text of an appeal nor who wrote it stands in the journal") {
    Lists lists;
    const model::ListId list = contract::sample_draft(lists);
    const model::Appealed appeal{1, {"1"}, {}, "Вымышленная Фамилия не согласна"};
    REQUIRE(contract::append_one(lists, list, 1, appeal));
    const storage::SqliteConnection connection{lists.path() / "data" / "opora.sqlite",
                                               storage::SqliteConnection::Access::read};
    auto rows = connection.prepare("SELECT actor || action || detail FROM audit");
    rows.start({});
    int count = 0;
    for (; rows.next(); ++count) {
        for (const char* secret : {"Фамилия", "user:2"}) {
            CHECK(rows.text(0).find(secret) == std::string::npos);
        }
    }
    CHECK(count == 2);
}
