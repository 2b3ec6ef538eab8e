#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>

#include "opora/base/expects.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/durable_file.hpp"

namespace opora::storage {

namespace {

std::string hex_of(std::span<const unsigned char> bytes) {
    std::string text;
    for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

ports::StorageError bad_key(const std::filesystem::path& path) {
    return {
        "bad_key",
        fmt::format("Файл «{}» — не ключ журнала действий. Верните файл ключа из резервной копии.",
                    path.string())};
}

/// Writes the whole text to a new file that only its owner reads.
void write_secret(const std::filesystem::path& path, const std::string& text) {
    constexpr int owner_only = 0600;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (file < 0) throw system_error(errno, path);
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    if (!written) throw system_error(error, path);
}

}  // namespace

std::filesystem::path AuditKey::usual_path() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::filesystem::path{value == nullptr ? "" : value};
    };
    if (!variable("OPORA_KEY_FILE").empty()) return variable("OPORA_KEY_FILE");
    if (!variable("XDG_CONFIG_HOME").empty())
        return variable("XDG_CONFIG_HOME") / "opora" / "audit.key";
    return variable("HOME") / ".config" / "opora" / "audit.key";
}

AuditKey AuditKey::load(const std::filesystem::path& path) {
    std::ifstream in{path};
    if (!in) {
        throw ports::StorageError{
            "no_key",
            fmt::format(
                "Нет ключа журнала действий «{}». Верните файл ключа или укажите его в переменной "
                "OPORA_KEY_FILE.",
                path.string())};
    }
    std::string text;
    std::getline(in, text);
    std::array<unsigned char, size> secret{};
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_hex2bin(secret.data(), secret.size(), text.data(), text.size(), nullptr, &length,
                       &end) != 0 ||
        length != size || end != text.data() + text.size()) {
        throw bad_key(path);
    }
    return AuditKey{secret};
}

AuditKey AuditKey::load_or_create(const std::filesystem::path& path) {
    OPORA_EXPECTS(sodium_init() >= 0);
    std::error_code error;
    if (std::filesystem::exists(path, error)) return load(path);
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    if (error) throw system_error(error.value(), path);
    std::array<unsigned char, size> secret{};
    randombytes_buf(secret.data(), secret.size());
    // Linked into place whole; a process that was first wins, and its key is read.
    const std::filesystem::path draft = fmt::format("{}.{}.tmp", path.string(), ::getpid());
    std::filesystem::remove(draft, error);
    write_secret(draft, hex_of(secret) + "\n");
    const bool linked = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
    const int reason = errno;
    std::filesystem::remove(draft, error);
    if (!linked) throw system_error(reason, path);
    return load(path);
}

std::string AuditKey::digest(std::span<const std::string_view> parts) const {
    OPORA_EXPECTS(sodium_init() >= 0);
    crypto_generichash_state state;
    crypto_generichash_init(&state, secret_.data(), secret_.size(), crypto_generichash_BYTES);
    for (const std::string_view part : parts) {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] =
                static_cast<unsigned char>(part.size() >> (8 * (length.size() - 1 - i)) & 0xFF);
        }
        crypto_generichash_update(&state, length.data(), length.size());
        crypto_generichash_update(
            &state, static_cast<const unsigned char*>(static_cast<const void*>(part.data())),
            part.size());
    }
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    return hex_of(digest);
}

std::string AuditKey::id() const {
    constexpr std::array<std::string_view, 1> purpose{"opora audit key"};
    return digest(purpose);
}

}  // namespace opora::storage
