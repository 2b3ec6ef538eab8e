#pragma once

#include <boost/beast/core/error.hpp>
#include <boost/beast/http/fields.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "opora/api/http.hpp"
#include "opora/server/core.hpp"

namespace opora::server {

/// The asset that answers a GET or HEAD; every address outside /api that is no file is the page
/// itself, which knows its own addresses. nullptr: not an asset's business.
const Asset* find_asset(const Shared& shared, const api::Request& request);

/// `/healthz`, and `/metrics` for callers on this machine.
std::optional<api::Response> own_answer(const Shared& shared, const api::Request& request);

/// The answer to a request that reached no handler: 400, 413, 421, 431, 500, 501, 507.
api::Response refusal(int status);
/// 503, with the time after which to try again.
api::Response busy();

/// 0: nobody is left to be answered.
int status_of_bad_header(boost::beast::error_code error);

bool accepts_gzip(const api::Request& request);
/// The answer with its body compressed where the client takes it and it is worth it.
api::Response compressed(api::Response response, const api::Request& request);

/// What a page may load and run: scripts and styles of the server's own, and styles that the page
/// makes itself under the nonce.
std::string content_policy(std::string_view nonce);
/// 128 random bits that are good for one answer.
std::string fresh_nonce();
/// The page with the nonce where the build left room for it.
std::string with_nonce(std::string_view page, std::string_view nonce);

/// What every answer carries: type, nosniff, no framing, no referrer, the content security policy.
void add_common_headers(boost::beast::http::fields& headers, const Options& options,
                        std::string_view content_type);

}  // namespace opora::server
