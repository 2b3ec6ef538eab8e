#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/source_folder.hpp"

namespace opora::testing {

/// Compares a text with tests/cases/<name>. With OPORA_BLESS=1 in the environment the file is
/// written anew instead, for a person to review the difference.
inline void check_golden(const std::string& name, const std::string& text) {
    const std::filesystem::path path = opora::testing::source_folder() / "tests" / "cases" / name;
    const char* bless = std::getenv("OPORA_BLESS");
    if (bless != nullptr && std::string{bless} == "1") {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << text;
    }
    std::ifstream file{path, std::ios::binary};
    const std::string expected{std::istreambuf_iterator<char>{file}, {}};
    INFO("OPORA_BLESS=1 rewrites " << path.string());
    CHECK(expected == text);
}

}  // namespace opora::testing
