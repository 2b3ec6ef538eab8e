#include "opora/matching/assignment.hpp"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <deque>

#include "opora/base/expects.hpp"
#include "opora/matching/first_optimum.hpp"

namespace opora::matching {

namespace {

using Graph = lemon::StaticDigraph;
using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, Cost>;

void expect_sound(const AssignmentProblem& problem) {
    OPORA_EXPECTS(std::ranges::is_sorted(problem.arcs));
    OPORA_EXPECTS(problem.unmatched_cost >= 0);
    for (const std::int32_t capacity : problem.capacities) OPORA_EXPECTS(capacity >= 0);
    for (const Arc& arc : problem.arcs) {
        OPORA_EXPECTS(arc.school < problem.schools && arc.leader < problem.capacities.size());
        OPORA_EXPECTS(arc.cost >= 0);
    }
}

/// Schools, then leaders, then the node «nobody» to which all flow goes. Arcs of a node stand
/// together: each school's pairs and its way of staying alone, then one arc of each leader.
class FlowNetwork {
public:
    explicit FlowNetwork(const AssignmentProblem& problem)
        : problem_{problem},
          leaders_{static_cast<int>(problem.capacities.size())},
          nobody_{static_cast<int>(problem.schools) + leaders_} {
        std::vector<std::pair<int, int>> ends;
        std::size_t next = 0;
        for (std::uint32_t school = 0; school < problem.schools; ++school) {
            for (; next < problem.arcs.size() && problem.arcs[next].school == school; ++next) {
                const Arc& arc = problem.arcs[next];
                add(ends, static_cast<int>(school), node_of(arc.leader), arc.cost, 1);
            }
            add(ends, static_cast<int>(school), nobody_, problem.unmatched_cost, 1);
        }
        for (std::uint32_t leader = 0; leader < problem.capacities.size(); ++leader) {
            add(ends, node_of(leader), nobody_, 0, problem.capacities[leader]);
        }
        graph_.build(nobody_ + 1, ends.begin(), ends.end());
    }

    Assignment solved() const {
        Graph::ArcMap<Cost> cost{graph_};
        Graph::ArcMap<std::int64_t> upper{graph_};
        for (int i = 0; i < static_cast<int>(costs_.size()); ++i) {
            cost[graph_.arc(i)] = costs_[static_cast<std::size_t>(i)];
            upper[graph_.arc(i)] = uppers_[static_cast<std::size_t>(i)];
        }
        Graph::NodeMap<std::int64_t> supply{graph_, 0};
        for (int i = 0; i < static_cast<int>(problem_.schools); ++i) supply[graph_.node(i)] = 1;
        supply[graph_.node(nobody_)] = -static_cast<std::int64_t>(problem_.schools);

        Simplex simplex{graph_};
        simplex.upperMap(upper).costMap(cost).supplyMap(supply);
        OPORA_EXPECTS(simplex.run() == Simplex::OPTIMAL);
        return read(simplex);
    }

private:
    int node_of(std::uint32_t leader) const {
        return static_cast<int>(problem_.schools) + static_cast<int>(leader);
    }

    void add(std::vector<std::pair<int, int>>& ends, int from, int to, Cost cost,
             std::int64_t upper) {
        ends.emplace_back(from, to);
        costs_.push_back(cost);
        uppers_.push_back(upper);
    }

    Assignment read(const Simplex& simplex) const {
        Assignment result{.leader_of = std::vector(problem_.schools, no_leader)};
        int number = 0;
        std::size_t next = 0;
        for (std::uint32_t school = 0; school < problem_.schools; ++school, ++number) {
            for (; next < problem_.arcs.size() && problem_.arcs[next].school == school;
                 ++next, ++number) {
                if (simplex.flow(graph_.arc(number)) > 0) {
                    result.leader_of[school] = problem_.arcs[next].leader;
                }
            }
        }
        return result;
    }

