#pragma once

#include <optional>
#include <string>

namespace opora::ports {

/// Randomness and hashes that secrets need.
class Secrets {
public:
    virtual ~Secrets() = default;

    /// 256 random bits, 43 symbols of URL-safe base64.
    virtual std::string token() = 0;
    /// A digest of a token that says nothing of it.
    virtual std::string digest(const std::string& token) const = 0;
    /// argon2id with its parameters and salt. Takes a noticeable time and memory: only a few at
    /// once, the others wait.
    virtual std::string hash_password(const std::string& password) = 0;
    virtual bool matches(const std::string& password, const std::string& hash) = 0;

    /// Sealed with a key that lies outside the data folder, as text.
    virtual std::string seal(const std::string& text) = 0;
    /// std::nullopt for what was sealed with another key, or changed since.
    virtual std::optional<std::string> unseal(const std::string& sealed) = 0;
};

}  // namespace opora::ports
