#pragma once

#include <array>
#include <filesystem>
#include <semaphore>

#include "opora/ports/secrets.hpp"
#include "opora/storage/audit_log.hpp"

namespace opora::storage {

/// Secrets by libsodium: randombytes, BLAKE2b-256, argon2id (64 MiB, three passes),
/// XSalsa20-Poly1305 for what is sealed.
class SodiumSecrets : public ports::Secrets {
public:
    /// The key of the journal, which lies outside the data folder, seals.
    explicit SodiumSecrets(std::filesystem::path key_file = AuditKey::usual_path());

    std::string token() override;
    std::string digest(const std::string& token) const override;
    std::string hash_password(const std::string& password) override;
    bool matches(const std::string& password, const std::string& hash) override;
    std::string seal(const std::string& text) override;
    std::optional<std::string> unseal(const std::string& sealed) override;

private:
    std::array<unsigned char, 32> sealing_key() const;

    std::filesystem::path key_file_;
    static constexpr int at_once = 2;
    std::counting_semaphore<at_once> places_{at_once};
};

}  // namespace opora::storage
