#include "opora/storage/sqlite_accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/expects.hpp"
#include "opora/model/journal.hpp"
#include "opora/storage/number_of_id.hpp"
#include "opora/storage/utc_time.hpp"

namespace opora::storage {

namespace {

constexpr std::string_view user_columns =
    "SELECT number, login, name, role, territory, school, active, version FROM users";

model::User user_of(const SqliteConnection& connection, const SqliteStatement& row) {
    const auto role = model::role(row.text(3));
    OPORA_EXPECTS(role.has_value());
    model::User user{.id = {std::to_string(row.number(0))},
                     .login = row.text(1),
                     .name = row.text(2),
                     .role = *role,
                     .territory = {row.text(4)},
                     .school = {row.text(5)},
                     .assigned = {},
                     .active = row.number(6) != 0,
                     .version = row.number(7)};
    auto schools =
        connection.prepare("SELECT school FROM user_schools WHERE user = ?1 ORDER BY school");
    schools.start({row.number(0)});
    while (schools.next()) user.assigned.push_back({schools.text(0)});
    return user;
}

ports::Session session_of(const SqliteStatement& row) {
    return {.digest = row.text(0),
            .user = {std::to_string(row.number(1))},
            .csrf = row.text(2),
            .begun = row.number(3),
            .last_seen = row.number(4),
            .expires = row.number(5)};
}

constexpr std::string_view session_columns =
    "SELECT digest, user, csrf, begun, last_seen, expires FROM sessions";

void write_schools(const SqliteConnection& connection, std::int64_t number,
                   const std::vector<model::SchoolId>& schools) {
    connection.prepare("DELETE FROM user_schools WHERE user = ?1").run({number});
    auto insert = connection.prepare("INSERT OR IGNORE INTO user_schools VALUES (?1, ?2)");
    for (const model::SchoolId& school : schools) insert.run({number, school.value});
}

bool login_taken(const SqliteConnection& connection, const std::string& login,
                 std::int64_t except) {
    auto row = connection.prepare("SELECT 1 FROM users WHERE login = ?1 AND number <> ?2");
    row.start({login, except});
    return row.next();
}

std::string joined(const std::vector<model::SchoolId>& schools) {
    std::string text;
    for (const model::SchoolId& one : schools) text += (text.empty() ? "" : ",") + one.value;
    return text;
}

/// What of a user stands in the journal: neither login nor name.
std::vector<model::JournalChange> fields_of(const model::User& user) {
    return {{"user", {}, user.id.value},
            {"role", {}, std::string{code(user.role)}},
            {"territory", {}, user.territory.value},
            {"school", {}, user.school.value},
            {"assigned", {}, joined(user.assigned)},
            {"active", {}, user.active ? "yes" : "no"}};
}

/// The fields that differ, with what they were; that a login or a name was changed, without either.
std::vector<model::JournalChange> changes_of(const model::User& before, const model::User& after) {
    const auto old_fields = fields_of(before);
    auto changes = fields_of(after);
    for (std::size_t i = 1; i < changes.size(); ++i) changes[i].before = old_fields[i].after;
    std::erase_if(changes, [](const auto& one) { return one.before == one.after; });
    if (before.login != after.login) changes.push_back({"login", {}, "changed"});
    if (before.name != after.name) changes.push_back({"name", {}, "changed"});
    return changes;
}

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

base::Unexpected<base::Error> taken() {
    return refusal("login_taken", "такое имя для входа уже есть: выберите другое");
}

}  // namespace

SqliteAccounts::SqliteAccounts(const Directory& directory, RegisterOptions options)
    : connection_{directory.register_file(), SqliteConnection::Access::write},
      options_{std::move(options)},
      audit_{connection_, options_.key_file} {}

std::vector<model::User> SqliteAccounts::users() const {
    const std::lock_guard guard{mutex_};
    std::vector<model::User> users;
    auto row = connection_.prepare(fmt::format("{} ORDER BY login", user_columns));
    row.start({});
    while (row.next()) users.push_back(user_of(connection_, row));
    return users;
}

std::optional<model::User> SqliteAccounts::user(const model::UserId& id) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare(fmt::format("{} WHERE number = ?1", user_columns));
    row.start({number_of(id)});
    if (!row.next()) return std::nullopt;
    return user_of(connection_, row);
}

std::optional<model::User> SqliteAccounts::find_login(const std::string& login) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare(fmt::format("{} WHERE login = ?1", user_columns));
    row.start({login});
    if (!row.next()) return std::nullopt;
    return user_of(connection_, row);
}

void SqliteAccounts::tell(const ports::Act& act, std::string_view action, std::string_view detail) {
    audit_.append(options_.clock ? options_.clock() : utc_time(), act.actor, action, detail,
                  act.reason);
}

base::Result<model::User> SqliteAccounts::add(model::User user, const std::string& actor) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    if (login_taken(connection_, user.login, 0)) return taken();
    user.version = 1;
    connection_
        .prepare(
            "INSERT INTO users (login, name, role, territory, school, active, version) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)")
        .run({user.login, user.name, std::string{code(user.role)}, user.territory.value,
              user.school.value, std::int64_t{user.active}});
    const std::int64_t number = connection_.number("SELECT last_insert_rowid()").value_or(0);
    user.id = {std::to_string(number)};
    std::ranges::sort(user.assigned);
    write_schools(connection_, number, user.assigned);
    tell({actor, {}}, "user_add", model::journal_text(fields_of(user)));
    transaction.commit();
    return user;
}

