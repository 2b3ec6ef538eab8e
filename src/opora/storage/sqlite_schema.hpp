#pragma once

#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// Brings the tables of a register to the newest form, each numbered step in a transaction of its
/// own. A register of a newer program is refused (StorageError `newer`).
void migrate(const SqliteConnection& connection);

/// Refuses (`newer`, or `outdated` where nothing may be written) a register that this program
/// cannot read as it is.
void expect_current_schema(const SqliteConnection& connection);

}  // namespace opora::storage
