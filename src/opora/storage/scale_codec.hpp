#pragma once

#include <vector>

#include "opora/model/scale.hpp"
#include "opora/storage/json_codes.hpp"

namespace opora::storage {

/// Official borders of marks as a list keeps them: fields that are not set are left out.
Json encode_scales(const std::vector<model::Scale>& scales);
/// Reads what encode_scales wrote; throws nlohmann's exceptions, to be called within read_json.
std::vector<model::Scale> decode_scales(const Json& json);

}  // namespace opora::storage
