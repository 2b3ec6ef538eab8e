#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/journal.hpp"

namespace opora::ports {

/// What of the journal is asked for; an empty field asks for everything.
struct JournalFilter {
    std::optional<std::vector<std::string>> actors;  ///< Only theirs.
    std::string action;
    std::string from;         ///< ISO 8601, UTC; inclusive.
    std::string to;           ///< Exclusive.
    std::int64_t before = 0;  ///< Only numbers below; 0: from the newest.
};

/// The whole chain, checked.
struct JournalHead {
    std::int64_t entries = 0;
    std::string seal;  ///< Of the newest row; printed somewhere, it proves that nothing was cut.
};

/// Reads the journal of actions; nothing is written through it. Only a broken store throws
/// (StorageError).
class Journal {
public:
    virtual ~Journal() = default;

    /// Newest first, up to `limit`.
    virtual std::vector<model::JournalEntry> entries(const JournalFilter& filter,
                                                     std::int64_t limit) const = 0;
    /// Everybody who stands in it, by name.
    virtual std::vector<std::string> actors() const = 0;
    /// Every kind of action in it, by code.
    virtual std::vector<std::string> actions() const = 0;
    /// Checks every seal, and that `known_seal` (if any) is one of them. Errors `audit_broken`,
    /// `audit_cut`.
    virtual base::Result<JournalHead> verify(
        const std::optional<std::string>& known_seal) const = 0;
};

}  // namespace opora::ports