    const AssignmentProblem& problem_;
    int leaders_;
    int nobody_;
    Graph graph_;
    std::vector<Cost> costs_;
    std::vector<std::int64_t> uppers_;
};

std::vector<std::int32_t> loads_of(const AssignmentProblem& problem,
                                   const std::vector<std::uint32_t>& leader_of) {
    std::vector<std::int32_t> loads(problem.capacities.size(), 0);
    for (const std::uint32_t leader : leader_of) {
        if (leader != no_leader) ++loads[leader];
    }
    return loads;
}

}  // namespace

Cost cost_of(const AssignmentProblem& problem, const std::vector<std::uint32_t>& leader_of) {
    OPORA_EXPECTS(leader_of.size() == problem.schools);
    const auto loads = loads_of(problem, leader_of);
    for (std::size_t j = 0; j < loads.size(); ++j) OPORA_EXPECTS(loads[j] <= problem.capacities[j]);
    Cost cost = 0;
    for (std::uint32_t school = 0; school < problem.schools; ++school) {
        if (leader_of[school] == no_leader) {
            cost += problem.unmatched_cost;
            continue;
        }
        const auto arc = std::ranges::lower_bound(problem.arcs, Arc{school, leader_of[school], 0});
        OPORA_EXPECTS(arc != problem.arcs.end() && arc->school == school &&
                      arc->leader == leader_of[school]);
        cost += arc->cost;
    }
    return cost;
}

std::vector<Cost> values_under(const AssignmentProblem& problem, const std::vector<Cost>& prices) {
    std::vector<Cost> values(problem.schools, problem.unmatched_cost);
    for (const Arc& arc : problem.arcs) {
        values[arc.school] = std::min(values[arc.school], arc.cost + prices[arc.leader]);
    }
    return values;
}

Cost bound_under(const AssignmentProblem& problem, const std::vector<Cost>& prices) {
    OPORA_EXPECTS(prices.size() == problem.capacities.size());
    Cost bound = 0;
    for (const Cost value : values_under(problem, prices)) bound += value;
    for (std::size_t j = 0; j < prices.size(); ++j) {
        OPORA_EXPECTS(prices[j] >= 0);
        bound -= problem.capacities[j] * prices[j];
    }
    return bound;
}

std::vector<Cost> least_prices(const AssignmentProblem& problem,
                               const std::vector<std::uint32_t>& leader_of) {
    const auto loads = loads_of(problem, leader_of);
    std::vector<Cost> prices(problem.capacities.size(), 0);
    std::vector<Cost> paid(problem.schools, problem.unmatched_cost);
    std::vector<std::vector<Arc>> arcs_of(problem.schools);
    for (const Arc& arc : problem.arcs) {
        arcs_of[arc.school].push_back(arc);
        if (leader_of[arc.school] == arc.leader) paid[arc.school] = arc.cost;
    }
    std::vector<std::vector<std::uint32_t>> schools_of(problem.capacities.size());
    std::deque<std::uint32_t> waiting;  // Schools that a place elsewhere may be worth more to.
    std::vector<bool> waits(problem.schools, true);
    for (std::uint32_t school = 0; school < problem.schools; ++school) {
        if (leader_of[school] != no_leader) schools_of[leader_of[school]].push_back(school);
        waiting.push_back(school);
    }
    while (!waiting.empty()) {
        const std::uint32_t school = waiting.front();
        waiting.pop_front();
        waits[school] = false;
        const std::uint32_t left = leader_of[school];
        const Cost gives_up = paid[school] + (left == no_leader ? 0 : prices[left]);
        for (const Arc& arc : arcs_of[school]) {
            if (arc.leader == left || loads[arc.leader] < problem.capacities[arc.leader]) continue;
            if (gives_up - arc.cost <= prices[arc.leader]) continue;
            prices[arc.leader] = gives_up - arc.cost;
            for (const std::uint32_t other : schools_of[arc.leader]) {
                if (!waits[other]) waiting.push_back(other);
                waits[other] = true;
            }
        }
    }
    return prices;
}

Assignment solve(const AssignmentProblem& problem) {
    expect_sound(problem);
    if (problem.schools == 0) {
        return {.prices = std::vector<Cost>(problem.capacities.size(), 0)};
    }
    Assignment result = FlowNetwork{problem}.solved();
    result.prices = least_prices(problem, result.leader_of);
    result.values = values_under(problem, result.prices);
    result.bound = bound_under(problem, result.prices);
    OPORA_EXPECTS(cost_of(problem, result.leader_of) == result.bound);
    result.leader_of = first_optimum(problem, result);
    result.cost = cost_of(problem, result.leader_of);
    return result;
}

Assignment greedy(const AssignmentProblem& problem) {
    expect_sound(problem);
    std::vector<Arc> cheapest_first = problem.arcs;
    std::ranges::stable_sort(cheapest_first, {}, &Arc::cost);
    std::vector<std::int32_t> places = problem.capacities;
    Assignment result{.leader_of = std::vector(problem.schools, no_leader)};
    for (const Arc& arc : cheapest_first) {
        if (result.leader_of[arc.school] != no_leader || places[arc.leader] == 0) continue;
        result.leader_of[arc.school] = arc.leader;
        --places[arc.leader];
    }
    result.cost = cost_of(problem, result.leader_of);
    return result;
}

}  // namespace opora::matching
