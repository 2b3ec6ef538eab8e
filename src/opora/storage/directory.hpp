#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace opora::storage {

/// The data folder (DIR of the command line) as it lies on the disk:
///
///   opora.format     the number of this layout
///   opora.sqlite     the register (sqlite_register.hpp)
///   facts/           immutable fact files by identity (parquet_fact_store.hpp)
///   tallies/         derived from the facts, may be deleted
///   reports/         files that the program makes for people
///   attachments/     files that people hand in, by hash (sqlite_lists.hpp); made with the first
///   answers/         what posts were answered, sealed (answer_folder.hpp); made by the server
///   waiting/         files that were sent and wait for a decision; made by the server
///   tmp/             files on their way to their place
///   lock             held by the one program that writes
///
/// Throws StorageError: `not_found` for a folder that is none of ours, `newer` for one of a newer
/// program, else as the disk says.
class Directory {
public:
    /// Makes the folder, or completes one whose making was cut short. An own folder that is there
    /// already is opened, and what it lacks of its subfolders is made; a folder with foreign files
    /// is refused (`not_empty`).
    static Directory create(const std::filesystem::path& root);
    static Directory open(const std::filesystem::path& root);

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path register_file() const { return root_ / "opora.sqlite"; }
    std::filesystem::path facts() const { return root_ / "facts"; }
    std::filesystem::path tallies() const { return root_ / "tallies"; }
    std::filesystem::path reports() const { return root_ / "reports"; }
    std::filesystem::path attachments() const { return root_ / "attachments"; }
    std::filesystem::path answers() const { return root_ / "answers"; }
    std::filesystem::path waiting() const { return root_ / "waiting"; }
    std::filesystem::path temporary() const { return root_ / "tmp"; }

    /// Refuses (`disk_full`) when the disk has less than `bytes` free.
    void expect_free_space(std::int64_t bytes) const;

private:
    explicit Directory(std::filesystem::path root) : root_{std::move(root)} {}

    std::filesystem::path root_;
};

/// The right to write to a data folder: one program at a time has it, until it ends or is killed.
///
/// Taking it removes what killed programs left in tmp/. Throws StorageError `busy` at once when
/// another program has it.
class WriterLock {
public:
    explicit WriterLock(const Directory& directory);
    ~WriterLock();
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&&) = delete;

private:
    int file_;
};

}  // namespace opora::storage
