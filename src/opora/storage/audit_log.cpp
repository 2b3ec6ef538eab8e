#include "opora/storage/audit_log.hpp"

#include <fmt/format.h>

#include <utility>

#include "opora/ports/storage_error.hpp"

namespace opora::storage {

namespace {

std::string seal(const AuditKey& key, std::int64_t number, std::string_view time,
                 std::string_view actor, std::string_view action, std::string_view detail,
                 std::string_view mac_before) {
    const std::string place = std::to_string(number);
    const std::array<std::string_view, 6> parts{place, time, actor, action, detail, mac_before};
    return key.digest(parts);
}

constexpr std::size_t pseudonym_digits = 16;

}  // namespace

AuditLog::AuditLog(const SqliteConnection& connection, std::filesystem::path key_path)
    : connection_{connection}, key_path_{std::move(key_path)} {}

std::optional<std::string> AuditLog::key_id() const {
    SqliteStatement statement =
        connection_.prepare("SELECT value FROM settings WHERE name = 'audit_key'");
    statement.start({});
    if (!statement.next()) return std::nullopt;
    return statement.text(0);
}

void AuditLog::expect_own_key(const AuditKey& key) const {
    if (key_id() == key.id()) return;
    throw ports::StorageError{
        "bad_key",
        fmt::format(
            "Журнал действий этой папки ведётся с другим ключом, чем «{}». Укажите файл ключа "
            "этой папки в переменной OPORA_KEY_FILE.",
            key_path_.string())};
}

const AuditKey& AuditLog::key_for_writing() {
    if (!key_) {
        // A journal that has begun needs its own key; only a new one may begin with a new key.
        key_ = key_id() ? AuditKey::load(key_path_) : AuditKey::load_or_create(key_path_);
    }
    if (!key_id()) {
        connection_.prepare("INSERT INTO settings (name, value) VALUES ('audit_key', ?1)")
            .run({key_->id()});
    }
    expect_own_key(*key_);
    return *key_;
}

std::string AuditLog::pseudonym(std::string_view text) {
    const std::array<std::string_view, 2> parts{"opora pseudonym", text};
    return key_for_writing().digest(parts).substr(0, pseudonym_digits);
}

std::string AuditLog::keep_note(std::string_view words, std::string_view before) {
    const std::string digest = pseudonym(words);
    connection_.prepare("INSERT OR IGNORE INTO audit_notes (digest, text) VALUES (?1, ?2)")
        .run({digest, std::string{words}});
    return std::string{before} + digest;
}

void AuditLog::append(std::string_view time, std::string_view actor, std::string_view action,
                      std::string_view words, std::string_view reason) {
    std::string detail{words};
    if (!reason.empty()) detail += keep_note(reason, detail.empty() ? "reason=" : " reason=");
    const AuditKey& key = key_for_writing();
    const std::string name = pseudonym(actor);
    const AuditHead before = head();
    const std::int64_t number = before.number + 1;
    connection_.prepare("INSERT OR IGNORE INTO audit_actors (pseudonym, actor) VALUES (?1, ?2)")
        .run({name, std::string{actor}});
    connection_
        .prepare(
            "INSERT INTO audit (number, time, actor, action, detail, mac) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .run({number, std::string{time}, name, std::string{action}, detail,
              seal(key, number, time, name, action, detail, before.mac)});
}

AuditHead AuditLog::head() const {
    SqliteStatement statement =
        connection_.prepare("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1");
    statement.start({});
    if (!statement.next()) return {};
    return {statement.number(0), statement.text(1)};
}

base::Result<AuditHead> AuditLog::verify(const std::optional<std::string>& known_head) const {
    AuditHead last;
    bool met = !known_head || known_head->empty();
    std::optional<AuditKey> key;
    SqliteStatement rows = connection_.prepare(
        "SELECT number, time, actor, action, detail, mac FROM audit ORDER BY number");
    rows.start({});
    while (rows.next()) {
        if (!key) {
            key = AuditKey::load(key_path_);
            expect_own_key(*key);
        }
        const std::int64_t number = rows.number(0);
        const std::string mac = rows.text(5);
        const std::string expected =
            seal(*key, number, rows.text(1), rows.text(2), rows.text(3), rows.text(4), last.mac);
        if (number != last.number + 1 || mac != expected) {
            return base::Unexpected{base::Error{
                .code = "audit_broken",
                .message = fmt::format("Журнал действий изменён: не сходится запись {}.",
                                       last.number + 1)}};
        }
        last = {number, mac};
        met = met || mac == *known_head;
    }
    if (met) return last;
    return base::Unexpected{base::Error{.code = "audit_cut",
                                        .message = "В журнале действий нет указанной записи: конец "
                                                   "журнала удалён или указан журнал другой "
                                                   "папки."}};
}

}  // namespace opora::storage
