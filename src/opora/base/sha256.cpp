#include "opora/base/sha256.hpp"

#include <openssl/evp.h>

#include <new>
#include <utility>

#include "opora/base/expects.hpp"

namespace opora::base {

namespace {

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void restart(void* context) {
    OPORA_EXPECTS(EVP_DigestInit_ex(context_of(context), EVP_sha256(), nullptr) == 1);
}

}  // namespace

Sha256::Sha256() : context_{EVP_MD_CTX_new()} {
    if (context_ == nullptr) throw std::bad_alloc{};
    restart(context_);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_of(context_)); }

Sha256::Sha256(Sha256&& other) noexcept : context_{std::exchange(other.context_, nullptr)} {}

Sha256& Sha256::operator=(Sha256&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}

void Sha256::add(std::span<const std::byte> bytes) {
    OPORA_EXPECTS(EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size()) == 1);
}

void Sha256::add(std::string_view text) { add(std::as_bytes(std::span{text})); }

std::array<std::uint8_t, 32> Sha256::digest() {
    std::array<std::uint8_t, 32> bytes{};
    OPORA_EXPECTS(EVP_DigestFinal_ex(context_of(context_), bytes.data(), nullptr) == 1);
    restart(context_);
    return bytes;
}

std::string Sha256::hex() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest()) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string sha256(std::string_view text) {
    Sha256 hash;
    hash.add(text);
    return hash.hex();
}

}  // namespace opora::base
