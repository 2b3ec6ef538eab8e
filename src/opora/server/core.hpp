#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>  // asio of Boost 1.74 uses std::exchange without including it.
#include <vector>

#include "opora/server/metrics.hpp"
#include "opora/server/server.hpp"

namespace opora::server {

/// What all connections of a server share. Everything but the pool is touched by the network thread
/// alone.
struct Shared {
    Options options;
    std::map<std::string, Asset, std::less<>> assets;
    api::Application& application;
    std::function<void(const Answered&)> log;
    Metrics metrics;
    boost::asio::io_context network{1};
    boost::asio::thread_pool workers;
    std::uint16_t port = 0;
    std::size_t connections = 0;
    std::size_t running = 0;  ///< Requests that handlers work on or wait for.
    bool stopping = false;
    std::set<boost::beast::tcp_stream*> idle;  ///< Connections between requests.
    std::uint64_t next_request = 0;
    std::uint64_t start_stamp = 0;  ///< Makes request ids of two runs differ.

    Shared(Options chosen, std::vector<Asset> all_assets, api::Application& app,
           std::function<void(const Answered&)> logger);

    /// Runs work on a worker; the coroutine goes on in the network thread.
    template <class Work>
    boost::asio::awaitable<std::invoke_result_t<Work>> on_worker(Work work) {
        ++running;
        auto result = co_await boost::asio::co_spawn(
            workers,
            [work = std::move(work)]() -> boost::asio::awaitable<std::invoke_result_t<Work>> {
                co_return work();
            },
            boost::asio::use_awaitable);
        --running;
        co_return result;
    }
};

/// Serves one connection until it ends. Stream is a tcp_stream, or TLS over one after its
/// handshake.
template <class Stream>
boost::asio::awaitable<void> serve_connection(Stream stream, Shared& shared, std::string peer);

}  // namespace opora::server
