#include "opora/application/journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/application/access.hpp"
#include "opora/application/indicator_report.hpp"

namespace opora::application {

namespace {

constexpr std::string_view user_prefix = "user:";
constexpr std::string_view local_prefix = "local:";

bool works_in_school(model::Role role) {
    return role == model::Role::school_head || role == model::Role::deputy_head ||
           role == model::Role::teacher;
}

}  // namespace

JournalReading::JournalReading(const ports::Journal& journal, const ports::AccountStore& accounts,
                               const indicators::Evidence& evidence, const model::User& reader)
    : journal_{journal},
      evidence_{evidence},
      reader_{reader},
      users_{accounts.users()},
      reads_all_{reader.role == model::Role::administrator || reader.territory.value.empty()} {}

std::vector<model::JournalEntry> JournalReading::entries(ports::JournalFilter filter,
                                                         std::int64_t limit) const {
    if (!may(reader_.role, Permission::read_journal)) return {};
    if (!reads_all_) {
        std::vector<std::string> seen;
        for (const Actor& one : actors()) {
            const bool wanted =
                !filter.actors || std::ranges::find(*filter.actors, one.id) != filter.actors->end();
            if (wanted) seen.push_back(one.id);
        }
        filter.actors = std::move(seen);
    }
    return journal_.entries(filter, limit);
}

std::vector<JournalReading::Actor> JournalReading::actors() const {
    std::vector<Actor> all;
    for (const std::string& actor : journal_.actors()) {
        const model::User* user = user_of(actor);
        if (reads_all_ || (user != nullptr && reads(*user)))
            all.push_back({actor, title_of(actor)});
    }
    return all;
}

std::string JournalReading::title_of(const std::string& actor) const {
    if (const model::User* user = user_of(actor)) {
        const bool shown = reader_.role == model::Role::administrator ||
                           !works_in_school(user->role) || user->id == reader_.id;
        if (shown) return user->name;
        return fmt::format("{}, школа {}", title(user->role), user->school.value);
    }
    if (actor.starts_with(local_prefix)) {
        return "командная строка: " + actor.substr(local_prefix.size());
    }
    if (actor == "nobody") return "неизвестный";
    return actor.empty() ? "имя удалено" : "программа";
}

bool JournalReading::reads(const model::User& user) const {
    if (user.school.value.empty()) return lies_below(user.territory);
    const auto school = evidence_.find_school(user.school);
    return school && lies_in(evidence_, evidence_.schools()[*school], reader_.territory);
}

bool JournalReading::lies_below(model::TerritoryId territory) const {
    const auto all = evidence_.territories();
    for (std::size_t steps = 0; steps <= all.size(); ++steps) {
        if (territory == reader_.territory) return true;
        const auto found = std::ranges::find(all, territory, &model::Territory::id);
        if (found == all.end()) return false;
        territory = found->parent;
    }
    return false;
}

const model::User* JournalReading::user_of(const std::string& actor) const {
    if (!actor.starts_with(user_prefix)) return nullptr;
    const auto found = std::ranges::find(users_, model::UserId{actor.substr(user_prefix.size())},
                                         &model::User::id);
    return found == users_.end() ? nullptr : &*found;
}

}  // namespace opora::application
