#pragma once

#include <filesystem>
#include <vector>

#include "opora/application/import_desk.hpp"

namespace opora::application {

// Parts of ImportDesk that its own files share.

/// A batch with where it lies; guarded by the desk's mutex.
struct ImportDesk::Batch {
    WaitingBatch shown;
    std::filesystem::path folder;
    std::int64_t kept_expires = 0;  ///< As the record on the disk says.

    std::filesystem::path folder_of(int file) const { return folder / std::to_string(file); }
    /// Apart from the file itself, since it stays when that is stored.
    std::filesystem::path refused_folder_of(int file) const {
        return folder / (std::to_string(file) + "-refused");
    }
};

/// What a job works by; its own copy.
struct ImportDesk::Plan {
    model::User user;
    std::string batch;
    RowPolicy rows = RowPolicy::all_or_nothing;
    std::vector<int> numbers;  ///< Of the files.
    std::vector<ImportRequest> requests;
};

std::string actor_of(const model::User& user);

}  // namespace opora::application
