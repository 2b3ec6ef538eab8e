#include "opora/server/server.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "support/temporary_folder.hpp"

using namespace opora;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

/// Answers with what it was asked, so that tests see what reaches a handler.
class Echo : public api::Application {
public:
    api::BodyPolicy body_policy(std::string_view method, std::string_view path) const override {
        if (method != "POST") return {};
        return {.bytes_max = path == "/api/file" ? 1'000'000u : 1'000u,
                .to_file = path == "/api/file"};
    }
    api::Response answer(const api::Request& request) override {
        ++answered;
        if (request.path == "/api/slow")
            std::this_thread::sleep_for(std::chrono::milliseconds{300});
        if (request.path == "/api/large")
            return {.body = std::string(100'000, 'x'), .route = "/api/large"};
        if (request.path == "/api/events") return three_events();
        if (request.path == "/api/silence")
            return {.events = [] { return std::optional{std::string{}}; }, .route = "/api/silence"};
        std::string body = request.method + " " + request.path;
        for (const auto& [name, value] : request.query) body += " " + name + "=" + value;
        if (!request.upload.empty()) {
            body += " file " + std::to_string(std::filesystem::file_size(request.upload));
        }
        return {.body = body + " " + request.body, .route = "/api/echo"};
    }
    std::atomic<int> answered = 0;

private:
    static api::Response three_events() {
        api::Response response{.route = "/api/events"};
        response.events = [number = 0]() mutable -> std::optional<std::string> {
            if (number == 3) return std::nullopt;
            return "data: " + std::to_string(++number) + "\n\n";
        };
        return response;
    }
};

struct Running {
    explicit Running(server::Options options = {}) {
        options.port = 0;
        options.upload_folder = folder.path();
        server.emplace(options,
                       std::vector<server::Asset>{{.path = "/",
                                                   .content_type = "text/html",
                                                   .bytes = "<html __STYLE_NONCE__>",
                                                   .gzip = {},
                                                   .etag = "\"1\""},
                                                  {.path = "/a-1.js",
                                                   .content_type = "text/javascript",
                                                   .bytes = "let a",
                                                   .gzip = "packed",
                                                   .etag = "\"2\"",
                                                   .immutable = true}},
                       echo, [](const server::Answered&) {});
        thread = std::thread{[this] { server->run(); }};
    }
    ~Running() {
        server->stop();
        if (thread.joinable()) thread.join();
    }

    testing::TemporaryFolder folder;
    Echo echo;
    std::optional<server::Server> server;
    std::thread thread;
};

class Client {
public:
    explicit Client(const Running& running) {
        socket_.connect({asio::ip::make_address("127.0.0.1"), running.server->port()});
        host_ = "127.0.0.1:" + std::to_string(running.server->port());
    }
    http::response<http::string_body> ask(http::request<http::string_body> request) {
        if (request[http::field::host].empty()) request.set(http::field::host, host_);
        request.prepare_payload();
        http::write(socket_, request);
        return read();
    }
    http::response<http::string_body> get(const std::string& target) {
        return ask({http::verb::get, target, 11});
    }
    http::response<http::string_body> raw(const std::string& bytes) {
        beast::error_code ignored;
        asio::write(socket_, asio::buffer(bytes), ignored);
        return read();
    }
    void send(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }
    bool closed() {
        char byte = 0;
        beast::error_code error;
        socket_.read_some(asio::buffer(&byte, 1), error);
        return error == asio::error::eof || error == asio::error::connection_reset;
    }

private:
    http::response<http::string_body> read() {
        http::response<http::string_body> response;
        http::read(socket_, buffer_, response);
        return response;
    }
    asio::io_context context_;
    tcp::socket socket_{context_};
    beast::flat_buffer buffer_;
    std::string host_;
};

}  // namespace

TEST_CASE("a connection is kept: one request after another, decoded") {
    Running running;
    Client client{running};
    CHECK(client.get("/api/a%20b?name=%D0%AF+1&x").body() == "GET /api/a b name=Я 1 x= ");
    CHECK(client.get("/api/second").body() == "GET /api/second ");
    http::request<http::string_body> post{http::verb::post, "/api/x", 11};
    post.body() = "данные";
    CHECK(client.ask(post).body() == "POST /api/x данные");
    CHECK(running.echo.answered == 3);
}

TEST_CASE(
    "pages: cached by tag, compressed where the client takes it, the page itself for its own "
    "addresses") {
    Running running;
    Client client{running};
    const auto page = client.get("/schools/107");
    const std::string nonce{page.body().substr(6, 32)};
    CHECK(page.body() == "<html " + nonce + ">");
    const std::string policy{page["Content-Security-Policy"]};
    CHECK(policy.find("style-src 'self' 'nonce-" + nonce + "';") != std::string::npos);
    CHECK(client.get("/").body() != page.body());  // Good for one answer.
    CHECK(std::string{client.get("/a-1.js")["Content-Security-Policy"]}.find("nonce") ==
          std::string::npos);
    CHECK(client.get("/missing.js").body() == "GET /missing.js ");
    auto script = client.get("/a-1.js");
    CHECK(script.body() == "let a");
    CHECK(script[http::field::cache_control] == "public, max-age=31536000, immutable");
    http::request<http::string_body> packed{http::verb::get, "/a-1.js", 11};
    packed.set(http::field::accept_encoding, "gzip");
    CHECK(client.ask(packed).body() == "packed");
    http::request<http::string_body> again{http::verb::get, "/a-1.js", 11};
    again.set(http::field::if_none_match, "\"2\"");
    CHECK(client.ask(again).result_int() == 304);
    CHECK(running.echo.answered == 1);
}

TEST_CASE("long answers are compressed for those who take it") {
    Running running;
    Client client{running};
    CHECK(client.get("/api/large").body().size() == 100'000);
    http::request<http::string_body> packed{http::verb::get, "/api/large", 11};
    packed.set(http::field::accept_encoding, "gzip, br");
    const auto response = client.ask(packed);
    CHECK(response[http::field::content_encoding] == "gzip");
    CHECK(response.body().size() < 1'000);
}

TEST_CASE("a foreign, missing or double Host reaches no handler") {
    Running running;
    http::request<http::string_body> foreign{http::verb::get, "/api/x", 11};
    foreign.set(http::field::host, "evil.example");
    CHECK(Client{running}.ask(foreign).result_int() == 421);
    CHECK(Client{running}.raw("GET /api/x HTTP/1.1\r\n\r\n").result_int() == 400);
    CHECK(Client{running}
              .raw("GET /api/x HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")
              .result_int() == 400);
    CHECK(running.echo.answered == 0);
}

TEST_CASE("malformed and oversized requests are refused with their status") {
    Running running;
    const std::string host = "Host: localhost\r\n";
    const struct {
        const char* what;
        std::string bytes;
        unsigned status;
    } rows[] = {
        {"no HTTP", "HELO\r\n\r\n", 400},
        {"a climbing path", "GET /api/../secret HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a climbing path, hidden", "GET /api/%2e%2e/secret HTTP/1.1\r\n" + host + "\r\n", 400},
        {"NUL in the path", "GET /api/%00 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"not UTF-8", "GET /api/%FF HTTP/1.1\r\n" + host + "\r\n", 400},
        {"half a percent sequence", "GET /api/%4 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a header of 20 KB",
         "GET /api/x HTTP/1.1\r\n" + host + "X: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
        {"a body that nobody asked for",
         "GET /api/x HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", 413},
        {"a body of 1001 bytes where 1000 are allowed",
         "POST /api/x HTTP/1.1\r\n" + host + "Content-Length: 1001\r\n\r\n", 413},
        {"a body in chunks that grows too large",
         "POST /api/x HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n500\r\n" +
             std::string(0x500, 'x') + "\r\n",
         413},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        Client client{running};
        CHECK(client.raw(row.bytes).result_int() == row.status);
        CHECK(client.closed());
    }
    CHECK(running.echo.answered == 0);
}

TEST_CASE("an upload goes to a file, which is gone after the answer") {
    Running running;
    Client client{running};
    http::request<http::string_body> post{http::verb::post, "/api/file", 11};
    post.body() = std::string(200'000, 'z');
    CHECK(client.ask(post).body() == "POST /api/file file 200000 ");
    CHECK(std::filesystem::is_empty(running.folder.path()));
}

TEST_CASE("an upload that the disk does not take is told as that, and leaves nothing") {
    Running running;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const rlimit small{64 * 1024, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    Client client{running};
    http::request<http::string_body> post{http::verb::post, "/api/file", 11};
    post.body() = std::string(200'000, 'z');
    const auto response = client.ask(post);
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(response.result_int() == 507);
    CHECK(std::filesystem::is_empty(running.folder.path()));
}

TEST_CASE("a slow client loses its connection, and nobody else waits for it") {
    server::Options options;
    options.header_timeout = std::chrono::seconds{1};
    Running running{options};
    Client slow{running};
    slow.send("GET /api/x HTTP/1.1\r\nHost: local");
    CHECK(Client{running}.get("/api/y").result_int() == 200);
    CHECK(slow.closed());
}

TEST_CASE("stopping finishes what runs and takes nothing new") {
    auto running = std::make_unique<Running>();
    Client waiting{*running};
    Client client{*running};
    std::thread stopper{[&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        running->server->stop();
    }};
    CHECK(client.get("/api/slow").body() == "GET /api/slow ");
    CHECK(waiting.closed());
    stopper.join();
    running->thread.join();
}

TEST_CASE("events come one by one, and the stream ends with its source") {
    Running running;
    const auto response = Client{running}.get("/api/events");
    CHECK(response[http::field::content_type] == "text/event-stream; charset=utf-8");
    CHECK(response.body() == "data: 1\n\ndata: 2\n\ndata: 3\n\n");
}

TEST_CASE("streams without events hold no worker, one whose reader is gone stops nobody") {
    server::Options options;
    options.workers = 1;
    Running running{options};
    std::vector<std::unique_ptr<Client>> readers;
    for (int i = 0; i < 20; ++i) {
        readers.push_back(std::make_unique<Client>(running));
        readers.back()->send("GET /api/silence HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    CHECK(Client{running}.get("/api/x").result_int() == 200);
    readers.resize(10);  // Half of them go without a word.
    CHECK(Client{running}.get("/api/y").result_int() == 200);
    const auto began = std::chrono::steady_clock::now();
    running.server->stop();  // Open streams are ended, not waited for.
    running.thread.join();
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{5});
}

TEST_CASE("health and metrics; no path and no address in them") {
    Running running;
    Client client{running};
    CHECK(client.get("/healthz").body() == "ok\n");
    client.get("/api/secret-school?name=x");
    const std::string metrics = client.get("/metrics").body();
    CHECK(metrics.find("opora_requests_total{route=\"/api/echo\",status=\"200\"} 1") !=
          std::string::npos);
    CHECK(metrics.find("secret") == std::string::npos);
}
