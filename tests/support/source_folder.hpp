#pragma once

#include <filesystem>

namespace opora::testing {

/// The root of the sources, where tests find packs, documents and golden files.
const std::filesystem::path& source_folder();

}  // namespace opora::testing
