#pragma once

#include <semaphore>

#include "opora/ports/secrets.hpp"

namespace opora::storage {

/// Secrets by libsodium: randombytes, BLAKE2b-256, argon2id (64 MiB, three passes).
class SodiumSecrets : public ports::Secrets {
public:
    SodiumSecrets();

    std::string token() override;
    std::string digest(const std::string& token) const override;
    std::string hash_password(const std::string& password) override;
    bool matches(const std::string& password, const std::string& hash) override;

private:
    static constexpr int at_once = 2;
    std::counting_semaphore<at_once> places_{at_once};
};

}  // namespace opora::storage
