#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace opora::base {

/// Calls `body(begin, end)` for parts that together are [0, count), on as many threads as the
/// machine has (or as `threads` says) and the work is worth: none beside the calling one for fewer
/// than `worth_a_thread` items.
///
/// The parts are the same for the same arguments. What a body throws reaches the caller after all
/// have ended.
template <class Body>
void in_parallel(std::size_t count, std::size_t worth_a_thread, Body body, unsigned threads = 0) {
    const std::size_t wanted = threads == 0 ? std::thread::hardware_concurrency() : threads;
    const std::size_t parts = std::clamp<std::size_t>(wanted, 1, 1 + count / worth_a_thread);
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < parts; ++i) {
        others.push_back(
            std::async(std::launch::async, body, count * i / parts, count * (i + 1) / parts));
    }
    body(std::size_t{0}, count / parts);
    for (std::future<void>& one : others) one.get();
}

}  // namespace opora::base
