#pragma once

#include <vector>

#include "opora/api/router.hpp"

namespace opora::api {

std::vector<Route> import_batch_routes();  ///< Files that were sent and wait for a decision.

}  // namespace opora::api
