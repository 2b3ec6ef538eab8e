#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "opora/api/http.hpp"
#include "opora/base/result.hpp"

namespace opora::api {

using Json = nlohmann::ordered_json;

Response json_response(const Json& body, int status = 200);

/// Trouble with its place, what was expected and what was found.
Json error_json(const base::Error& error);

/// The body of a request as an object. Errors `body_malformed`; depth and size are bounded.
base::Result<Json> read_object(const Request& request);

/// A text of the object. Error `field_missing` or `field_wrong`, with the field in `place.column`.
base::Result<std::string> text_field(const Json& object, const std::string& name,
                                     std::size_t bytes_max = 1000);

}  // namespace opora::api
