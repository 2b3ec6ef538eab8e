#pragma once

#include <span>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/model/scale.hpp"

namespace opora::intake {

/// All files of scales. Two scales of one subject,
/// grade and region whose years overlap are an error, as is a border that does not rise.
base::Result<std::vector<model::Scale>, base::Errors> load_scales(std::span<const TextFile> files,
                                                                  const Subjects& subjects);

/// Scales of the working directory. A shipped scale without years is never applied; whoever copies
/// it says which years it is for, so a scale without years is an error here.
base::Result<std::vector<model::Scale>, base::Errors> load_own_scales(
    std::span<const TextFile> files, const Subjects& subjects);

}  // namespace opora::intake
