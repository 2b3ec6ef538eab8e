#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/user.hpp"
#include "opora/ports/account_store.hpp"
#include "opora/ports/journal.hpp"

namespace opora::application {

/// The journal of actions as one person may read it: an administrator and those who see every
/// territory read all of it, the others what people of their territory did.
class JournalReading {
public:
    JournalReading(const ports::Journal& journal, const ports::AccountStore& accounts,
                   const indicators::Evidence& evidence, const model::User& reader);

    /// Newest first, up to `limit`; one actor's alone where `filter.actors` names some.
    std::vector<model::JournalEntry> entries(ports::JournalFilter filter, std::int64_t limit) const;

    struct Actor {
        std::string id;
        std::string title;
    };
    /// Everybody whose actions the person reads.
    std::vector<Actor> actors() const;

    /// Who that is: the name of somebody who works in an office; role and school of somebody who
    /// works in a school, but to administrators; «командная строка: …», «программа».
    std::string title_of(const std::string& actor) const;

private:
    bool reads(const model::User& user) const;
    bool lies_below(model::TerritoryId territory) const;
    const model::User* user_of(const std::string& actor) const;

    const ports::Journal& journal_;
    const indicators::Evidence& evidence_;
    const model::User& reader_;
    std::vector<model::User> users_;
    bool reads_all_ = false;
};

}  // namespace opora::application
