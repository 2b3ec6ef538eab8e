#pragma once

#include <mutex>

#include "opora/ports/methodology_store.hpp"
#include "opora/storage/directory.hpp"

namespace opora::storage {

/// Own methodologies as files that people can read and copy: DIR/methodology/<id>/<edit>.yaml, six
/// digits an edit. A deleted one has `deleted-<edit>` beside the text of that edit; a later saving
/// goes on counting.
class MethodologyFolder : public ports::MethodologyStore {
public:
    explicit MethodologyFolder(const Directory& directory);

    std::vector<ports::SavedMethodology> all() const override;
    base::Result<ports::SavedMethodology> save(const std::string& id, const std::string& text,
                                               std::int64_t after) override;
    base::Result<base::Done> remove(const std::string& id, std::int64_t edit) override;

private:
    std::filesystem::path file_of(const std::string& id, std::int64_t edit) const;
    std::filesystem::path mark_of(const std::string& id, std::int64_t edit) const;
    /// The newest edit, deleted or not; 0 when there was none.
    std::int64_t newest(const std::string& id) const;
    bool deleted(const std::string& id, std::int64_t edit) const;
    void write(const std::filesystem::path& target, const std::string& text) const;

    mutable std::mutex mutex_;
    std::filesystem::path folder_;
    std::filesystem::path temporary_;
};

}  // namespace opora::storage
