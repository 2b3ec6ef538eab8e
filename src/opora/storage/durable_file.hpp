#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "opora/ports/storage_error.hpp"

namespace opora::storage {

/// The StorageError of an `errno`: `disk_full`, `read_only`, `bad_path` (the path leads nowhere or
/// through a file) or `io`, with the path that it met.
ports::StorageError system_error(int error, const std::filesystem::path& path);

/// A file in `folder` that only this process writes: «<name>.<process>.tmp». It is removed unless
/// it is moved to its place, so that a refusal leaves nothing; what a killed process leaves,
/// `sweep_temporary` removes.
class TemporaryFile {
public:
    TemporaryFile(const std::filesystem::path& folder, std::string_view name);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::filesystem::path& path() const { return path_; }

    /// Makes the content durable, then the file appears at `target` whole or not at all. Throws
    /// StorageError.
    void move_to(const std::filesystem::path& target);

private:
    std::filesystem::path path_;
};

/// Removes what processes that are no more left in `folder`.
void sweep_temporary(const std::filesystem::path& folder);

/// Makes the content of a file durable.
void sync_file(const std::filesystem::path& path);

/// Writes the names in a folder to the disk; the empty path, the parent of a bare name, is the
/// current folder.
void sync_folder(const std::filesystem::path& folder);

}  // namespace opora::storage
