#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "opora/base/result.hpp"

namespace opora::intake {

/// A file read at any place by several threads. Read, not mapped: a file that shrinks meanwhile
/// must not end the process.
class BulkFile {
public:
    /// `file_unreadable`.
    static base::Result<BulkFile> open(const std::filesystem::path& path);

    BulkFile(BulkFile&& other) noexcept;
    BulkFile& operator=(BulkFile&& other) noexcept;
    ~BulkFile();

    std::int64_t bytes() const { return bytes_; }

    /// Fills the span from the place on; fewer bytes only at the end of the file.
    base::Result<std::size_t> read(std::int64_t from, std::span<char> into) const;

private:
    BulkFile(int descriptor, std::int64_t bytes) : descriptor_{descriptor}, bytes_{bytes} {}

    int descriptor_;
    std::int64_t bytes_;
};

}  // namespace opora::intake
