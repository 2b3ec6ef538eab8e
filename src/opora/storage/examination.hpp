#pragma once

#include <filesystem>
#include <vector>

#include "opora/ports/maintenance.hpp"
#include "opora/storage/audit_log.hpp"
#include "opora/storage/directory.hpp"

namespace opora::storage {

/// Looks into a data folder and changes nothing: the disk, the register (integrity, references,
/// schema), the journal (every seal), every fact file that an import in force names (its rows
/// against its identity), the tallies (missing ones are no loss), and what killed programs left.
///
/// All checks are made, whatever the others found. Throws StorageError only where the folder is
/// none of ours.
std::vector<ports::Check> examine(const Directory& directory,
                                  const std::filesystem::path& key_file = AuditKey::usual_path());

}  // namespace opora::storage
