#include "opora/lifecycle/list_versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace opora::lifecycle {

namespace {

using Key = std::pair<model::SchoolId, model::TeacherId>;

Key key_of(const model::Listing& one) { return {one.school, one.teacher}; }

std::string note_of(const model::Appeal& appeal) {
    return fmt::format("решение по возражению № {} от {}: {}", appeal.number,
                       model::title(*model::date_of(appeal.decision->time)),
                       appeal.decision->reason);
}

}  // namespace

const model::Listing* find_listing(const model::SchoolList& list, const model::SchoolId& school,
                                   const model::TeacherId& teacher) {
    const auto found = std::ranges::find_if(list.listings, [&](const model::Listing& one) {
        return one.school == school && one.teacher == teacher;
    });
    return found == list.listings.end() ? nullptr : &*found;
}

model::SchoolList with_decisions(model::SchoolList computed, const model::ListState& state,
                                 int version) {
    for (const model::ListVersion& one : state.versions) {
        if (one.appeal == 0 || one.number > version) continue;
        const auto appeal = std::ranges::find(state.appeals, one.appeal, &model::Appeal::number);
        const auto listing =
            std::ranges::find_if(computed.listings, [&](const model::Listing& each) {
                return each.school == appeal->school && each.teacher == appeal->teacher;
            });
        if (listing == computed.listings.end()) continue;  // No longer looked at.
        listing->verdict = appeal->decision->after;
        listing->probability.reset();
        listing->reliability = model::reliability(listing->verdict, std::nullopt);
        listing->notes.push_back(note_of(*appeal));
    }
    return computed;
}

std::vector<VerdictMove> moves(const model::SchoolList& before, const model::SchoolList& after) {
    std::map<Key, VerdictMove> all;
    for (const model::Listing& one : before.listings) {
        all[key_of(one)] = {one.school, one.teacher, one.school_name, one.verdict, {}};
    }
    for (const model::Listing& one : after.listings) {
        VerdictMove& move = all[key_of(one)];
        move.school = one.school;
        move.teacher = one.teacher;
        move.school_name = one.school_name;
        move.after = one.verdict;
    }
    std::vector<VerdictMove> moved;
    for (auto& [key, move] : all) {
        if (move.before != move.after) moved.push_back(std::move(move));
    }
    return moved;
}

bool is_told(const model::Listing& listing) {
    return listing.verdict == model::Verdict::listed || listing.verdict == model::Verdict::watch;
}

std::vector<model::SchoolId> told_schools(const model::SchoolList& list) {
    std::vector<model::SchoolId> schools;
    for (const model::Listing& one : list.listings) {
        if (is_told(one)) schools.push_back(one.school);
    }
    std::ranges::sort(schools);
    schools.erase(std::ranges::unique(schools).begin(), schools.end());
    return schools;
}

}  // namespace opora::lifecycle
