#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/api/http.hpp"

namespace opora::server {

/// A file of the pages, compiled in. Its address holds a hash of its content, so that a browser may
/// keep it for ever; the page itself does not.
struct Asset {
    std::string path;  ///< «/assets/index-4f1c.js».
    std::string content_type;
    std::string_view bytes;
    std::string_view gzip;  ///< The same bytes compressed; empty where that is not worth it.
    std::string etag;
    bool immutable = false;
};

/// Certificate and key of the server.
struct Tls {
    std::filesystem::path certificate;  ///< PEM, the chain included.
    std::filesystem::path key;          ///< PEM.
};

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: any free one.
    std::optional<Tls> tls;
    bool behind_proxy = false;       ///< X-Forwarded-For and -Proto of the proxy are believed.
    std::vector<std::string> hosts;  ///< Names that Host may hold, beside the address itself.
    unsigned workers = 0;            ///< Threads of handlers; 0: twice as many as cores.
    std::size_t connections_max = 4096;
    std::size_t waiting_max = 512;  ///< Requests that wait for a worker; more are refused (503).
    std::uint32_t header_bytes_max = 16 * 1024;
    std::chrono::seconds header_timeout{
        10};  ///< From the first byte of a request to the end of its header.
    std::chrono::seconds idle_timeout{75};    ///< Of a connection between requests.
    std::chrono::seconds body_pause_max{10};  ///< Without a byte of a body.
    std::uint64_t body_rate_min =
        8 * 1024;  ///< Bytes a second over the whole body, after ten seconds.
    std::chrono::seconds write_timeout{30};  ///< For a step of an answer.
    std::chrono::seconds stop_timeout{30};   ///< For running requests to end.
    std::filesystem::path upload_folder;     ///< Bodies that go to files; must exist.
};

/// One request that was answered, for the log. Holds no personal data: the pattern of the route,
/// not the path; no address, no user.
struct Answered {
    std::string id;
    std::string method;
    std::string route;
    int status = 0;
    std::chrono::microseconds took{0};
    std::uint64_t bytes = 0;
};

/// An HTTP/1.1 server with one thread for the network and several for handlers: a slow client holds
/// a connection, never a thread.
///
/// Serves assets itself, `/healthz` and `/metrics` (loopback only), and everything else through the
/// application. Throws std::system_error when the address cannot be listened on.
class Server {
public:
    Server(Options options, std::vector<Asset> assets, api::Application& application,
           std::function<void(const Answered&)> log);
    ~Server();

    std::uint16_t port() const;
    /// Serves until `stop` or a signal (SIGINT, SIGTERM); then answers what it has begun.
    void run();
    /// From any thread.
    void stop();

private:
    class Core;
    std::unique_ptr<Core> core_;
};

}  // namespace opora::server
