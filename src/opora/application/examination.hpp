#pragma once

#include <filesystem>
#include <vector>

#include "opora/application/adapters.hpp"

namespace opora::application {

/// Looks into a working directory: what the stores say, and whether what the office wrote itself
/// (scales, factors and questionnaires) can be read and every list can be made. Changes nothing.
/// Throws StorageError where the folder is none of the program's.
std::vector<ports::Check> examine(const Adapters& adapters, const std::filesystem::path& directory);

}  // namespace opora::application
