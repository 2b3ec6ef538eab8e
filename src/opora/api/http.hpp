#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace opora::api {

/// One field of a query or a header, in the order in which it came.
using Field = std::pair<std::string, std::string>;

/// A request as the handlers see it: decoded and bounded; nothing of the wire is left.
struct Request {
    std::string method;  ///< «GET».
    std::string path;    ///< Without the query, percent-decoded, valid UTF-8: «/api/v1/schools».
    std::vector<Field> query;    ///< Percent-decoded.
    std::vector<Field> headers;  ///< Names in small letters.
    std::string body;            ///< Empty where the body went to a file.
    std::filesystem::path
        upload;           ///< The body as a file, removed after the answer; empty otherwise.
    std::string peer;     ///< Address of the other side, for limits of rate.
    bool secure = false;  ///< Came through TLS, or through a proxy that says so.
    std::string id;       ///< Of this request, for logs and problems.
};

/// The first value of a header (small letters), or an empty text.
std::string_view header(const Request& request, std::string_view name);
/// The first value of a field of the query.
std::optional<std::string_view> query(const Request& request, std::string_view name);
/// The value of a cookie.
std::optional<std::string_view> cookie(const Request& request, std::string_view name);

/// A stream of server-sent events: the next event that is ready (`data: …\n\n`), an empty text when
/// there is none yet, std::nullopt at the end. Asked several times a second; must not wait.
using EventSource = std::function<std::optional<std::string>()>;

/// An answer. The body is `body`, or a file that the server streams, or events; never two of them.
struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<Field> headers;
    std::string body;
    std::filesystem::path file;
    bool remove_file = false;  ///< The file was made for this answer alone.
    EventSource events;
    std::string_view
        route;  ///< The pattern that answered, for metrics and logs; never a value from it.
};

/// How a body is taken in, decided from method and path before it is read.
struct BodyPolicy {
    std::uint64_t bytes_max = 0;  ///< 0: no body is expected.
    bool to_file = false;
};

/// What the server asks for every request. Called from several threads at the same time; never
/// throws: a handler that fails is a problem of status 500 with the request's id.
class Application {
public:
    virtual ~Application() = default;
    virtual BodyPolicy body_policy(std::string_view method, std::string_view path) const = 0;
    virtual Response answer(const Request& request) = 0;
    /// Lines of the application's own metrics in Prometheus' text format.
    virtual std::string metrics() const { return {}; }
};

}  // namespace opora::api
