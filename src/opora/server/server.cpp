#include "opora/server/server.hpp"

#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <system_error>
#include <thread>

#include "opora/server/core.hpp"

namespace opora::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::ip::tcp;

Shared::Shared(Options chosen, std::vector<Asset> all_assets, api::Application& app,
               std::function<void(const Answered&)> logger)
    : options{std::move(chosen)},
      application{app},
      log{std::move(logger)},
      workers{options.workers != 0 ? options.workers
                                   : 2 * std::max(1u, std::thread::hardware_concurrency())},
      start_stamp{static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() /
                                             std::chrono::milliseconds{1})} {
    for (Asset& asset : all_assets) {
        std::string path = asset.path;
        assets.emplace(std::move(path), std::move(asset));
    }
}

class Server::Core {
public:
    Core(Options options, std::vector<Asset> assets, api::Application& application,
         std::function<void(const Answered&)> log)
        : shared_{std::move(options), std::move(assets), application, std::move(log)},
          acceptor_{shared_.network},
          signals_{shared_.network} {
        listen();
        if (shared_.options.tls) prepare_tls(*shared_.options.tls);
    }

    std::uint16_t port() const { return shared_.port; }

    void run() {
        signals_.add(SIGINT);
        signals_.add(SIGTERM);
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) begin_stop();
        });
        asio::co_spawn(shared_.network, accept(), asio::detached);
        shared_.network.run();
        shared_.workers.join();
    }

    void stop() {
        asio::post(shared_.network, [this] { begin_stop(); });
    }

private:
    void listen() {
        boost::system::error_code error;
        const auto address = asio::ip::make_address(shared_.options.address, error);
        if (error) throw std::system_error{std::make_error_code(std::errc::invalid_argument)};
        const tcp::endpoint endpoint{address, shared_.options.port};
        try {
            acceptor_.open(endpoint.protocol());
            acceptor_.set_option(asio::socket_base::reuse_address{true});
            acceptor_.bind(endpoint);
            acceptor_.listen(1024);
        } catch (const boost::system::system_error& failure) {
            throw std::system_error{failure.code().value(), std::generic_category()};
        }
        shared_.port = acceptor_.local_endpoint().port();
    }

    void prepare_tls(const Tls& tls) {
        context_.set_options(asio::ssl::context::default_workarounds |
                             asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 |
                             asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        try {
            context_.use_certificate_chain_file(tls.certificate.string());
            context_.use_private_key_file(tls.key.string(), asio::ssl::context::pem);
        } catch (const boost::system::system_error&) {
            throw std::system_error{std::make_error_code(std::errc::no_such_file_or_directory)};
        }
    }

    awaitable<void> accept() {
        while (!shared_.stopping) {
            tcp::socket socket{shared_.network};
            boost::system::error_code error;
            co_await acceptor_.async_accept(socket,
                                            asio::redirect_error(asio::use_awaitable, error));
            if (error == asio::error::operation_aborted) break;
            if (error) {  // Out of descriptors: wait for some to be closed.
                asio::steady_timer pause{shared_.network, std::chrono::milliseconds{100}};
                co_await pause.async_wait(asio::use_awaitable);
                continue;
            }
            if (shared_.connections >= shared_.options.connections_max) {
                shared_.metrics.refused("connections");
                continue;
            }
            socket.set_option(tcp::no_delay{true}, error);
            const auto remote = socket.remote_endpoint(error);
            std::string peer = error ? std::string{} : remote.address().to_string();
            asio::co_spawn(shared_.network,
                           connection(beast::tcp_stream{std::move(socket)}, std::move(peer)),
                           asio::detached);
        }
    }

    awaitable<void> connection(beast::tcp_stream stream, std::string peer) {
        if (!shared_.options.tls) {
            co_await serve_connection(std::move(stream), shared_, std::move(peer));
            co_return;
        }
        beast::ssl_stream<beast::tcp_stream> secure{std::move(stream), context_};
        beast::get_lowest_layer(secure).expires_after(shared_.options.header_timeout);
        boost::system::error_code error;
        co_await secure.async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            shared_.metrics.refused("handshake");
            co_return;
        }
        co_await serve_connection(std::move(secure), shared_, std::move(peer));
    }

    /// Takes no new connections, closes the waiting ones, lets running requests end; what has not
    /// ended by the deadline is cut.
    void begin_stop() {
        if (shared_.stopping) {
            shared_.network.stop();
            return;
        }
        shared_.stopping = true;
        acceptor_.close();
        for (beast::tcp_stream* stream : shared_.idle) stream->cancel();
        asio::co_spawn(shared_.network, wait_for_end(), asio::detached);
    }

    awaitable<void> wait_for_end() {
        asio::steady_timer step{shared_.network};
        const auto until = std::chrono::steady_clock::now() + shared_.options.stop_timeout;
        while (shared_.connections > 0 && std::chrono::steady_clock::now() < until) {
            for (beast::tcp_stream* stream : shared_.idle) stream->cancel();
            step.expires_after(std::chrono::milliseconds{20});
            co_await step.async_wait(asio::use_awaitable);
        }
        shared_.network.stop();
    }

    Shared shared_;
    asio::ssl::context context_{asio::ssl::context::tls_server};
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
};

Server::Server(Options options, std::vector<Asset> assets, api::Application& application,
               std::function<void(const Answered&)> log)
    : core_{std::make_unique<Core>(std::move(options), std::move(assets), application,
                                   std::move(log))} {}
Server::~Server() = default;

std::uint16_t Server::port() const { return core_->port(); }
void Server::run() { core_->run(); }
void Server::stop() { core_->stop(); }

}  // namespace opora::server
