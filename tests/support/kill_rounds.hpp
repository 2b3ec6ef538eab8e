#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <thread>

namespace opora::testing {

/// Runs `work`, which must not end by itself, in processes that are killed after random moments up
/// to `longest`. After each, `check_whole` looks at what was left and tells how much has been done:
/// never less than before. The whole amount at the end. The seed is printed; OPORA_TEST_SEED sets
/// it.
template <class Work, class CheckWhole>
std::int64_t kill_rounds(int rounds, std::chrono::microseconds longest, const Work& work,
                         const CheckWhole& check_whole) {
    const char* wish = std::getenv("OPORA_TEST_SEED");
    const auto seed = wish != nullptr ? static_cast<std::uint32_t>(std::strtoul(wish, nullptr, 10))
                                      : std::random_device{}();
    MESSAGE("OPORA_TEST_SEED=" << seed);
    std::mt19937 random{seed};
    std::int64_t last = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto longest_count = static_cast<std::uint64_t>(longest.count());
        const std::chrono::microseconds delay{static_cast<std::int64_t>(random() % longest_count)};
        CAPTURE(round);
        CAPTURE(delay.count());
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            work();
            ::_exit(0);
        }
        std::this_thread::sleep_for(delay);
        REQUIRE(::kill(child, SIGKILL) == 0);
        ::waitpid(child, nullptr, 0);
        const std::int64_t now = check_whole();
        CHECK(now >= last);
        last = now;
    }
    return last;
}

/// How long a work takes here: what `longest` of kill_rounds is made of.
template <class Work>
std::chrono::microseconds usual_time(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                 start);
}

}  // namespace opora::testing
