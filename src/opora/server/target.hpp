#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/api/http.hpp"

namespace opora::server {

/// What the request line asks for, decoded.
struct Target {
    std::string path;
    std::vector<api::Field> query;
};

/// Decodes the target of a request in origin form. std::nullopt for anything else: an absolute
/// form, a bad percent sequence, bytes that are not UTF-8, a NUL or another control character, a
/// segment «.» or «..», more than 64 query fields.
std::optional<Target> parse_target(std::string_view target);

}  // namespace opora::server
