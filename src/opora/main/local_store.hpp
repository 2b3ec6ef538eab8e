#pragma once

#include <filesystem>
#include <memory>

#include "opora/ports/store.hpp"

namespace opora::main {

/// Opens a working directory with the embedded stores: SQLite register, Parquet facts.
std::unique_ptr<ports::Store> open_local_store(const std::filesystem::path& directory,
                                               ports::OpenMode mode);

}  // namespace opora::main
