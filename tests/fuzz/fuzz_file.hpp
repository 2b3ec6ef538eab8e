#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "support/written_file.hpp"

namespace opora::testing {

/// The input as a file in memory, the same name again and again for one process.
inline std::filesystem::path fuzz_file(std::string_view content, std::string_view extension) {
    const std::filesystem::path memory{"/dev/shm"};
    const auto folder =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    const std::string name = "opora-fuzz-" + std::to_string(::getpid()) + std::string{extension};
    return written_file(folder / name, content);
}

inline std::string_view fuzz_text(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace opora::testing
