#include "opora/matching/assignment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "opora/statistics/random.hpp"

using namespace opora;
using namespace opora::matching;

namespace {

/// All assignments in lexicographic order (staying alone last): the first cheapest is the answer.
class Exhaustive {
public:
    explicit Exhaustive(const AssignmentProblem& problem)
        : problem_{problem}, places_{problem.capacities}, leader_of_(problem.schools, no_leader) {
        visit(0, 0);
    }

    Cost cost() const { return *cost_; }
    const std::vector<std::uint32_t>& leader_of() const { return best_; }

private:
    void visit(std::uint32_t school, Cost cost) {
        if (school == problem_.schools) {
            if (cost_ && *cost_ <= cost) return;
            cost_ = cost;
            best_ = leader_of_;
            return;
        }
        for (const Arc& arc : problem_.arcs) {
            if (arc.school != school || places_[arc.leader] == 0) continue;
            --places_[arc.leader];
            leader_of_[school] = arc.leader;
            visit(school + 1, cost + arc.cost);
            ++places_[arc.leader];
        }
        leader_of_[school] = no_leader;
        visit(school + 1, cost + problem_.unmatched_cost);
    }

    const AssignmentProblem& problem_;
    std::vector<std::int32_t> places_;
    std::vector<std::uint32_t> leader_of_;
    std::optional<Cost> cost_;
    std::vector<std::uint32_t> best_;
};

/// Few different costs make many ties.
AssignmentProblem random_problem(std::uint64_t seed) {
    statistics::Random random{seed, statistics::text_key("assignment")};
    AssignmentProblem problem{.schools = static_cast<std::uint32_t>(random.between(0, 6))};
    const std::int32_t leaders = random.between(0, 5);
    for (std::int32_t j = 0; j < leaders; ++j) problem.capacities.push_back(random.between(0, 2));
    const std::int32_t cost_max = random.chance(0.5) ? 2 : 100;
    const double density = random.uniform();
    for (std::uint32_t i = 0; i < problem.schools; ++i) {
        for (std::uint32_t j = 0; j < problem.capacities.size(); ++j) {
            if (random.chance(density)) problem.arcs.push_back({i, j, random.between(0, cost_max)});
        }
    }
    problem.unmatched_cost = 101 * 7;
    return problem;
}

}  // namespace

TEST_CASE("every small assignment is the first of the cheapest, by trying all of them") {
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        CAPTURE(seed);
        const AssignmentProblem problem = random_problem(seed);
        const Assignment best = solve(problem);
        const Exhaustive all{problem};
        CHECK(best.cost == all.cost());
        CHECK(best.leader_of == all.leader_of());
    }
}

TEST_CASE("the dual bound equals the cost, and no other prices prove more") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const AssignmentProblem problem = random_problem(seed);
        const Assignment best = solve(problem);
        CHECK(best.proven());
        CHECK(bound_under(problem, best.prices) == best.cost);
        statistics::Random random{seed, statistics::text_key("prices")};
        std::vector<Cost> prices = best.prices;
        for (Cost& price : prices) price = std::max<Cost>(0, price + random.between(-5, 5));
        CHECK(bound_under(problem, prices) <= best.cost);
    }
}

TEST_CASE("the closest pair first costs more than the best pairing, or pairs fewer schools") {
    // School 0 is at 0 from leader 0 and at 1 from leader 1; school 1 at 1 from leader 0 only.
    const AssignmentProblem problem{.schools = 2,
                                    .capacities = {1, 1},
                                    .arcs = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}},
                                    .unmatched_cost = 1000};
    CHECK(solve(problem).leader_of == std::vector<std::uint32_t>{1, 0});
    CHECK(solve(problem).cost == 2);
    CHECK(greedy(problem).leader_of == std::vector<std::uint32_t>{0, no_leader});

    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        const AssignmentProblem random = random_problem(seed);
        CHECK(greedy(random).cost >= solve(random).cost);
    }
}

TEST_CASE("a price is what one place more saves") {
    // Two schools want leader 0 at 1 and 2; the other one has leader 1 at 10.
    AssignmentProblem problem{.schools = 2,
                              .capacities = {1, 2},
                              .arcs = {{0, 0, 1}, {0, 1, 10}, {1, 0, 2}, {1, 1, 10}},
                              .unmatched_cost = 1000};
    const Assignment best = solve(problem);
    CHECK(best.leader_of == std::vector<std::uint32_t>{0, 1});
    CHECK(best.prices == std::vector<Cost>{8, 0});
    problem.capacities[0] = 2;
    CHECK(best.cost - solve(problem).cost == 8);
}

TEST_CASE("nothing to assign, nobody to assign to, no place") {
    CHECK(solve({}).leader_of.empty());
    CHECK(solve({}).proven());
    const Assignment alone = solve({.schools = 2, .unmatched_cost = 7});
    CHECK(alone.leader_of == std::vector(2, no_leader));
    CHECK(alone.cost == 14);
    CHECK(alone.proven());
    const Assignment full =
        solve({.schools = 1, .capacities = {0}, .arcs = {{0, 0, 3}}, .unmatched_cost = 7});
    CHECK(full.leader_of == std::vector{no_leader});
    CHECK(full.proven());
}

TEST_CASE("equal costs are settled by numbers: first school, first leader") {
    AssignmentProblem problem{.schools = 4, .capacities = {1, 2, 1}, .unmatched_cost = 1000};
    for (std::uint32_t i = 0; i < 4; ++i) {
        for (std::uint32_t j = 0; j < 3; ++j) problem.arcs.push_back({i, j, 5});
    }
    CHECK(solve(problem).leader_of == std::vector<std::uint32_t>{0, 1, 1, 2});
}
