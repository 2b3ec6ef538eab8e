#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <cstdint>

#include "opora/api/http.hpp"
#include "opora/server/server.hpp"

namespace opora::server {

/// 0, or the status with which a request is refused before its body is read.
struct HeadCheck {
    int status = 0;
};

/// Fills method, path, query, headers, peer and `secure` of `request`.
///
/// 400: a target, a header or a missing Host that nobody sends in good faith; 421: a Host that is
/// not this server's (DNS rebinding); 501: a transfer coding other than chunked.
HeadCheck read_head(const boost::beast::http::request<boost::beast::http::empty_body>& head,
                    const Options& options, std::uint16_t port, api::Request& request);

/// Whether a Host header names this server.
bool is_own_host(std::string_view host, const Options& options, std::uint16_t port);

}  // namespace opora::server
