#pragma once

#include "opora/ports/answer_store.hpp"
#include "opora/ports/secrets.hpp"
#include "opora/storage/directory.hpp"

namespace opora::storage {

/// DIR/answers: a sealed file an answer, named by the digest of its name. Not part of backups.
class AnswerFolder : public ports::AnswerStore {
public:
    /// `secrets` outlives the folder.
    AnswerFolder(const Directory& directory, ports::Secrets& secrets);

    std::optional<std::string> find(const std::string& name) const override;
    void put(const std::string& name, const std::string& text) override;
    void remove(const std::string& name) override;
    void forget(std::int64_t seconds, std::size_t kept_max) override;
    std::string digest(const std::string& text) const override;

private:
    std::filesystem::path file_of(const std::string& name) const;

    std::filesystem::path folder_;
    std::filesystem::path temporary_;
    ports::Secrets& secrets_;
};

}  // namespace opora::storage
