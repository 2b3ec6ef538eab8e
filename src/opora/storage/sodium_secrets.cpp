#include "opora/storage/sodium_secrets.hpp"

#include <sodium.h>

#include <array>
#include <new>

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

SodiumSecrets::SodiumSecrets() { OPORA_EXPECTS(sodium_init() >= 0); }

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

}  // namespace opora::storage
