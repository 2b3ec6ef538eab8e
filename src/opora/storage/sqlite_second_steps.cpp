// The second step of coming in, as SqliteAccounts keeps it.
#include "opora/storage/number_of_id.hpp"
#include "opora/storage/sqlite_accounts.hpp"

namespace opora::storage {

std::optional<ports::KeptSecondStep> SqliteAccounts::second_step(const model::UserId& user) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare("SELECT secret, active, last FROM second_steps WHERE user = ?1");
    row.start({number_of(user)});
    if (!row.next()) return std::nullopt;
    return ports::KeptSecondStep{row.text(0), row.number(1) != 0, row.number(2)};
}

void SqliteAccounts::begin_second_step(const model::UserId& user, const std::string& sealed) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    connection_.prepare("DELETE FROM recovery_codes WHERE user = ?1").run({number_of(user)});
    connection_
        .prepare(
            "INSERT INTO second_steps (user, secret, active, last) VALUES (?1, ?2, 0, -1) "
            "ON CONFLICT (user) DO UPDATE SET secret = excluded.secret, active = 0, last = -1")
        .run({number_of(user), sealed});
    transaction.commit();
}

void SqliteAccounts::activate_second_step(const model::UserId& user,
                                          const std::vector<std::string>& digests,
                                          const ports::Act& act) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    connection_.prepare("UPDATE second_steps SET active = 1 WHERE user = ?1")
        .run({number_of(user)});
    auto insert = connection_.prepare("INSERT OR IGNORE INTO recovery_codes VALUES (?1, ?2)");
    for (const std::string& digest : digests) insert.run({number_of(user), digest});
    tell(act, "second_step_on", "user=" + user.value);
    transaction.commit();
}

void SqliteAccounts::remove_second_step(const model::UserId& user, const ports::Act& act) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    auto removed = connection_.prepare("DELETE FROM second_steps WHERE user = ?1 RETURNING active");
    removed.start({number_of(user)});
    if (!removed.next()) return;
    while (removed.next()) {
    }
    connection_.prepare("DELETE FROM recovery_codes WHERE user = ?1").run({number_of(user)});
    tell(act, "second_step_off", "user=" + user.value);
    transaction.commit();
}

bool SqliteAccounts::use_code_step(const model::UserId& user, std::int64_t step) {
    const std::lock_guard guard{mutex_};
    auto used = connection_.prepare(
        "UPDATE second_steps SET last = ?2 WHERE user = ?1 AND last < ?2 RETURNING user");
    used.start({number_of(user), step});
    const bool first = used.next();
    while (first && used.next()) {
    }
    return first;
}

bool SqliteAccounts::use_recovery_code(const model::UserId& user, const std::string& digest) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    auto used = connection_.prepare(
        "DELETE FROM recovery_codes WHERE user = ?1 AND digest = ?2 RETURNING user");
    used.start({number_of(user), digest});
    if (!used.next()) return false;
    while (used.next()) {
    }
    tell({"user:" + user.value, {}}, "recovery_code", "");
    transaction.commit();
    return true;
}

}  // namespace opora::storage
