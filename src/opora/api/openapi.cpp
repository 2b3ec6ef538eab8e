#include "opora/api/openapi.hpp"

extern "C" {
extern const char opora_openapi[];
extern const char opora_openapi_end[];
}

namespace opora::api {

std::string_view openapi_text() {
    return {opora_openapi, static_cast<std::size_t>(opora_openapi_end - opora_openapi)};
}

}  // namespace opora::api
