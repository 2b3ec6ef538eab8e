#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "opora/api/http.hpp"
#include "opora/ports/answer_store.hpp"

namespace opora::api {

/// What posts with an Idempotency-Key were answered, so that a post that is sent again, because its
/// answer was lost on the way, is not done again. Thread-safe.
///
/// An answer is kept for a day, for its user and key, also beyond the end of the program. Answers
/// of failures of the server are not kept: to try again is right. Beyond `kept_max` the oldest go.
/// A post is written down before it is done, so that one that a killed program may have done or not
/// is told apart from a new one.
class IdempotentAnswers {
public:
    static constexpr std::int64_t kept_seconds = 24 * 3600;
    static constexpr std::size_t kept_max = 5'000;
    static constexpr std::size_t key_bytes_max = 100;

    /// `store` outlives this.
    explicit IdempotentAnswers(ports::AnswerStore& store);

    /// The post of this user, key and content is to be done now: std::nullopt, and the caller calls
    /// `done` or `failed`. Otherwise the answer: the former one; 409 `post_running` while the first
    /// is at work, `post_interrupted` when the program ended meanwhile; 422 `key_reused` when the
    /// key came with another content. Throws StorageError.
    std::optional<Response> begin(const std::string& user, const Request& request);
    void done(const std::string& user, const Request& request, const Response& response);
    void failed(const std::string& user, const Request& request);

private:
    enum class State : std::uint8_t { running, interrupted, answered };
    struct Entry {
        std::string content;  ///< Digest of method, path, query and body.
        std::int64_t when = 0;
        State state = State::running;
        Response response;
    };

    static Response answer_of(const Entry& entry, const std::string& content);
    static std::string text_of(const Entry& entry);
    static std::optional<Entry> entry_of(const std::string& text);
    void forget_old(std::int64_t now);

    ports::AnswerStore& store_;
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::int64_t swept_ = 0;
};

/// The key of a post, if it has one.
std::string_view idempotency_key(const Request& request);

}  // namespace opora::api
