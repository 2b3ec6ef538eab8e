#pragma once

#include <string>

#include "opora/application/adapters.hpp"

namespace opora::main {

/// `opora generate`: writes a synthetic territory, telling its progress on stderr.
base::Result<std::string> generate_territory(const application::GenerateRequest& request);

}  // namespace opora::main
