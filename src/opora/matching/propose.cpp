#include "opora/matching/propose.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "opora/base/expects.hpp"
#include "opora/matching/unpaired.hpp"

namespace opora::matching {

namespace {

using model::Pair;
using model::PairingProposal;
using model::PairState;

/// A request in numbers.
struct NumberedRequest {
    std::vector<std::uint32_t> schools;               ///< To be paired, ascending.
    std::map<std::uint32_t, std::uint32_t> pins;      ///< School to leader.
    std::map<std::uint32_t, std::int32_t> pinned_to;  ///< Schools pinned to a leader.
    std::set<std::pair<std::uint32_t, std::uint32_t>> bans;
    std::set<std::uint32_t> withdrawn;
};

NumberedRequest numbered(const CandidateSearch& search, const PairingRequest& request) {
    NumberedRequest result;
    const auto number = [&](const model::SchoolId& id) {
        const auto found = search.find(id);
        OPORA_EXPECTS(found.has_value());
        return *found;
    };
    for (const auto& id : request.withdrawn) result.withdrawn.insert(number(id));
    for (const auto& [school, leader] : request.bans) {
        result.bans.emplace(number(school), number(leader));
    }
    for (const auto& [school, leader] : request.pins) {
        const bool is_new = result.pins.emplace(number(school), number(leader)).second;
        result.pinned_to[number(leader)] += is_new ? 1 : 0;
    }
    std::set<std::uint32_t> schools;
    for (const auto& id : request.schools) schools.insert(number(id));
    for (const std::uint32_t school : schools) {
        if (!result.pins.contains(school) && !result.withdrawn.contains(school)) {
            result.schools.push_back(school);
        }
    }
    return result;
}

/// Schools and their candidates as an assignment problem, leaders numbered by their ids.
class Problem {
public:
    Problem(CandidateSearch& search, const NumberedRequest& request, std::size_t candidates_first)
        : search_{search}, request_{request}, counts_(request.schools.size(), candidates_first) {}

    /// Solves, looking farther where the proof asks for it.
    Assignment solved() {
        search_.prepare(request_.schools, counts_.empty() ? 0 : counts_.front());
        while (true) {
            build();
            Assignment best = solve(problem_);
            if (!look_farther(best)) return best;
        }
    }

    const AssignmentProblem& problem() const { return problem_; }
    std::uint32_t leader(std::uint32_t number) const { return leaders_[number]; }
    std::size_t leaders() const { return leaders_.size(); }

private:
    void build() {
        std::vector<Arc> arcs;
        leaders_.clear();
        for (std::uint32_t i = 0; i < request_.schools.size(); ++i) {
            const std::uint32_t school = request_.schools[i];
            const CandidateList& list = search_.candidates(school, counts_[i]);
            for (std::size_t k = 0; k < list.leaders.size(); ++k) {
                const std::uint32_t leader = list.leaders[k].point;
                if (request_.withdrawn.contains(leader)) continue;
                if (request_.bans.contains({school, leader})) continue;
                arcs.push_back({i, leader, list.costs[k]});
                leaders_.push_back(leader);
            }
        }
        std::ranges::sort(leaders_);
        leaders_.erase(std::ranges::unique(leaders_).begin(), leaders_.end());
        for (Arc& arc : arcs) {
            const auto place = std::ranges::lower_bound(leaders_, arc.leader);
            arc.leader = static_cast<std::uint32_t>(place - leaders_.begin());
        }
        std::ranges::sort(arcs);
        problem_ = {.schools = static_cast<std::uint32_t>(request_.schools.size()),
                    .capacities = places(),
                    .arcs = std::move(arcs),
                    .unmatched_cost = 0};
        problem_.unmatched_cost =
            search_.cost_max() * (static_cast<Cost>(problem_.schools) + 1) + 1;
    }

    /// Capacities less what pins have taken.
    std::vector<std::int32_t> places() const {
        std::vector<std::int32_t> capacities;
        for (const std::uint32_t leader : leaders_) {
            const auto pinned = request_.pinned_to.find(leader);
            const std::int32_t taken = pinned == request_.pinned_to.end() ? 0 : pinned->second;
            capacities.push_back(search_.capacity(leader) - taken);
        }
        return capacities;
    }

