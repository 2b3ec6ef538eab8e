#pragma once

#include <cstdint>
#include <vector>

namespace opora::matching {

/// Costs are whole numbers, so that «optimal» is proven and not nearly so.
using Cost = std::int64_t;

/// A pair that is allowed, and what it costs.
struct Arc {
    std::uint32_t school = 0;
    std::uint32_t leader = 0;
    Cost cost = 0;  ///< >= 0

    friend auto operator<=>(const Arc&, const Arc&) = default;
};

constexpr std::uint32_t no_leader = UINT32_MAX;

/// Which leader supports which school, at the lowest sum of costs; a school that stays alone costs
/// `unmatched_cost`.
///
///   min  sum c_ij x_ij + M sum s_i   over  sum_j x_ij + s_i = 1,  sum_i x_ij <= k_j,  x, s >= 0
///
/// With M above the cost of any set of pairs the greatest number of pairs comes first and their
/// cost second.
struct AssignmentProblem {
    std::uint32_t schools = 0;
    std::vector<std::int32_t> capacities;  ///< k_j >= 0, by leader.
    std::vector<Arc> arcs;                 ///< Sorted, at most one for a school and leader.
    Cost unmatched_cost = 0;               ///< M
};

/// An optimal assignment with its proof.
///
/// The dual program is  max sum u_i - sum k_j v_j  over  u_i <= c_ij + v_j,  u_i <= M,  v >= 0.
/// Whatever prices v >= 0 are taken, u_i = min(M, min_j c_ij + v_j) is feasible, so that `bound` is
/// below the cost of every assignment; where it equals `cost`, nothing cheaper exists.
struct Assignment {
    std::vector<std::uint32_t> leader_of;  ///< By school; `no_leader`: stays alone.
    std::vector<Cost> prices;              ///< v_j by leader: what one place more would save.
    std::vector<Cost> values;              ///< u_i by school.
    Cost cost = 0;
    Cost bound = 0;

    bool proven() const { return cost == bound; }
};

/// Solves by the network simplex method (LEMON) and takes, of all optimal assignments, the one in
/// which school 0 has the smallest leader number possible, then school 1, and so on: it depends on
/// the numbers alone, not on the order in which the method walks.
Assignment solve(const AssignmentProblem& problem);

/// Cost of an assignment in a problem; it must keep to the arcs and capacities.
Cost cost_of(const AssignmentProblem& problem, const std::vector<std::uint32_t>& leader_of);

/// The least prices that prove an optimal assignment: v_j is exactly what one place more at j
/// saves.
///
/// A place at j lets a school k move there from its leader p, which saves c_kp - c_kj and frees a
/// place at p, worth v_p:  v_j = max(0, max_k c_kp(k) - c_kj + v_p(k)), and 0 where j has a free
/// place. Solved from zero upwards (Bellman, Ford); an assignment that is not optimal has a cycle
/// of savings, and no answer.
std::vector<Cost> least_prices(const AssignmentProblem& problem,
                               const std::vector<std::uint32_t>& leader_of);

/// u_i for given prices.
std::vector<Cost> values_under(const AssignmentProblem& problem, const std::vector<Cost>& prices);

/// sum u_i - sum k_j v_j.
Cost bound_under(const AssignmentProblem& problem, const std::vector<Cost>& prices);

/// For comparison: the cheapest allowed pair first, then the cheapest of those that are left, and
/// so on. The prices and the bound stay empty: nothing is proven.
Assignment greedy(const AssignmentProblem& problem);

}  // namespace opora::matching
