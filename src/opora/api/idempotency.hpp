#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "opora/api/http.hpp"

namespace opora::api {

/// What posts with an Idempotency-Key were answered, so that a post that is sent again, because its
/// answer was lost on the way, is not done again. Thread-safe.
///
/// An answer is kept for a day, for its user and key, in memory: a restart forgets it. Answers of
/// failures of the server are not kept: to try again is right. Beyond `kept_max` the oldest go.
class IdempotentAnswers {
public:
    static constexpr std::chrono::hours kept{24};
    static constexpr std::size_t kept_max = 5'000;
    static constexpr std::size_t key_bytes_max = 100;

    /// The post of this user, key and content is to be done now: std::nullopt, and the caller calls
    /// `done` or `failed`. Otherwise the answer: the former one; 409 `post_running` while the first
    /// is at work; 422 `key_reused` when the key came with another content.
    std::optional<Response> begin(const std::string& user, const Request& request);
    void done(const std::string& user, const Request& request, const Response& response);
    void failed(const std::string& user, const Request& request);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        std::string content;  ///< Method, path, query and body.
        Clock::time_point when;
        std::optional<Response> response;  ///< None while the post is at work.
    };

    void forget_old(Clock::time_point now);

    std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Entry> entries_;
};

/// The key of a post, if it has one.
std::string_view idempotency_key(const Request& request);

}  // namespace opora::api
