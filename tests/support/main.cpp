#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "support/source_folder.hpp"

const std::filesystem::path& opora::testing::source_folder() {
    static const std::filesystem::path folder{OPORA_SOURCE_DIR};
    return folder;
}
