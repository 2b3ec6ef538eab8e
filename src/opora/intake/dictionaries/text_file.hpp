#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::intake {

/// A dictionary's text with the name that its errors show. The shipped ones travel inside the
/// program.
struct TextFile {
    std::string name;
    std::string text;
};

base::Result<TextFile> read_text_file(const std::filesystem::path& path);

/// All *.yaml files of a folder in the order of their names; errors for those that cannot be read.
base::Result<std::vector<TextFile>, base::Errors> read_yaml_folder(
    const std::filesystem::path& folder);

}  // namespace opora::intake
