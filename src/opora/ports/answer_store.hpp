#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace opora::ports {

/// What posts with a key were answered, kept beyond the end of the program so that a post that is
/// sent again after it was killed is not done again. Thread-safe for different names.
///
/// Answers may hold what only their receiver may know (a link that works once): nothing of a name
/// or a text is readable on the disk. Only a broken store throws (StorageError).
class AnswerStore {
public:
    virtual ~AnswerStore() = default;

    /// std::nullopt also for what cannot be read any more.
    virtual std::optional<std::string> find(const std::string& name) const = 0;
    /// Kept whole or not at all, instead of what was kept under the name before.
    virtual void put(const std::string& name, const std::string& text) = 0;
    virtual void remove(const std::string& name) = 0;
    /// Forgets what was put longer ago than `seconds`, and the oldest beyond `kept_max`.
    virtual void forget(std::int64_t seconds, std::size_t kept_max) = 0;
    /// The same text has always the same digest, another text another.
    virtual std::string digest(const std::string& text) const = 0;
};

}  // namespace opora::ports
