#pragma once

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
};

}  // namespace opora::ports
