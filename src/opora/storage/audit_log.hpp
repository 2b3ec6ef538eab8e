#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "opora/base/result.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// The secret that the audit is sealed with. It lies outside the data folder: whoever may change
/// the folder alone cannot forge its audit.
class AuditKey {
public:
    /// $OPORA_KEY_FILE, else $XDG_CONFIG_HOME/opora/audit.key, else ~/.config/opora/audit.key.
    static std::filesystem::path usual_path();

    /// Reads the key; StorageError `no_key` when there is none, `bad_key` when the file is no key.
    static AuditKey load(const std::filesystem::path& path);
    /// Reads the key, or makes one for the eyes of its owner alone (mode 0600).
    static AuditKey load_or_create(const std::filesystem::path& path);

    /// BLAKE2b-256 of the parts keyed with the secret, in hex; each part is preceded by its length
    /// in 8 bytes.
    std::string digest(std::span<const std::string_view> parts) const;
    /// Tells keys apart without giving them away.
    std::string id() const;

private:
    static constexpr std::size_t size = 32;
    explicit AuditKey(std::array<unsigned char, size> secret) : secret_{secret} {}

    std::array<unsigned char, size> secret_;
};

/// The last link of the chain: its number (0 when there is none) and its seal. Printed in orders,
/// it proves later that nothing was cut off.
struct AuditHead {
    std::int64_t number = 0;
    std::string mac;

    friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

/// The journal of what people did: rows in a chain, each sealed together with the seal of the row
/// before it.
///
/// mac = digest(number, time, actor, action, detail, mac of the row before) with numbers in
/// decimal, the first row following an empty mac. The actor stands as a pseudonym, the keyed digest
/// of the name; who that is stands in a table of its own.
class AuditLog {
public:
    /// The key is read when the first row is written or checked.
    AuditLog(const SqliteConnection& connection, std::filesystem::path key_path);

    /// Appends a row; to be called inside the transaction of what it reports. A folder whose
    /// journal was begun with another key is refused (StorageError `no_key` or `bad_key`).
    ///
    /// `reason` is what the person wrote: the row holds its keyed digest as `reason=`, the words
    /// stand in a table of their own and can be erased without breaking the chain.
    void append(std::string_view time, std::string_view actor, std::string_view action,
                std::string_view detail, std::string_view reason = {});

    AuditHead head() const;

    /// Checks every seal and that `known_head`, the seal of an earlier row (printed or exported),
    /// is in the chain. Errors: `audit_broken` with the first bad row, `audit_cut` when the known
    /// head is not there.
    base::Result<AuditHead> verify(const std::optional<std::string>& known_head) const;

    /// Keyed digest of a text that must not stand in the journal itself.
    std::string pseudonym(std::string_view text);

private:
    const AuditKey& key_for_writing();
    std::string keep_note(std::string_view words, std::string_view before);
    void expect_own_key(const AuditKey& key) const;
    std::optional<std::string> key_id() const;

    const SqliteConnection& connection_;
    std::filesystem::path key_path_;
    std::optional<AuditKey> key_;
};

}  // namespace opora::storage
