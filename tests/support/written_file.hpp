#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace opora::testing {

/// Writes a file and gives its path.
inline std::filesystem::path written_file(const std::filesystem::path& path,
                                          std::string_view content) {
    std::ofstream file{path, std::ios::binary};
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    return path;
}

inline std::string file_content(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace opora::testing
