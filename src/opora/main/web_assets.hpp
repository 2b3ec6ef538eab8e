#pragma once

#include <vector>

#include "opora/server/server.hpp"

namespace opora::main {

/// The pages that were compiled in (tools/bundle_web.mjs tells the form).
std::vector<server::Asset> web_assets();

}  // namespace opora::main
