#pragma once

#include <string_view>

#include "opora/api/http.hpp"
#include "opora/base/error.hpp"

namespace opora::api {

/// A problem after RFC 9457. `code` is stable English snake_case (the tail of `type`), `title`
/// Russian and the same for every problem of the code, `detail` Russian about this one.
Response problem(int status, std::string_view code, std::string_view title,
                 std::string_view detail = {});

/// Trouble that a use case refused with: 404 for what was not found, 403 for what is not allowed,
/// 409 for conflicts, else 422.
Response problem(const base::Error& error);
/// All of them in `errors`; the first one gives title and status.
Response problem(const base::Errors& errors);

}  // namespace opora::api
