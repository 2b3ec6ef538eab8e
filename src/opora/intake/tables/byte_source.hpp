#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "opora/base/result.hpp"

namespace opora::intake {

/// Fills as much of the span as there is; fewer bytes than asked mean the end, which a further call
/// repeats.
using ByteSource = std::function<base::Result<std::size_t>(std::span<char>)>;

}  // namespace opora::intake
