#include "opora/matching/first_optimum.hpp"

#include <algorithm>
#include <deque>

#include "opora/base/expects.hpp"

namespace opora::matching {

namespace {

/// Leaders, behind them «alone» as a leader without limit and price, and the place where free
/// capacity is counted.
class TightExchanges {
public:
    TightExchanges(const AssignmentProblem& problem, const Assignment& optimum)
        : alone_{static_cast<std::uint32_t>(problem.capacities.size())},
          spare_{alone_ + 1},
          tight_(problem.schools),
          leader_of_(problem.schools),
          schools_of_(alone_ + 1),
          places_{problem.capacities},
          priced_(alone_ + 1, false),
          reached_(spare_ + 1) {
        for (const Arc& arc : problem.arcs) {
            if (optimum.values[arc.school] == arc.cost + optimum.prices[arc.leader]) {
                tight_[arc.school].push_back(arc.leader);
            }
        }
        for (std::uint32_t school = 0; school < problem.schools; ++school) {
            if (optimum.values[school] == problem.unmatched_cost) tight_[school].push_back(alone_);
            const std::uint32_t leader = optimum.leader_of[school];
            leader_of_[school] = leader == no_leader ? alone_ : leader;
            schools_of_[leader_of_[school]].push_back(school);
        }
        for (std::uint32_t leader = 0; leader < alone_; ++leader) {
            priced_[leader] = optimum.prices[leader] > 0;
            places_[leader] -= static_cast<std::int32_t>(schools_of_[leader].size());
        }
    }

    std::vector<std::uint32_t> first() {
        for (std::uint32_t school = 0; school < leader_of_.size(); ++school) settle(school);
        std::vector<std::uint32_t> result = leader_of_;
        std::ranges::replace(result, alone_, no_leader);
        return result;
    }

private:
    /// How a node was reached: a school that moves on to it (or free capacity, `no_leader`).
    struct Step {
        std::uint32_t from = 0;
        std::uint32_t moved = no_leader;
        std::uint64_t search = 0;  ///< In which search; older steps count for nothing.
    };

    void settle(std::uint32_t school) {
        for (const std::uint32_t wanted : tight_[school]) {
            if (wanted >= leader_of_[school]) return;
            if (exchange(school, wanted)) return;
        }
    }

    bool has_place(std::uint32_t leader) const { return leader == alone_ || places_[leader] > 0; }
    bool may_give_place(std::uint32_t leader) const {
        return !priced_[leader] && !schools_of_[leader].empty();
    }

    /// Moves `school` to `wanted` if the others can make up for it. One school too many at `wanted`
    /// is handed on until it fills the place that `school` leaves.
    bool exchange(std::uint32_t school, std::uint32_t wanted) {
        const std::uint32_t left = leader_of_[school];
        ++search_;
        reached_[wanted] = {wanted, no_leader, search_};
        std::deque<std::uint32_t> waiting{wanted};
        while (!waiting.empty() && reached_[left].search != search_) {
            const std::uint32_t node = waiting.front();
            waiting.pop_front();
            visit_next(school, node, [&](std::uint32_t next, std::uint32_t moved) {
                if (reached_[next].search == search_) return;
                reached_[next] = {node, moved, search_};
                waiting.push_back(next);
            });
        }
        if (reached_[left].search != search_) return false;
        apply(school, wanted);
        return true;
    }

    template <class Visit>
    void visit_next(std::uint32_t settled, std::uint32_t node, Visit visit) const {
        if (node == spare_) {
            for (std::uint32_t leader = 0; leader <= alone_; ++leader) {
                if (may_give_place(leader)) visit(leader, no_leader);
            }
            return;
        }
        if (has_place(node)) visit(spare_, no_leader);
        for (const std::uint32_t other : schools_of_[node]) {
            if (other <= settled) continue;
            for (const std::uint32_t next : tight_[other]) {
                if (next != node) visit(next, other);
            }
        }
    }

    void apply(std::uint32_t school, std::uint32_t wanted) {
        const std::uint32_t left = leader_of_[school];
        for (std::uint32_t node = left; node != wanted; node = reached_[node].from) {
            const Step& step = reached_[node];
            if (node == spare_) {
                change_places(step.from, -1);
            } else if (step.from == spare_) {
                change_places(node, +1);
            } else {
                move(step.moved, node);
            }
        }
        move(school, wanted);
    }

    void change_places(std::uint32_t leader, std::int32_t by) {
        if (leader != alone_) places_[leader] += by;
    }

    void move(std::uint32_t school, std::uint32_t to) {
        std::erase(schools_of_[leader_of_[school]], school);
        auto& others = schools_of_[to];
        others.insert(std::ranges::lower_bound(others, school), school);
        leader_of_[school] = to;
    }

    std::uint32_t alone_;
    std::uint32_t spare_;
    std::vector<std::vector<std::uint32_t>> tight_;  ///< By school, ascending.
    std::vector<std::uint32_t> leader_of_;
    std::vector<std::vector<std::uint32_t>> schools_of_;  ///< By leader, ascending.
    std::vector<std::int32_t> places_;                    ///< Free, by leader.
    std::vector<bool> priced_;                            ///< Must stay full.
    std::vector<Step> reached_;                           ///< By node.
    std::uint64_t search_ = 0;
};

}  // namespace

std::vector<std::uint32_t> first_optimum(const AssignmentProblem& problem,
                                         const Assignment& optimum) {
    return TightExchanges{problem, optimum}.first();
}

}  // namespace opora::matching
