#include "opora/storage/sqlite_accounts.hpp"

#include <doctest/doctest.h>

#include "contract/account_store_contract.hpp"
#include "opora/storage/sodium_secrets.hpp"
#include "support/temporary_folder.hpp"

using namespace opora;

namespace {

/// An account store in a folder that lives as long as it.
struct Accounts : testing::TemporaryFolder, storage::SqliteAccounts {
    Accounts() : SqliteAccounts{prepared(path()), options(path())} {}

    static storage::RegisterOptions options(const std::filesystem::path& root) {
        return {.key_file = root / "config" / "audit.key",
                .clock = [] { return std::string{"2024-09-01T08:00:00Z"}; }};
    }
    static storage::Directory prepared(const std::filesystem::path& root) {
        auto directory = storage::Directory::create(root / "data");
        const storage::SqliteRegister newest_form{directory, options(root)};
        return directory;
    }
};

}  // namespace

TEST_CASE("accounts in SQLite keep the contract: users") {
    contract::check_users([] { return std::make_unique<Accounts>(); });
}

TEST_CASE("accounts in SQLite keep the contract: sessions and tickets") {
    contract::check_sessions([] { return std::make_unique<Accounts>(); });
}

TEST_CASE("no name and no login of a user stands in the journal") {
    Accounts accounts;
    auto user = accounts.add({.login = "petrova", .name = "Вымышленная Фамилия"}, "test");
    REQUIRE(user);
    accounts.set_password_hash(user->id, "тайна", "test");
    const storage::SqliteConnection connection{accounts.path() / "data" / "opora.sqlite",
                                               storage::SqliteConnection::Access::read};
    auto rows = connection.prepare("SELECT actor || action || detail FROM audit");
    rows.start({});
    int count = 0;
    for (; rows.next(); ++count) {
        for (const char* secret : {"petrova", "Фамилия", "тайна"}) {
            CHECK(rows.text(0).find(secret) == std::string::npos);
        }
    }
    CHECK(count == 2);
}

TEST_CASE("passwords: only the right one matches, and hashes of one password differ") {
    storage::SodiumSecrets secrets;
    const std::string hash = secrets.hash_password("верный пароль");
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(secrets.matches("верный пароль", hash));
    CHECK_FALSE(secrets.matches("верный парол", hash));
    CHECK_FALSE(secrets.matches("верный пароль", ""));
    CHECK(secrets.hash_password("верный пароль") != hash);
    CHECK(secrets.token().size() == 43);
    CHECK(secrets.token() != secrets.token());
    CHECK(secrets.digest("a") != secrets.digest("b"));
}
