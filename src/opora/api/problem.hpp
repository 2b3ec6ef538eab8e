#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "opora/api/http.hpp"
#include "opora/base/error.hpp"

namespace opora::api {

/// A problem after RFC 9457: status and title are those of the code in the table of problem codes,
/// `detail` is Russian about this one.
Response problem(std::string_view code, std::string_view detail = {});

/// Trouble that a use case refused with; `errors` keeps its own code, place, expected and found.
Response problem(const base::Error& error);
/// All of them in `errors`; the first one gives code, title and status.
Response problem(const base::Errors& errors);
/// The same under a code of the handler's own: what a form says wrong, told part by part.
Response problem(std::string_view code, const base::Errors& errors);

/// Each as `FieldError` of the description: code, message, place, expected, found.
nlohmann::ordered_json errors_json(const base::Errors& errors);

}  // namespace opora::api
