#include <fmt/format.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <limits>
#include <utility>  // asio of Boost 1.74 uses std::exchange without including it.

#include "opora/api/problem.hpp"
#include "opora/server/answers.hpp"
#include "opora/server/core.hpp"
#include "opora/server/request_head.hpp"

namespace opora::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using asio::awaitable;
using beast::error_code;

namespace {

constexpr std::size_t read_step = 16 * 1024;

asio::redirect_error_t<asio::use_awaitable_t<>> caught(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

/// One connection: reads a request, has it answered, writes the answer, again and again.
template <class Stream>
class Connection {
public:
    Connection(Stream stream, Shared& shared, std::string peer)
        : stream_{std::move(stream)}, shared_{shared}, peer_{std::move(peer)} {}

    awaitable<void> serve() {
        bool more = true;
        while (more) more = co_await exchange();
        error_code ignored;
        beast::get_lowest_layer(stream_).socket().shutdown(asio::socket_base::shutdown_send,
                                                           ignored);
    }

private:
    using Clock = std::chrono::steady_clock;

    beast::tcp_stream& tcp() { return beast::get_lowest_layer(stream_); }
    void allow(std::chrono::steady_clock::duration time) { tcp().expires_after(time); }

    /// One request and its answer; false when the connection is to be closed.
    awaitable<bool> exchange() {
        const bool comes = co_await first_byte();
        if (!comes) co_return false;
        began_ = Clock::now();
        allow(shared_.options.header_timeout);
        http::request_parser<http::empty_body> parser;
        parser.header_limit(shared_.options.header_bytes_max);
        // The limit of the body is known when the header is; none at all is a limit of zero in
        // Boost 1.74.
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        error_code error;
        co_await http::async_read_header(stream_, buffer_, parser, caught(error));
        if (error) {
            const int status = status_of_bad_header(error);
            if (status != 0) co_await refuse(status);
            co_return false;
        }
        request_ = api::Request{.peer = peer_, .id = next_id()};
        const HeadCheck check = read_head(parser.get(), shared_.options, shared_.port, request_);
        keep_alive_ = parser.get().keep_alive() && !shared_.stopping;
        head_only_ = request_.method == "HEAD";
        if (check.status != 0) {
            co_await refuse(check.status);
            co_return false;
        }
        const bool read = co_await read_body(parser);
        if (!read) co_return false;
        co_return co_await respond();
    }

    /// Waits between requests; a connection that waits may be closed at any time.
    awaitable<bool> first_byte() {
        if (buffer_.size() > 0) co_return true;
        if (shared_.stopping) co_return false;
        allow(shared_.options.idle_timeout);
        shared_.idle.insert(&tcp());
        error_code error;
        const std::size_t count =
            co_await stream_.async_read_some(buffer_.prepare(read_step), caught(error));
        shared_.idle.erase(&tcp());
        if (error) co_return false;
        buffer_.commit(count);
        co_return true;
    }

    std::string next_id() {
        return fmt::format("{:x}-{:x}", shared_.start_stamp, ++shared_.next_request);
    }

    awaitable<bool> read_body(http::request_parser<http::empty_body>& head) {
        const bool has_body = head.chunked() || head.content_length().value_or(0) > 0;
        if (!has_body) co_return true;
        const api::BodyPolicy policy =
            shared_.application.body_policy(request_.method, request_.path);
        if (head.content_length().value_or(0) > policy.bytes_max || policy.bytes_max == 0) {
            co_await refuse(413);
            co_return false;
        }
        if (beast::iequals(head.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> go_on{http::status::continue_, 11};
            co_await http::async_write(stream_, go_on, asio::use_awaitable);
        }
        if (!policy.to_file) {
            http::request_parser<http::string_body> parser{std::move(head)};
            const bool whole = co_await read_whole(parser, policy.bytes_max);
            request_.body = std::move(parser.get().body());
            co_return whole;
        }
        http::request_parser<http::file_body> parser{std::move(head)};
        request_.upload = shared_.options.upload_folder / (request_.id + ".upload");
        error_code error;
        parser.get().body().open(request_.upload.c_str(), beast::file_mode::write, error);
        if (error) {
            co_await refuse(507);
            co_return false;
        }
        const bool whole = co_await read_whole(parser, policy.bytes_max);
        parser.get().body().close();
        if (!whole) forget_upload();
        co_return whole;
    }

    template <class Body>
    awaitable<bool> read_whole(http::request_parser<Body>& parser, std::uint64_t bytes_max) {
        parser.body_limit(bytes_max);
        const auto began = Clock::now();
        std::uint64_t received = 0;
        while (!parser.is_done()) {
            allow(shared_.options.body_pause_max);
            error_code error;
            received += co_await http::async_read_some(stream_, buffer_, parser, caught(error));
            if (error == http::error::body_limit) co_await refuse(413);
            if (no_room(error)) {
                forget_upload();
                co_await refuse(507);
            }
            if (error) co_return false;
            if (too_slow(received, Clock::now() - began)) co_return false;
        }
        co_return true;
    }

    /// The disk is full, or the file would grow beyond its limit.
    static bool no_room(const error_code& error) {
        return error == boost::system::errc::no_space_on_device ||
               error == boost::system::errc::file_too_large;
    }

    bool too_slow(std::uint64_t received, Clock::duration took) const {
        const auto seconds = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::seconds>(took).count());
        return seconds > 10 && received < (seconds - 10) * shared_.options.body_rate_min;
    }

    awaitable<bool> respond() {
        const Asset* asset = find_asset(shared_, request_);
        if (asset != nullptr) {
            if (asset->path == "/") {
                co_await send_page(*asset);
            } else {
                co_await send_asset(*asset);
            }
            co_return keep_alive_;
        }
        if (shared_.running >= shared_.options.waiting_max) {
            shared_.metrics.refused("busy");
            forget_upload();
            co_await send(busy());
            co_return keep_alive_;
        }
        api::Response response = own_answer(shared_, request_).value_or(api::Response{.status = 0});
        if (response.status == 0) {
            // The request outlives the work: this coroutine waits for it.
            response = co_await shared_.on_worker(
                [this] { return compressed(shared_.application.answer(request_), request_); });
        }
        forget_upload();
        if (response.events) {
            co_await send_events(std::move(response));
            co_return false;
        }
        if (!response.file.empty()) {
            co_await send_file(response);
        } else {
            co_await send(std::move(response));
        }
        co_return keep_alive_;
    }

    void forget_upload() {
        if (request_.upload.empty()) return;
        std::error_code ignored;
        std::filesystem::remove(request_.upload, ignored);
        request_.upload.clear();
    }

    /// An answer of the server's own to a request that reached no handler; the connection ends with
    /// it.
    awaitable<void> refuse(int status) {
        shared_.metrics.refused(fmt::format("{}", status));
        keep_alive_ = false;
        co_await send(refusal(status));
        co_await drain();
    }

    /// Reads what is still coming, for a moment: a closed socket with unread bytes would tear the
    /// answer away from the client.
    awaitable<void> drain() {
        error_code error;
        tcp().socket().shutdown(asio::socket_base::shutdown_send, error);
        allow(std::chrono::seconds{1});
        std::size_t left = 1024 * 1024;
        while (!error && left > 0) {
            buffer_.clear();
            const std::size_t count =
                co_await tcp().async_read_some(buffer_.prepare(read_step), caught(error));
            left -= std::min(left, count);
        }
    }

    template <class Body>
    http::response<Body> message_of(int status, std::string_view content_type) {
        http::response<Body> message{static_cast<http::status>(status), 11};
        message.keep_alive(keep_alive_);
        add_common_headers(message, shared_.options, content_type);
        message.set("X-Request-Id", request_.id);
        return message;
    }

    awaitable<void> send(api::Response response) {
        auto message = message_of<http::string_body>(response.status, response.content_type);
        for (const auto& [name, value] : response.headers) message.insert(name, value);
        const std::size_t size = response.body.size();
        message.content_length(size);
        if (!head_only_) message.body() = std::move(response.body);
        co_await write(message, response.route, size);
    }

    /// The page, with a nonce of its own: so it has no ETag and is asked for anew every time.
    awaitable<void> send_page(const Asset& page) {
        const std::string nonce = fresh_nonce();
        auto message = message_of<http::string_body>(200, page.content_type);
        message.set("Content-Security-Policy", content_policy(nonce));
        message.set(http::field::cache_control, "no-cache");
        std::string text = with_nonce(page.bytes, nonce);
        const std::size_t size = text.size();
        message.content_length(size);
        if (!head_only_) message.body() = std::move(text);
        co_await write(message, "asset", size);
    }

    awaitable<void> send_asset(const Asset& asset) {
        const bool unchanged = api::header(request_, "if-none-match") == asset.etag;
        auto message =
            message_of<http::span_body<const char>>(unchanged ? 304 : 200, asset.content_type);
        message.set(http::field::etag, asset.etag);
        message.set(http::field::cache_control,
                    asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
        std::string_view bytes = unchanged ? std::string_view{} : asset.bytes;
        if (!asset.gzip.empty()) {
            message.set(http::field::vary, "Accept-Encoding");
            if (!unchanged && accepts_gzip(request_)) {
                message.set(http::field::content_encoding, "gzip");
                bytes = asset.gzip;
            }
        }
        if (!unchanged) message.content_length(bytes.size());
        if (!head_only_) message.body() = beast::span<const char>{bytes.data(), bytes.size()};
        co_await write(message, "asset", bytes.size());
    }

    awaitable<void> send_file(const api::Response& response) {
        auto message = message_of<http::file_body>(response.status, response.content_type);
        for (const auto& [name, value] : response.headers) message.insert(name, value);
        error_code error;
        message.body().open(response.file.c_str(), beast::file_mode::scan, error);
        if (error) {
            co_await send(refusal(500));
            co_return;
        }
        if (response.remove_file) {
            std::error_code ignored;
            std::filesystem::remove(response.file, ignored);  // The open file stays readable.
        }
        const std::uint64_t size = message.body().size();
        message.prepare_payload();
        co_await write(message, response.route, size);
    }

    /// Writes step by step: a client that reads slowly but steadily is served, one that stopped is
    /// not.
    template <class Body>
    awaitable<void> write(http::response<Body>& message, std::string_view route,
                          std::uint64_t size) {
        http::response_serializer<Body> serializer{message};
        if (head_only_) serializer.split(true);
        error_code error;
        while (!error && !(head_only_ ? serializer.is_header_done() : serializer.is_done())) {
            allow(shared_.options.write_timeout);
            if (head_only_) {
                co_await http::async_write_header(stream_, serializer, caught(error));
            } else {
                co_await http::async_write_some(stream_, serializer, caught(error));
            }
        }
        if (error) keep_alive_ = false;
        tell(message.result_int(), route, size);
    }

    awaitable<void> send_events(api::Response response) {
        auto message =
            message_of<http::empty_body>(response.status, "text/event-stream; charset=utf-8");
        message.set(http::field::cache_control, "no-store");
        message.chunked(true);
        message.keep_alive(false);
        http::response_serializer<http::empty_body> serializer{message};
        error_code error;
        allow(shared_.options.write_timeout);
        co_await http::async_write_header(stream_, serializer, caught(error));
        asio::steady_timer timer{shared_.network};
        int quiet = 0;
        while (!error && !shared_.stopping) {
            std::optional<std::string> event = response.events();
            if (!event) break;
            quiet = event->empty() ? quiet + 1 : 0;
            if (quiet == 60) {  // A comment every 15 seconds keeps proxies from closing the stream.
                event = ":\n\n";
                quiet = 0;
            }
            if (!event->empty()) {
                allow(shared_.options.write_timeout);
                co_await asio::async_write(stream_, http::make_chunk(asio::buffer(*event)),
                                           caught(error));
                continue;
            }
            timer.expires_after(std::chrono::milliseconds{250});
            co_await timer.async_wait(asio::use_awaitable);
        }
        if (!error) co_await asio::async_write(stream_, http::make_chunk_last(), caught(error));
        tell(static_cast<unsigned>(response.status), response.route, 0);
    }

    void tell(unsigned status, std::string_view route, std::uint64_t size) {
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_);
        const std::string_view shown = route.empty() ? std::string_view{"none"} : route;
        shared_.metrics.answered(shown, static_cast<int>(status), took);
        if (!shared_.log) return;
        shared_.log({.id = request_.id,
                     .method = request_.method,
                     .route = std::string{shown},
                     .status = static_cast<int>(status),
                     .took = took,
                     .bytes = size});
    }

    Stream stream_;
    Shared& shared_;
    std::string peer_;
    beast::flat_buffer buffer_;
    api::Request request_;
    Clock::time_point began_;
    bool keep_alive_ = false;
    bool head_only_ = false;
};

}  // namespace

template <class Stream>
awaitable<void> serve_connection(Stream stream, Shared& shared, std::string peer) {
    ++shared.connections;
    shared.metrics.connection_opened();
    try {
        Connection<Stream> connection{std::move(stream), shared, std::move(peer)};
        co_await connection.serve();
    } catch (const boost::system::system_error&) {
        // The other side went away in the middle of an answer: nobody is left to tell.
        shared.metrics.refused("gone");
    }
    --shared.connections;
    shared.metrics.connection_closed();
}

template awaitable<void> serve_connection(beast::tcp_stream, Shared&, std::string);
template awaitable<void> serve_connection(beast::ssl_stream<beast::tcp_stream>, Shared&,
                                          std::string);

}  // namespace opora::server