base::Result<model::User> SqliteAccounts::change(const model::User& user, const ports::Act& act) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    const std::int64_t number = number_of(user.id);
    auto stored = connection_.prepare(fmt::format("{} WHERE number = ?1", user_columns));
    stored.start({number});
    if (!stored.next()) return refusal("user_unknown", "такого пользователя нет");
    const model::User before = user_of(connection_, stored);
    if (before.version != user.version) {
        return refusal("version_conflict",
                       "запись уже изменил другой человек: откройте её заново и повторите правку");
    }
    if (login_taken(connection_, user.login, number)) return taken();
    connection_
        .prepare(
            "UPDATE users SET login = ?2, name = ?3, role = ?4, territory = ?5, school = ?6, "
            "active = ?7, version = version + 1 WHERE number = ?1")
        .run({number, user.login, user.name, std::string{code(user.role)}, user.territory.value,
              user.school.value, std::int64_t{user.active}});
    write_schools(connection_, number, user.assigned);
    if (!user.active) end_all_of(number);
    model::User changed = user;
    ++changed.version;
    std::ranges::sort(changed.assigned);
    tell(act, "user_change", model::journal_text(changes_of(before, changed)));
    transaction.commit();
    return changed;
}

void SqliteAccounts::end_all_of(std::int64_t user) {
    connection_.prepare("DELETE FROM sessions WHERE user = ?1").run({user});
    connection_.prepare("DELETE FROM tickets WHERE user = ?1").run({user});
}

std::string SqliteAccounts::password_hash(const model::UserId& user) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare("SELECT password_hash FROM users WHERE number = ?1");
    row.start({number_of(user)});
    return row.next() ? row.text(0) : std::string{};
}

void SqliteAccounts::set_password_hash(const model::UserId& user, const std::string& hash,
                                       const std::string& actor) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    connection_.prepare("UPDATE users SET password_hash = ?2 WHERE number = ?1")
        .run({number_of(user), hash});
    end_all_of(number_of(user));
    tell({actor, {}}, "password_set", fmt::format("user={}", number_of(user)));
    transaction.commit();
}

void SqliteAccounts::add_session(const ports::Session& session) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    connection_.prepare("INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .run({session.digest, number_of(session.user), session.csrf, session.begun,
              session.last_seen, session.expires});
    tell({"user:" + session.user.value, {}}, "sign_in", "");
    transaction.commit();
}

std::optional<ports::Session> SqliteAccounts::session(const std::string& digest) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare(fmt::format("{} WHERE digest = ?1", session_columns));
    row.start({digest});
    if (!row.next()) return std::nullopt;
    return session_of(row);
}

void SqliteAccounts::see_session(const std::string& digest, ports::Seconds now,
                                 ports::Seconds expires) {
    const std::lock_guard guard{mutex_};
    connection_.prepare("UPDATE sessions SET last_seen = ?2, expires = ?3 WHERE digest = ?1")
        .run({digest, now, expires});
}

std::vector<ports::Session> SqliteAccounts::sessions(const model::UserId& user) const {
    const std::lock_guard guard{mutex_};
    std::vector<ports::Session> sessions;
    auto row = connection_.prepare(
        fmt::format("{} WHERE user = ?1 ORDER BY begun DESC, digest", session_columns));
    row.start({number_of(user)});
    while (row.next()) sessions.push_back(session_of(row));
    return sessions;
}

void SqliteAccounts::end_session(const std::string& digest) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    auto ended = connection_.prepare("DELETE FROM sessions WHERE digest = ?1 RETURNING user");
    ended.start({digest});
    if (!ended.next()) return;
    const std::string actor = fmt::format("user:{}", ended.number(0));
    while (ended.next()) {
    }
    tell({actor, {}}, "sign_out", "");
    transaction.commit();
}

void SqliteAccounts::tell_refused_sign_in(const std::optional<model::UserId>& user,
                                          const std::string& cause, std::int64_t not_told) {
    std::vector<model::JournalChange> fields;
    if (user) fields.push_back({"user", {}, user->value});
    fields.push_back({"cause", {}, cause});
    if (not_told > 0) fields.push_back({"not_told", {}, std::to_string(not_told)});
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    tell({"nobody", {}}, "sign_in_refused", model::journal_text(fields));
    transaction.commit();
}

void SqliteAccounts::add_ticket(const ports::Ticket& ticket, const std::string& actor) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    connection_.prepare("INSERT INTO tickets VALUES (?1, ?2, ?3)")
        .run({ticket.digest, number_of(ticket.user), ticket.expires});
    tell({actor, {}}, "ticket_give", fmt::format("user={}", number_of(ticket.user)));
    transaction.commit();
}

std::optional<ports::Ticket> SqliteAccounts::ticket(const std::string& digest) const {
    const std::lock_guard guard{mutex_};
    auto row = connection_.prepare("SELECT digest, user, expires FROM tickets WHERE digest = ?1");
    row.start({digest});
    if (!row.next()) return std::nullopt;
    return ports::Ticket{row.text(0), {std::to_string(row.number(1))}, row.number(2)};
}

void SqliteAccounts::forget_expired(ports::Seconds now) {
    const std::lock_guard guard{mutex_};
    connection_.prepare("DELETE FROM sessions WHERE expires < ?1").run({now});
    connection_.prepare("DELETE FROM tickets WHERE expires < ?1").run({now});
}

}  // namespace opora::storage
