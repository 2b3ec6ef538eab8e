#include "opora/server/answers.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <random>

#include "opora/api/problem.hpp"

namespace opora::server {

namespace http = boost::beast::http;

namespace {

/// Where the build leaves room for the nonce in the page.
constexpr std::string_view nonce_place = "__STYLE_NONCE__";

bool from_this_machine(const api::Request& request) {
    return request.peer == "127.0.0.1" || request.peer == "::1";
}

bool compressible(std::string_view content_type) {
    constexpr std::array<std::string_view, 4> types{"application/json", "application/problem+json",
                                                    "text/", "image/svg+xml"};
    for (const std::string_view type : types) {
        if (content_type.starts_with(type)) return true;
    }
    return false;
}

std::optional<std::string> gzip(const std::string& text) {
    z_stream stream{};
    constexpr int window_with_gzip_header = 15 + 16;
    if (deflateInit2(&stream, 5, Z_DEFLATED, window_with_gzip_header, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return std::nullopt;
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    // zlib's interface is not const-correct; the input is not written to.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int status = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END) return std::nullopt;
    return packed;
}

}  // namespace

const Asset* find_asset(const Shared& shared, const api::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return nullptr;
    const auto found = shared.assets.find(request.path);
    if (found != shared.assets.end()) return &found->second;
    const bool a_file = request.path.rfind('.') != std::string::npos &&
                        request.path.rfind('.') > request.path.rfind('/');
    if (a_file || request.path.starts_with("/api") || request.path == "/healthz" ||
        request.path == "/metrics") {
        return nullptr;
    }
    const auto page = shared.assets.find("/");
    return page == shared.assets.end() ? nullptr : &page->second;
}

std::optional<api::Response> own_answer(const Shared& shared, const api::Request& request) {
    if (request.path == "/healthz") {
        return api::Response{.status = shared.stopping ? 503 : 200,
                             .content_type = "text/plain; charset=utf-8",
                             .body = shared.stopping ? "stopping\n" : "ok\n",
                             .route = "/healthz"};
    }
    if (request.path == "/metrics" && from_this_machine(request)) {
        return api::Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                             .body = shared.metrics.text() + shared.application.metrics(),
                             .route = "/metrics"};
    }
    return std::nullopt;
}

api::Response refusal(int status) {
    switch (status) {
        case 413:
            return api::problem("body_too_large", "Файл или данные больше допустимого размера");
        case 421:
            return api::problem("foreign_host",
                                "Откройте программу по адресу, который назвал администратор");
        case 431:
            return api::problem("header_too_large");
        case 501:
            return api::problem("coding_unknown");
        case 507:
            return api::problem(
                "upload_not_stored",
                "На сервере нет места или доступа к папке; обратитесь к администратору");
        case 500:
            return api::problem("failed");
        default:
            return api::problem("request_malformed");
    }
}

api::Response busy() {
    api::Response response = api::problem("overloaded", "Повторите через несколько секунд");
    response.headers.emplace_back("Retry-After", "3");
    return response;
}

int status_of_bad_header(boost::beast::error_code error) {
    if (error == http::error::header_limit) return 431;
    const bool broken =
        error.category() == http::make_error_code(http::error::bad_method).category();
    const bool ended = error == http::error::end_of_stream || error == http::error::partial_message;
    return broken && !ended ? 400 : 0;
}

bool accepts_gzip(const api::Request& request) {
    return api::header(request, "accept-encoding").find("gzip") != std::string_view::npos;
}

api::Response compressed(api::Response response, const api::Request& request) {
    constexpr std::size_t worth_it = 1400;  // What fits one packet travels as fast uncompressed.
    const bool wanted = response.body.size() >= worth_it && accepts_gzip(request) &&
                        compressible(response.content_type);
    if (!wanted) return response;
    if (auto packed = gzip(response.body)) {
        response.body = std::move(*packed);
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.headers.emplace_back("Vary", "Accept-Encoding");
    }
    return response;
}

std::string content_policy(std::string_view nonce) {
    // Charts and other drawn things carry styles as attributes; a style of an element reaches no
    // other element and loads nothing from elsewhere.
    return fmt::format(
        "default-src 'none'; script-src 'self'; style-src 'self'{}; "
        "style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'",
        nonce.empty() ? "" : fmt::format(" 'nonce-{}'", nonce));
}

std::string fresh_nonce() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

std::string with_nonce(std::string_view page, std::string_view nonce) {
    std::string text{page};
    for (auto place = text.find(nonce_place); place != std::string::npos;
         place = text.find(nonce_place, place)) {
        text.replace(place, nonce_place.size(), nonce);
    }
    return text;
}

void add_common_headers(http::fields& headers, const Options& options,
                        std::string_view content_type) {
    const auto text = [](std::string_view value) {
        return boost::beast::string_view{value.data(), value.size()};
    };
    headers.set(http::field::content_type, text(content_type));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    static const std::string policy = content_policy({});
    headers.set("Content-Security-Policy", text(policy));
    if (options.tls) headers.set("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace opora::server
