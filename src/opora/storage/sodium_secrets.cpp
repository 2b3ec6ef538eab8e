#include "opora/storage/sodium_secrets.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <vector>

#include "opora/base/expects.hpp"

namespace opora::storage {

namespace {

/// A place in the queue for the time of one hash.
class Place {
public:
    explicit Place(std::counting_semaphore<2>& places) : places_{places} { places_.acquire(); }
    ~Place() { places_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::counting_semaphore<2>& places_;
};

constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = 64 * 1024 * 1024;

}  // namespace

SodiumSecrets::SodiumSecrets(std::filesystem::path key_file) : key_file_{std::move(key_file)} {
    OPORA_EXPECTS(sodium_init() >= 0);
}

std::string SodiumSecrets::token() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // The terminating zero.
    return text;
}

std::string SodiumSecrets::digest(const std::string& token) const {
    std::array<unsigned char, crypto_generichash_BYTES> bytes{};
    crypto_generichash(bytes.data(), bytes.size(),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                       0);
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

std::string SodiumSecrets::hash_password(const std::string& password) {
    const Place place{places_};
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const int status = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes,
                                             memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (status != 0) throw std::bad_alloc{};
    return hash.data();
}

bool SodiumSecrets::matches(const std::string& password, const std::string& hash) {
    const Place place{places_};
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::array<unsigned char, crypto_secretbox_KEYBYTES> SodiumSecrets::sealing_key() const {
    // A key of its own, made from that of the journal: one use of a key a purpose.
    const AuditKey key = AuditKey::load_or_create(key_file_);
    const std::array<std::string_view, 1> purpose{"opora sealed secrets"};
    const std::string hex = key.digest(purpose);
    std::array<unsigned char, crypto_secretbox_KEYBYTES> bytes{};
    OPORA_EXPECTS(sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr,
                                 nullptr, nullptr) == 0);
    return bytes;
}

std::string SodiumSecrets::seal(const std::string& text) {
    const auto key = sealing_key();
    std::string bytes(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
    auto* out = reinterpret_cast<unsigned char*>(bytes.data());
    randombytes_buf(out, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char*>(text.data()), text.size(), out,
                          key.data());
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), out, bytes.size());
    hex.pop_back();
    return hex;
}

std::optional<std::string> SodiumSecrets::unseal(const std::string& sealed) {
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size() < 2 * overhead) return std::nullopt;
    std::vector<unsigned char> bytes(sealed.size() / 2);
    std::size_t length = 0;
    const bool hex = sodium_hex2bin(bytes.data(), bytes.size(), sealed.data(), sealed.size(),
                                    nullptr, &length, nullptr) == 0;
    if (!hex || length != bytes.size()) return std::nullopt;
    std::string text(length - overhead, '\0');
    const auto key = sealing_key();
    const int opened = crypto_secretbox_open_easy(
        reinterpret_cast<unsigned char*>(text.data()), bytes.data() + crypto_secretbox_NONCEBYTES,
        length - crypto_secretbox_NONCEBYTES, bytes.data(), key.data());
    if (opened != 0) return std::nullopt;
    return text;
}

}  // namespace opora::storage
