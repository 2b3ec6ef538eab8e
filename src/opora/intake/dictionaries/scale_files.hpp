#pragma once

#include <filesystem>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/model/scale.hpp"

namespace opora::intake {

/// All *.yaml files of a folder of scales, in the order of their names. Two scales of one subject,
/// grade and region whose years overlap are an error, as is a border that does not rise.
base::Result<std::vector<model::Scale>, base::Errors> load_scales(
    const std::filesystem::path& folder, const Subjects& subjects);

}  // namespace opora::intake
