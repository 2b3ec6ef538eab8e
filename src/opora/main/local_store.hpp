#pragma once

#include <filesystem>
#include <memory>

#include "opora/ports/journal.hpp"
#include "opora/ports/store.hpp"

namespace opora::main {

/// Opens a working directory with the embedded stores: SQLite register, Parquet facts.
std::unique_ptr<ports::Store> open_local_store(const std::filesystem::path& directory,
                                               ports::OpenMode mode);

/// The journal of actions of a folder, for reading.
std::unique_ptr<ports::Journal> open_local_journal(const std::filesystem::path& directory);

}  // namespace opora::main