    bool look_farther(const Assignment& best) {
        bool any = false;
        for (std::uint32_t i = 0; i < request_.schools.size(); ++i) {
            const CandidateList& list = search_.candidates(request_.schools[i], counts_[i]);
            if (list.complete) continue;
            if (!list.costs.empty() && best.values[i] < list.costs.back()) continue;
            counts_[i] = std::max(2 * counts_[i], list.leaders.size() + 1);
            any = true;
        }
        return any;
    }

    CandidateSearch& search_;
    const NumberedRequest& request_;
    std::vector<std::size_t> counts_;
    std::vector<std::uint32_t> leaders_;
    AssignmentProblem problem_;
};

Pair described(const CandidateSearch& search, std::uint32_t school, std::uint32_t leader,
               PairState state) {
    const PairingSchool& own = search.schools()[school];
    const PairingSchool& other = search.schools()[leader];
    Pair pair{.school = own.id,
              .leader = other.id,
              .state = state,
              .distance = search.distance(school, leader),
              .same_municipality = search.same_municipality(school, leader),
              .way_km_max = search.way_km_max(school, leader),
              .bar = search.bar(school, leader)};
    if (own.result && other.result) {
        pair.gap = other.result->value - own.result->value;
        const double error = std::sqrt(own.result->standard_error * own.result->standard_error +
                                       other.result->standard_error * other.result->standard_error);
        if (error > 0) pair.gap_z = *pair.gap / error;
    }
    return pair;
}

std::pair<std::int64_t, Cost> paired(const AssignmentProblem& problem,
                                     const Assignment& assignment) {
    const auto alone = std::ranges::count(assignment.leader_of, no_leader);
    return {std::ssize(assignment.leader_of) - alone,
            assignment.cost - alone * problem.unmatched_cost};
}

model::PairingProof proof_of(const AssignmentProblem& problem, const Assignment& best) {
    const auto [count, cost] = paired(problem, best);
    const auto alone = static_cast<std::int64_t>(problem.schools) - count;
    const auto [greedy_count, greedy_cost] = paired(problem, greedy(problem));
    return {.paired = count,
            .cost = cost,
            .bound = best.bound - alone * problem.unmatched_cost,
            .greedy_paired = greedy_count,
            .greedy_cost = greedy_cost};
}

std::vector<model::LeaderLoad> loads_of(const CandidateSearch& search,
                                        const PairingProposal& proposal, const Problem& solved,
                                        const Assignment& best) {
    std::map<std::uint32_t, model::LeaderLoad> loads;
    for (const Pair& pair : proposal.pairs) {
        const std::uint32_t leader = *search.find(pair.leader);
        model::LeaderLoad& load = loads[leader];
        load.leader = pair.leader;
        load.capacity = search.capacity(leader);
        ++load.schools;
    }
    for (std::uint32_t k = 0; k < solved.leaders(); ++k) {
        const auto found = loads.find(solved.leader(k));
        if (found == loads.end()) continue;
        const Cost price = best.prices[k];
        found->second.pairs_another = price > search.cost_max();
        if (!found->second.pairs_another)
            found->second.price = static_cast<double>(price) / cost_units;
    }
    std::vector<model::LeaderLoad> result;
    for (auto& [leader, load] : loads) result.push_back(std::move(load));
    return result;
}

}  // namespace

PairingProposal propose(CandidateSearch& search, const PairingRequest& request) {
    OPORA_EXPECTS(troubles(search, request).empty());
    const NumberedRequest numbers = numbered(search, request);
    Problem problem{search, numbers, std::max<std::size_t>(1, request.candidates_first)};
    const Assignment best = problem.solved();

    PairingProposal proposal{.limits = search.limits()};
    for (const auto& [school, leader] : numbers.pins) {
        proposal.pairs.push_back(described(search, school, leader, PairState::pinned));
    }
    for (std::uint32_t i = 0; i < numbers.schools.size(); ++i) {
        if (best.leader_of[i] == no_leader) {
            const auto allowed = [&](std::uint32_t leader) {
                return !numbers.withdrawn.contains(leader) &&
                       !numbers.bans.contains({numbers.schools[i], leader});
            };
            proposal.unpaired.push_back(unpaired(search, numbers.schools[i], allowed));
            continue;
        }
        proposal.pairs.push_back(described(search, numbers.schools[i],
                                           problem.leader(best.leader_of[i]), PairState::proposed));
    }
    std::ranges::sort(proposal.pairs, {}, &Pair::school);
    proposal.proof = proof_of(problem.problem(), best);
    proposal.leaders = loads_of(search, proposal, problem, best);
    return proposal;
}

}  // namespace opora::matching
