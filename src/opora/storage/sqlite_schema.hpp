#pragma once

#include <filesystem>

#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// Brings the tables of a register to the newest form, each numbered step in a transaction of its
/// own. A register of a newer program is refused (StorageError `newer`).
///
/// A register that holds data is copied first, beside itself: «opora.sqlite.schema-2» is what the
/// program of schema 2 left.
void migrate(const SqliteConnection& connection, const std::filesystem::path& file);

/// Refuses (`newer`) the register of a newer program; an older one is known.
void expect_known_schema(const SqliteConnection& connection);

/// Refuses (`newer`, or `outdated` where nothing may be written) a register that this program
/// cannot read as it is.
void expect_current_schema(const SqliteConnection& connection);

}  // namespace opora::storage
