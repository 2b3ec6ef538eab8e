#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace opora::storage {

/// A zip archive on its way to the disk. Files are read when `write` is called.
class ZipWriter {
public:
    explicit ZipWriter(const std::filesystem::path& path);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void add_text(const std::string& name, std::string text);
    void add_file(const std::string& name, const std::filesystem::path& path);
    /// Throws StorageError; a file that has vanished since it was added: code `vanished`.
    void write();

private:
    void add(const std::string& name, void* source);

    std::filesystem::path path_;
    zip* archive_ = nullptr;
    std::deque<std::string> texts_;  ///< Alive until they are written.
};

/// A zip archive for reading.
class ZipReader {
public:
    /// Throws StorageError: `not_backup` where the file is no whole zip archive.
    explicit ZipReader(const std::filesystem::path& path);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    std::vector<std::string> names() const;
    bool has(const std::string& name) const;
    /// Hands a file over in pieces; throws StorageError (`corrupt`) where it cannot be unpacked.
    void read(const std::string& name,
              const std::function<void(std::span<const std::byte>)>& take) const;

private:
    std::filesystem::path path_;
    zip* archive_ = nullptr;
};

}  // namespace opora::storage
