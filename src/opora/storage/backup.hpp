#pragma once

#include <filesystem>
#include <string_view>

#include "opora/ports/maintenance.hpp"
#include "opora/storage/directory.hpp"

namespace opora::storage {

/// Writes a data folder into one zip file, whole or not at all, for the eyes of its owner alone.
///
/// Others may read and write meanwhile: the register is copied at one moment (VACUUM INTO), and
/// fact files never change. What follows from the facts (tallies), files on their way (tmp) and
/// the lock stay out. The first entry, backup.json, names every file with its size and SHA-256.
/// The key of the journal lies outside the folder and is not in the copy.
///
/// Throws StorageError (`exists` where the file is there already).
ports::BackupContents back_up(const Directory& directory, const std::filesystem::path& file,
                              std::string_view program_version);

/// Makes a data folder of a backup. The folder may not exist, or must be empty; it appears whole
/// when every file of the list has its size and SHA-256 and the register is sound, or not at all.
///
/// Throws StorageError: `not_empty`, `not_backup`, `corrupt`, `newer`, or as the disk says.
ports::BackupContents restore(const std::filesystem::path& file,
                              const std::filesystem::path& folder);

}  // namespace opora::storage
