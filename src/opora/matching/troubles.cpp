#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "opora/matching/propose.hpp"

namespace opora::matching {

namespace {

using model::SchoolId;

base::Error trouble(std::string code, std::string message, const SchoolId& school) {
    return {.code = std::move(code), .message = std::move(message), .found = school.value};
}

std::string words(const NamedPair& pair) {
    return fmt::format("«{}» — «{}»", pair.school.value, pair.leader.value);
}

class Examination {
public:
    Examination(const CandidateSearch& search, const PairingRequest& request)
        : search_{search}, request_{request} {}

    base::Errors errors() && {
        for (const SchoolId& school : request_.schools) known(school);
        for (const SchoolId& school : request_.withdrawn) known(school);
        for (const NamedPair& ban : request_.bans) known(ban.school) && known(ban.leader);
        for (const NamedPair& pin : request_.pins) examine(pin);
        return std::move(errors_);
    }

private:
    bool known(const SchoolId& school) {
        if (search_.find(school)) return true;
        if (unknown_.insert(school).second) {
            errors_.push_back(trouble("pair_school_unknown", "такой школы нет в реестре", school));
        }
        return false;
    }

    void examine(const NamedPair& pin) {
        if (!known(pin.school) || !known(pin.leader)) return;
        const auto add = [&](const char* code, const std::string& message) {
            errors_.push_back(trouble(code, message, pin.school));
        };
        if (pin.school == pin.leader) return add("pair_itself", "школа закреплена сама за собой");
        const auto [first, is_new] = leader_of_.emplace(pin.school, pin.leader);
        if (!is_new) {
            if (first->second == pin.leader) return;
            return add("pair_two_leaders",
                       fmt::format("за школой закреплены две школы-лидера: «{}» и «{}»",
                                   first->second.value, pin.leader.value));
        }
        if (std::ranges::find(request_.schools, pin.school) == request_.schools.end()) {
            return add("pair_not_weak",
                       "закреплена школа, которой лидер не подбирается: её нет в списке");
        }
        if (std::ranges::find(request_.bans, pin) != request_.bans.end()) {
            return add("pair_banned", "пара и закреплена, и запрещена: " + words(pin));
        }
        for (const SchoolId& gone : request_.withdrawn) {
            if (gone == pin.school || gone == pin.leader) {
                return add("pair_withdrawn", fmt::format("закреплена пара {}, но школа «{}» выбыла",
                                                         words(pin), gone.value));
            }
        }
        take_place(pin);
    }

    void take_place(const NamedPair& pin) {
        const std::int32_t places = search_.capacity(*search_.find(pin.leader));
        if (++taken_[pin.leader] <= places) return;
        errors_.push_back(trouble(
            "pair_no_place",
            fmt::format("за школой-лидером «{}» закреплено больше школ, чем у неё мест ({})",
                        pin.leader.value, places),
            pin.school));
    }

    const CandidateSearch& search_;
    const PairingRequest& request_;
    base::Errors errors_;
    std::set<SchoolId> unknown_;
    std::map<SchoolId, SchoolId> leader_of_;
    std::map<SchoolId, std::int32_t> taken_;
};

}  // namespace

base::Errors troubles(const CandidateSearch& search, const PairingRequest& request) {
    return Examination{search, request}.errors();
}

}  // namespace opora::matching
