#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "opora/api/http.hpp"

namespace opora::api {

/// Answers of works that a client did not want to wait for (`Prefer: respond-async`, RFC 7240), by
/// the job that does the work; the newest `kept_max` of them. Thread-safe.
class LateAnswers {
public:
    static constexpr std::size_t kept_max = 100;
    using Slot = std::shared_ptr<std::optional<Response>>;

    /// The slot is filled by the job before it ends.
    void add(const std::string& job, Slot slot);
    /// To be asked for a job that has ended; nothing for one that failed or is forgotten.
    std::optional<Response> find(const std::string& job) const;

private:
    mutable std::mutex mutex_;
    std::deque<std::pair<std::string, Slot>> slots_;
};

/// Whether the client asks not to be kept waiting.
bool prefers_late(const Request& request);

}  // namespace opora::api
