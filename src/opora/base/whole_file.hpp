#pragma once

#include <filesystem>
#include <string_view>

#include "opora/base/result.hpp"

namespace opora::base {

/// Writes a file that appears whole or not at all: under a temporary name beside it, then renamed.
/// Error `out_not_written` when the disk refuses.
Result<Done> write_whole_file(const std::filesystem::path& path, std::string_view bytes);

/// The name under which a file is written until it is whole.
std::filesystem::path unfinished(const std::filesystem::path& path);

/// The error of a file that could not be written.
Error not_written(const std::filesystem::path& path);

}  // namespace opora::base
