#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace opora::model {

/// One field that an action named: what it became, and what it was where it was there before.
struct JournalChange {
    std::string field;  ///< English snake_case; empty for words that are no field.
    std::optional<std::string> before;
    std::string after;

    friend bool operator==(const JournalChange&, const JournalChange&) = default;
};

/// A row of the journal of actions.
struct JournalEntry {
    std::int64_t number = 0;  ///< From 1, without gaps.
    std::string time;         ///< ISO 8601, UTC.
    std::string actor;        ///< «user:5», «local:ivanova»; empty where the name was erased.
    std::string action;       ///< `user_change`.
    std::vector<JournalChange> changes;
    std::string reason;  ///< In the words of the person; empty where none was given or kept.
};

/// Changes as the journal keeps them: `field=after` and `field=before->after` between spaces; a
/// value that is empty or holds a space, a quote, a backslash or «->» stands in quotes.
std::string journal_text(const std::vector<JournalChange>& changes);

/// The reverse. Words that are no field come back as changes without a name: nothing is lost.
std::vector<JournalChange> journal_changes(std::string_view text);

}  // namespace opora::model
