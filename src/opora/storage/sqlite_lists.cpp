#include "opora/storage/sqlite_lists.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

#include "opora/base/sha256.hpp"
#include "opora/storage/durable_file.hpp"
#include "opora/storage/list_codec.hpp"
#include "opora/storage/list_freeze.hpp"
#include "opora/storage/record_fields.hpp"
#include "opora/storage/sodium_secrets.hpp"
#include "opora/storage/utc_time.hpp"

namespace opora::storage {

namespace {

/// One row of list_acts.
struct ActRow {
    std::int64_t list = 0;
    std::int64_t number = 0;
    std::string time;
    std::string actor;
    std::string deed;
    std::string details;
    std::string salt;
    std::string hash;
    std::int64_t journal_number = 0;
    std::string journal;
};

constexpr std::string_view act_columns =
    "SELECT list, number, time, actor, deed, details, salt, hash, journal_number, journal "
    "FROM list_acts WHERE list = ?1 ORDER BY number";

ActRow row_of(const SqliteStatement& row) {
    return {row.number(0), row.number(1), row.text(2), row.text(3),   row.text(4),
            row.text(5),   row.text(6),   row.text(7), row.number(8), row.text(9)};
}

std::vector<ActRow> rows_of(const SqliteConnection& connection, std::int64_t list) {
    std::vector<ActRow> rows;
    SqliteStatement select = connection.prepare(act_columns);
    select.start({list});
    while (select.next()) rows.push_back(row_of(select));
    return rows;
}

/// See ports::ListStore.
std::string link(const ActRow& row, const std::string& before) {
    base::Sha256 hash;
    const std::string details = base::sha256(row.salt + row.details);
    const std::string list = std::to_string(row.list);
    const std::string number = std::to_string(row.number);
    const std::array<std::string_view, 7> parts{before,    list,     number, row.time,
                                                row.actor, row.deed, details};
    for (const std::string_view part : parts) hash.add(fmt::format("{}:{}", part.size(), part));
    return hash.hex();
}

std::string journal_detail(const ActRow& row) {
    return fmt::format("list={} act={} hash={}", row.list, row.number, row.hash);
}

/// 0 for an id that no store gave.
std::int64_t number_of(const model::ListId& id) {
    std::int64_t number = 0;
    const char* end = id.value.data() + id.value.size();
    const auto read = std::from_chars(id.value.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

SqliteConnection::Access access_of(const Directory& directory) {
    return ::access(directory.root().c_str(), W_OK) == 0 ? SqliteConnection::Access::write
                                                         : SqliteConnection::Access::read;
}

base::Error trouble(std::string code, std::string message) {
    return {.code = std::move(code), .message = std::move(message)};
}

/// The hashes of the contents that acts name.
std::vector<std::string> contents_of(const std::vector<ActRow>& rows) {
    std::vector<std::string> hashes;
    for (const ActRow& row : rows) {
        const model::ListDeed deed = decode_deed(row.deed, row.details);
        if (const auto* drafted = std::get_if<model::Drafted>(&deed)) {
            hashes.push_back(drafted->content);
        }
        if (const auto* renewed = std::get_if<model::Renewed>(&deed)) {
            hashes.push_back(renewed->content);
        }
    }
    return hashes;
}

constexpr std::size_t contents_known_max = 4;

}  // namespace

SqliteLists::SqliteLists(const Directory& directory, RegisterOptions options)
    : directory_{directory},
      connection_{directory.register_file(), access_of(directory)},
      options_{std::move(options)},
      audit_{connection_, options_.key_file} {}

std::string SqliteLists::now() const { return options_.clock ? options_.clock() : utc_time(); }

std::vector<model::ListId> SqliteLists::lists() const {
    const std::lock_guard guard{mutex_};
    std::vector<model::ListId> lists;
    SqliteStatement select =
        connection_.prepare("SELECT list FROM list_acts WHERE number = 1 ORDER BY list");
    select.start({});
    while (select.next()) lists.push_back({std::to_string(select.number(0))});
    return lists;
}

std::vector<model::ListAct> SqliteLists::acts(const model::ListId& list) const {
    const std::lock_guard guard{mutex_};
    std::vector<model::ListAct> acts;
    for (ActRow& row : rows_of(connection_, number_of(list))) {
        acts.push_back({row.number, row.time, row.actor, decode_deed(row.deed, row.details),
                        row.hash, row.journal});
    }
    return acts;
}

std::int64_t SqliteLists::acts_of(std::int64_t list) const {
    SqliteStatement select = connection_.prepare("SELECT count(*) FROM list_acts WHERE list = ?1");
    select.start({list});
    select.next();
    return select.number(0);
}

void SqliteLists::add(std::int64_t list, const ports::ListEntry& entry) {
    ActRow row{.list = list,
               .number = entry.acts_before + 1,
               .time = now(),
               .actor = entry.actor,
               .deed = std::string{model::code(entry.deed)},
               .details = encode_deed(entry.deed),
               .salt = SodiumSecrets{}.token(),
               .hash = {},
               .journal = {}};
    SqliteStatement last =
        connection_.prepare("SELECT hash FROM list_acts WHERE list = ?1 AND number = ?2");
    last.start({list, entry.acts_before});
    row.hash = link(row, last.next() ? last.text(0) : std::string{});
    audit_.append(row.time, row.actor, "list_" + row.deed, journal_detail(row));
    const AuditHead head = audit_.head();
    connection_.prepare("INSERT INTO list_acts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .run({row.list, row.number, row.time, row.actor, row.deed, row.details, row.salt, row.hash,
              head.number, head.mac});
}

base::Result<model::ListId> SqliteLists::append(std::span<const ports::ListEntry> entries,
                                                const std::optional<ports::Freeze>& freeze) {
    OPORA_EXPECTS(!entries.empty());
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    std::vector<std::int64_t> numbers;
    for (const ports::ListEntry& entry : entries) {
        const std::int64_t list =
            entry.list ? number_of(*entry.list)
                       : connection_.number("SELECT max(list) FROM list_acts").value_or(0) + 1;
        if (acts_of(list) != entry.acts_before) {
            return base::Unexpected{
                trouble("acts_conflict", "перечень тем временем изменил другой человек")};
        }
        numbers.push_back(list);
    }
    if (freeze) keep(*freeze);
    for (std::size_t i = 0; i < entries.size(); ++i) add(numbers[i], entries[i]);
    transaction.commit();
    return model::ListId{std::to_string(numbers.front())};
}

void SqliteLists::keep(const ports::Freeze& freeze) {
    const std::string content = encode_content(*freeze.content);
    connection_.prepare("INSERT OR IGNORE INTO list_contents (hash, content) VALUES (?1, ?2)")
        .run({base::sha256(content), content});
    connection_.prepare("INSERT OR IGNORE INTO list_snapshots VALUES (?1, ?2, ?3, ?4)")
        .run({freeze.content->list.snapshot, freeze.data->rows_hash, encode_rows(freeze.data->rows),
              encode_imports(freeze.data->imports)});
}

std::string SqliteLists::hash_of(const model::ListContent& content) const {
    return base::sha256(encode_content(content));
}

std::string SqliteLists::content_text(const std::string& hash) const {
    SqliteStatement select =
        connection_.prepare("SELECT content FROM list_contents WHERE hash = ?1");
    select.start({hash});
    if (!select.next()) fail_corrupt_value("list_contents " + hash);
    return select.text(0);
}

std::shared_ptr<const model::ListContent> SqliteLists::content(const std::string& hash) const {
    const std::lock_guard guard{mutex_};
    if (const auto found = known_.find(hash); found != known_.end()) return found->second;
    auto content = std::make_shared<const model::ListContent>(decode_content(content_text(hash)));
    if (known_.size() >= contents_known_max) known_.clear();
    known_.emplace(hash, content);
    return content;
}

std::shared_ptr<const model::ListContent> SqliteLists::outline(const std::string& hash) const {
    const std::lock_guard guard{mutex_};
    if (const auto found = outlines_.find(hash); found != outlines_.end()) return found->second;
    model::ListContent content = decode_content(content_text(hash));
    content.methodology_text.clear();
    for (model::Listing& one : content.list.listings) one.findings.clear();
    constexpr std::size_t outlines_max = 100;
    if (outlines_.size() >= outlines_max) outlines_.clear();
    auto outline = std::make_shared<const model::ListContent>(std::move(content));
    outlines_.emplace(hash, outline);
    return outline;
}

ports::FrozenData SqliteLists::frozen(const std::string& snapshot) const {
    const std::lock_guard guard{mutex_};
    SqliteStatement select = connection_.prepare(
        "SELECT rows_hash, rows, imports FROM list_snapshots WHERE snapshot = ?1");
    select.start({snapshot});
    if (!select.next()) fail_corrupt_value("list_snapshots " + snapshot);
    return {.rows = decode_rows(select.text(1)),
            .rows_hash = select.text(0),
            .imports = decode_imports(select.text(2))};
}

base::Errors SqliteLists::check_chain(const model::ListId& list) const {
    const std::lock_guard guard{mutex_};
    base::Errors errors;
    std::string before;
    std::int64_t number = 0;
    SqliteStatement journal =
        connection_.prepare("SELECT action, detail, mac FROM audit WHERE number = ?1");
    for (const ActRow& row : rows_of(connection_, number_of(list))) {
        if (row.number != ++number || row.hash != link(row, before)) {
            errors.push_back(trouble(
                "chain_broken",
                fmt::format("запись {} о действиях с перечнем изменена или удалена", number)));
            return errors;
        }
        before = row.hash;
        journal.start({row.journal_number});
        const bool told = journal.next() && journal.text(0) == "list_" + row.deed &&
                          journal.text(1) == journal_detail(row) && journal.text(2) == row.journal;
        if (!told) {
            errors.push_back(
                trouble("journal_differs",
                        fmt::format("записи {} нет в журнале действий или она другая", number)));
        }
    }
    for (const std::string& hash : contents_of(rows_of(connection_, number_of(list)))) {
        if (base::sha256(content_text(hash)) == hash) continue;
        errors.push_back(trouble("content_changed", "сохранённый перечень изменён"));
    }
    return errors;
}

base::Result<std::string> SqliteLists::check_journal(
    const std::optional<std::string>& known_seal) const {
    const std::lock_guard guard{mutex_};
    const AuditHead head = OPORA_TRY(audit_.verify(known_seal));
    return head.mac;
}

model::AttachedFile SqliteLists::keep_file(const std::filesystem::path& file,
                                           const std::string& name) {
    std::error_code error;
    std::filesystem::create_directories(directory_.attachments(), error);
    if (error) throw system_error(error.value(), directory_.attachments());
    TemporaryFile copy{directory_.temporary(), "attachment"};
    std::ifstream in{file, std::ios::binary};
    std::ofstream out{copy.path(), std::ios::binary};
    base::Sha256 hash;
    std::int64_t bytes = 0;
    std::array<char, 64 * 1024> block{};
    while (in.read(block.data(), block.size()) || in.gcount() > 0) {
        const std::string_view part{block.data(), static_cast<std::size_t>(in.gcount())};
        hash.add(part);
        out << part;
        bytes += in.gcount();
    }
    out.close();
    if (!out || in.bad()) throw system_error(errno == 0 ? EIO : errno, copy.path());
    model::AttachedFile kept{name, hash.hex(), bytes};
    copy.move_to(directory_.attachments() / kept.sha256);
    return kept;
}

std::optional<std::filesystem::path> SqliteLists::file(const std::string& sha256) const {
    const bool hash =
        sha256.size() == 64 && std::ranges::all_of(sha256, [](char symbol) {
            return (symbol >= '0' && symbol <= '9') || (symbol >= 'a' && symbol <= 'f');
        });
    const auto path = directory_.attachments() / sha256;
    if (!hash || !std::filesystem::exists(path)) return std::nullopt;
    return path;
}

}  // namespace opora::storage
