#pragma once

#include <string_view>

namespace opora::api {

/// The description of all addresses after OpenAPI 3.1, JSON; joined by the build from
/// src/opora/api/openapi/*.yaml.
std::string_view openapi_text();

}  // namespace opora::api
