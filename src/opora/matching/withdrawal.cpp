#include <algorithm>
#include <map>

#include "opora/matching/propose.hpp"

namespace opora::matching {

namespace {

using model::Pair;
using model::PairingProposal;
using model::SchoolId;
using Leaders = std::map<SchoolId, SchoolId>;

Leaders leaders_of(const PairingProposal& proposal) {
    Leaders leaders;
    for (const Pair& pair : proposal.pairs) leaders.emplace(pair.school, pair.leader);
    return leaders;
}

/// The request without a school and without the pins that name it.
PairingRequest without(PairingRequest request, const SchoolId& gone) {
    std::erase_if(request.pins,
                  [&](const NamedPair& pin) { return pin.school == gone || pin.leader == gone; });
    request.withdrawn.push_back(gone);
    return request;
}

model::WithdrawalEffect effect(CandidateSearch& search, const PairingRequest& request,
                               const PairingProposal& proposal, const SchoolId& gone, bool leader) {
    const PairingProposal after = propose(search, without(request, gone));
    const Leaders before_leaders = leaders_of(proposal);
    const Leaders after_leaders = leaders_of(after);
    model::WithdrawalEffect result{.withdrawn = gone, .leader = leader};
    for (const auto& [school, was] : before_leaders) {
        if (school == gone) continue;
        const auto is = after_leaders.find(school);
        if (is == after_leaders.end()) {
            ++result.left_alone;
        } else if (is->second != was) {
            ++result.moved;
        }
    }
    for (const auto& [school, is] : after_leaders) result.won += !before_leaders.contains(school);
    result.cost_change = static_cast<double>(after.proof.cost - proposal.proof.cost) / cost_units;
    return result;
}

}  // namespace

std::vector<model::WithdrawalEffect> withdrawal_effects(CandidateSearch& search,
                                                        const PairingRequest& request,
                                                        const PairingProposal& proposal) {
    std::vector<model::WithdrawalEffect> effects;
    for (const auto& [school, leader] : leaders_of(proposal)) {
        effects.push_back(effect(search, request, proposal, school, false));
    }
    for (const model::LeaderLoad& load : proposal.leaders) {
        effects.push_back(effect(search, request, proposal, load.leader, true));
    }
    return effects;
}

}  // namespace opora::matching
