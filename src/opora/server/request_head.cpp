#include "opora/server/request_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/base/utf8.hpp"
#include "opora/server/target.hpp"

namespace opora::server {

namespace http = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::string lower(std::string_view text) {
    std::string small{text};
    for (char& symbol : small) {
        if ('A' <= symbol && symbol <= 'Z') symbol = static_cast<char>(symbol - 'A' + 'a');
    }
    return small;
}

/// The last address that the proxy itself added; those before it are the client's word.
std::string_view last_of_list(std::string_view list) {
    const auto comma = list.rfind(',');
    std::string_view last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    return last;
}

}  // namespace

bool is_own_host(std::string_view host, const Options& options, std::uint16_t port) {
    const std::string given = lower(host);
    std::vector<std::string> names{"localhost", "127.0.0.1", "[::1]", lower(options.address)};
    for (const std::string& name : options.hosts) names.push_back(lower(name));
    return std::ranges::any_of(names, [&](const std::string& name) {
        return given == name || given == fmt::format("{}:{}", name, port) ||
               (options.behind_proxy && given.starts_with(name + ":"));
    });
}

HeadCheck read_head(const http::request<http::empty_body>& head, const Options& options,
                    std::uint16_t port, api::Request& request) {
    request.method = std::string{view(head.method_string())};
    auto target = parse_target(view(head.target()));
    if (!target) return {400};
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    for (const auto& field : head) {
        const std::string_view value = view(field.value());
        if (base::valid_utf8_prefix(value) != value.size()) return {400};
        request.headers.emplace_back(lower(view(field.name_string())), std::string{value});
    }
    const auto hosts = std::ranges::count(request.headers, "host", &api::Field::first);
    if (hosts != 1) return {400};
    if (!is_own_host(api::header(request, "host"), options, port)) return {421};
    const std::string coding = lower(api::header(request, "transfer-encoding"));
    if (!coding.empty() && coding != "chunked") return {501};
    request.secure = options.tls.has_value();
    if (options.behind_proxy) {
        const auto forwarded = last_of_list(api::header(request, "x-forwarded-for"));
        if (!forwarded.empty()) request.peer = std::string{forwarded};
        request.secure = api::header(request, "x-forwarded-proto") == "https";
    }
    return {};
}

}  // namespace opora::server
