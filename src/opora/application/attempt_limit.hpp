#pragma once

#include <map>
#include <mutex>
#include <string>

#include "opora/ports/account_store.hpp"

namespace opora::application {

/// Slows guessing at one account down: after `free_attempts` failures in a row each further attempt
/// waits twice as long as the one before, up to a quarter of an hour. Thread-safe.
///
/// An attempt counts as failed from its begin on, so that many at once are no way around.
class AttemptLimit {
public:
    static constexpr int free_attempts = 5;
    static constexpr ports::Seconds wait_first = 15;
    static constexpr ports::Seconds wait_max = 900;
    static constexpr std::size_t keys_max = 10'000;  ///< The oldest are forgotten beyond it.

    /// Seconds to wait before an attempt is looked at; 0: it is begun.
    ports::Seconds begin(const std::string& key, ports::Seconds now);
    /// It was no failure: the failures in a row are over.
    void succeeded(const std::string& key);
    /// It was neither: those before it stand.
    void taken_back(const std::string& key);

private:
    struct Failures {
        int count = 0;
        ports::Seconds last = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Failures> failures_;
};

/// How many attempts of one source may fail: `free_attempts` at once, then one every
/// `seconds_for_one`. Thread-safe.
///
/// Wide enough for an office whose people all come from one address; it only keeps one address from
/// trying a few passwords at every account, and from making the server hash all day.
class AttemptBucket {
public:
    static constexpr int free_attempts = 60;
    static constexpr ports::Seconds seconds_for_one = 10;
    static constexpr std::size_t keys_max = 10'000;  ///< The fullest are forgotten beyond it.

    /// Seconds to wait before an attempt is looked at; 0: it is begun and counts.
    ports::Seconds begin(const std::string& key, ports::Seconds now);
    /// It does not count.
    void taken_back(const std::string& key);

private:
    /// When the bucket of each key is full again.
    std::mutex mutex_;
    std::map<std::string, ports::Seconds> full_;
};

}  // namespace opora::application
