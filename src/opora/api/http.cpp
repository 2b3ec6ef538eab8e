#include "opora/api/http.hpp"

#include <algorithm>

namespace opora::api {

std::string_view header(const Request& request, std::string_view name) {
    const auto found = std::ranges::find(request.headers, name, &Field::first);
    return found == request.headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<std::string_view> query(const Request& request, std::string_view name) {
    const auto found = std::ranges::find(request.query, name, &Field::first);
    if (found == request.query.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
    std::string_view rest = header(request, "cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
            return pair.substr(name.size() + 1);
        }
    }
    return std::nullopt;
}

}  // namespace opora::api
