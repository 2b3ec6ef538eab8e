#include "opora/matching/propose.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

using namespace opora;
using namespace opora::matching;
using model::PairBar;

namespace {

/// A school at a point of one condition with a sure result.
PairingSchool school(const std::string& id, double condition, double result) {
    return {.id = {id},
            .conditions = {condition},
            .result = Estimate{result, 0.05},
            .municipality = 1,
            .distance_km = 10};
}

PairingSchool weak(const std::string& id, double condition) {
    PairingSchool result = school(id, condition, -1);
    result.listed = true;
    return result;
}

/// Conditions in units of their own deviation: the limits of a test speak in the same units.
CandidateSearch search_of(std::vector<PairingSchool> schools,
                          const model::PairingLimits& limits = {}) {
    return {std::move(schools), {1.0}, limits};
}

PairingRequest for_weak(const std::vector<PairingSchool>& schools) {
    PairingRequest request;
    for (const PairingSchool& one : schools) {
        if (one.listed) request.schools.push_back(one.id);
    }
    return request;
}

std::string pairs_of(const model::PairingProposal& proposal) {
    std::string text;
    for (const model::Pair& pair : proposal.pairs) {
        text +=
            fmt::format("{}{}={}", text.empty() ? "" : " ", pair.school.value, pair.leader.value);
        if (pair.state == model::PairState::pinned) text += "!";
    }
    for (const model::UnpairedSchool& one : proposal.unpaired) {
        text += fmt::format("{}{}:{}", text.empty() ? "" : " ", one.school.value,
                            model::code(one.reason));
    }
    return text;
}

std::string propose_for(const std::vector<PairingSchool>& schools,
                        const model::PairingLimits& limits = {}, PairingRequest request = {}) {
    CandidateSearch search = search_of(schools, limits);
    if (request.schools.empty()) request.schools = for_weak(schools).schools;
    return pairs_of(propose(search, request));
}

/// A territory of schools with two conditions, some unknown.
std::vector<PairingSchool> territory(std::uint64_t seed, int count) {
    std::vector<PairingSchool> schools;
    for (int i = 0; i < count; ++i) {
        statistics::Random random{seed, statistics::text_key("school"), std::uint64_t(i)};
        PairingSchool one{.id = {fmt::format("{:04}", i)},
                          .conditions = {random.normal(), random.normal()}};
        if (random.chance(0.1)) one.conditions[1].reset();
        one.listed = random.chance(0.3);
        one.result = Estimate{one.listed ? random.uniform(-1.2, -0.6) : random.uniform(-0.4, 0.6),
                              random.uniform(0.03, 0.15)};
        if (random.chance(0.05)) one.result.reset();
        one.marked = random.chance(0.1);
        one.municipality = static_cast<std::uint32_t>(random.between(0, 3));
        one.distance_km = random.between(1, 40);
        schools.push_back(std::move(one));
    }
    return schools;
}

}  // namespace

TEST_CASE("a school gets the leader in the most similar conditions") {
    const std::vector schools{weak("w", 0), school("near", 0.1, 0.5), school("far", 0.9, 0.5),
                              school("x", 2, 0.5)};
    CHECK(propose_for(schools) == "w=near");
}

TEST_CASE("each limit has its reason, and both sides of its border") {
    // Five schools whose conditions deviate by exactly 1: 0, 0, then ±sqrt(2).
    const double far = std::sqrt(2.0);
    const auto with = [&](PairingSchool leader, const model::PairingLimits& limits = {}) {
        return propose_for(
            {weak("w", 0), std::move(leader), weak("p", far), weak("q", -far), weak("z", 0)},
            limits, {.schools = {{"w"}}});
    };
    const PairingSchool leader = school("a", 0, 0.5);
    CHECK(with(leader) == "w=a");

    PairingSchool changed = leader;
    changed.conditions[0].reset();
    CHECK(with(changed) == "w:outside_caliper");
    changed = leader;
    changed.result.reset();
    CHECK(with(changed) == "w:no_leaders");
    changed = leader;
    changed.marked = true;
    CHECK(with(changed) == "w:no_leaders");
    changed = leader;
    changed.listed = true;
    CHECK(with(changed) == "w:no_leaders");
    changed = leader;
    changed.unjudged = true;
    CHECK(with(changed) == "w:no_leaders");
    changed = leader;
    changed.closed = true;
    CHECK(with(changed) == "w:no_leaders");
    changed = leader;
    changed.capacity = 0;
    CHECK(with(changed) == "w:at_capacity");
    changed = leader;
    changed.grade_high = 9;
    CHECK(with(changed) == "w:outside_caliper");
    changed = leader;
    changed.special_type = 1;
    CHECK(with(changed) == "w:outside_caliper");
    changed = leader;
    changed.result = Estimate{-0.01, 0.05};
    CHECK(with(changed) == "w:no_leaders");
    CHECK(with(changed, {.leader_result_min = std::nullopt}) == "w=a");

    // The gap is 1.5; its error sqrt(0.05² + 0.05²) = 0.0707.
    CHECK(with(leader, {.gap_min = 1.5}) == "w=a");
    CHECK(with(leader, {.gap_min = 1.51}) == "w:none_higher");
    CHECK(with(leader, {.gap_z_min = 21.2}) == "w=a");
    CHECK(with(leader, {.gap_z_min = 21.3}) == "w:none_higher");

    using enum model::LeaderPlace;
    CHECK(with(leader, {.place = same_municipality}) == "w=a");
    CHECK(with(leader, {.place = other_municipality}) == "w:none_near");
    CHECK(with(leader, {.travel_km_max = 20}) == "w=a");
    CHECK(with(leader, {.travel_km_max = 19}) == "w:none_near");
    changed = leader;
    changed.municipality = 2;
    CHECK(with(changed, {.place = same_municipality}) == "w:none_near");
    CHECK(with(changed, {.place = other_municipality}) == "w=a");
    CHECK(with(changed, {.travel_km_max = 1000}) == "w:none_near");
    CHECK(with(changed, {.travel_km_max = 1000, .unknown_way_allowed = true}) == "w=a");
    changed = leader;
    changed.distance_km.reset();
    CHECK(with(changed, {.travel_km_max = 1000}) == "w:none_near");
}

TEST_CASE("the caliper: a pair at it stands, a pair beyond it does not") {
    // The deviation of 0, 1, 2 is 1: the leader is at a distance of exactly 1.
    const std::vector schools{weak("w", 0), school("a", 1, 0.5), weak("z", 2)};
    CHECK(propose_for(schools, {.caliper = 1.0}, {.schools = {{"w"}}}) == "w=a");
    CHECK(propose_for(schools, {.caliper = 0.999}, {.schools = {{"w"}}}) == "w:outside_caliper");
}

TEST_CASE("a school without results or without known conditions says so") {
    std::vector schools{weak("w", 0), school("a", 0, 0.5), school("b", 1, 0.5)};
    schools[0].result.reset();
    CHECK(propose_for(schools) == "w:no_result");
    schools = {weak("w", 0), school("a", 0, 0.5), school("b", 1, 0.5)};
    schools[0].conditions[0].reset();
    CHECK(propose_for(schools) == "w:no_context");
}

TEST_CASE("conditions that are the same everywhere tell nobody apart") {
    const std::vector schools{weak("w", 3), school("a", 3, 0.5)};
    CandidateSearch search = search_of(schools);
    CHECK(search.idle_conditions().size() == 1);
    CHECK(pairs_of(propose(search, for_weak(schools))) == "w:no_context");
    CHECK(propose_for({weak("w", 3)}) == "w:no_leaders");
    CandidateSearch nobody = search_of({});
    CHECK(propose(nobody, {}).pairs.empty());
}

TEST_CASE("as many schools as possible get a leader, then the closest") {
    const std::vector schools{weak("v", 0.5),        weak("w", 0),        school("a", 0.1, 0.5),
                              school("b", 0.9, 0.5), school("y", 3, 0.5), school("z", -3, 0.5)};
    CHECK(propose_for(schools, {.capacity = 1}) == "v=b w=a");
    CHECK(propose_for(schools, {.capacity = 2}) == "v=a w=a");
    CHECK(propose_for(schools, {.capacity = 0}) == "v:at_capacity w:at_capacity");
}

TEST_CASE("pins stand, bans do not, and the rest is found around them") {
    const std::vector schools{weak("v", 0.5),        weak("w", 0),        school("a", 0.1, 0.5),
                              school("b", 0.9, 0.5), school("y", 3, 0.5), school("z", -3, 0.5)};
    const auto with = [&](std::vector<NamedPair> pins, std::vector<NamedPair> bans) {
        PairingRequest request = for_weak(schools);
        request.pins = std::move(pins);
        request.bans = std::move(bans);
        return propose_for(schools, {.capacity = 1}, request);
    };
    CHECK(with({{{"v"}, {"a"}}}, {}) == "v=a! w=b");
    CHECK(with({{{"w"}, {"z"}}}, {}) == "v=a w=z!");
    CHECK(with({}, {{{"w"}, {"a"}}}) == "v=a w=b");
    CHECK(with({}, {{{"w"}, {"a"}}, {{"w"}, {"b"}}}) == "v=a w:banned");
    CHECK(with({{{"v"}, {"a"}}}, {{{"w"}, {"b"}}}) == "v=a! w:at_capacity");
}

TEST_CASE("a pinned pair tells which limit it does not keep") {
    const std::vector schools{weak("w", 0), school("a", 0.1, 0.5), school("z", 3, 0.5),
                              school("low", 0.1, -0.9)};
    CandidateSearch search = search_of(schools);
    const auto bar = [&](const std::string& leader) {
        return propose(search, {.schools = {{"w"}}, .pins = {{{"w"}, {leader}}}}).pairs[0].bar;
    };
    CHECK(bar("a") == PairBar::none);
    CHECK(bar("z") == PairBar::outside_caliper);
    CHECK(bar("low") == PairBar::leader_low);
}

TEST_CASE("requests that cannot be carried out are refused with a reason") {
    const std::vector schools{weak("v", 0.5), weak("w", 0), school("a", 0.1, 0.5),
                              school("b", 0.9, 0.5)};
    const CandidateSearch search = search_of(schools, {.capacity = 1});
    const auto codes = [&](const PairingRequest& request) {
        std::string text;
        for (const base::Error& error : troubles(search, request)) text += error.code + " ";
        return text;
    };
    const PairingRequest sound = for_weak(schools);
    CHECK(codes(sound).empty());
    const auto with_pins = [&](std::vector<NamedPair> pins) {
        PairingRequest request = sound;
        request.pins = std::move(pins);
        return codes(request);
    };
    CHECK(codes({.schools = {{"?"}}}) == "pair_school_unknown ");
    CHECK(with_pins({{{"v"}, {"?"}}}) == "pair_school_unknown ");
    CHECK(with_pins({{{"v"}, {"v"}}}) == "pair_itself ");
    CHECK(with_pins({{{"v"}, {"a"}}, {{"v"}, {"b"}}}) == "pair_two_leaders ");
    CHECK(with_pins({{{"v"}, {"a"}}, {{"v"}, {"a"}}}).empty());
    CHECK(with_pins({{{"a"}, {"b"}}}) == "pair_not_weak ");
    CHECK(with_pins({{{"v"}, {"a"}}, {{"w"}, {"a"}}}) == "pair_no_place ");
    PairingRequest both = sound;
    both.pins = both.bans = {{{"v"}, {"a"}}};
    CHECK(codes(both) == "pair_banned ");
    PairingRequest gone = sound;
    gone.pins = {{{"v"}, {"a"}}};
    gone.withdrawn = {{"a"}};
    CHECK(codes(gone) == "pair_withdrawn ");
}

TEST_CASE("a withdrawal moves only whom it must") {
    const std::vector schools{weak("v", 0.5),        weak("w", 0),        school("a", 0.1, 0.5),
                              school("b", 0.9, 0.5), school("y", 3, 0.5), school("z", -3, 0.5)};
    CandidateSearch search = search_of(schools, {.capacity = 1});
    const PairingRequest request = for_weak(schools);
    const auto proposal = propose(search, request);
    REQUIRE(pairs_of(proposal) == "v=b w=a");
    const auto effects = withdrawal_effects(search, request, proposal);
    REQUIRE(effects.size() == 4);
    CHECK(effects[0].withdrawn.value == "v");
    CHECK(effects[0].moved == 0);
    CHECK(effects[1].withdrawn.value == "w");  // Its place lets v move to the closer leader.
    CHECK(effects[1].moved == 1);
    CHECK(effects[2].withdrawn.value == "a");
    CHECK(effects[2].leader);
    CHECK(effects[2].moved == 0);
    CHECK(effects[2].left_alone == 1);
    CHECK(effects[3].withdrawn.value == "b");
    CHECK(effects[3].left_alone == 1);
}

TEST_CASE("the order of schools changes nothing, nor how many candidates are looked at first") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        std::vector<PairingSchool> schools = territory(seed, 60);
        const model::PairingLimits limits{.caliper = 0.8, .capacity = 1, .shared_min = 0.5};
        CandidateSearch search{schools, {1, 1}, limits};
        const auto proposal = propose(search, for_weak(schools));
        CHECK(proposal.proof.cost == proposal.proof.bound);
        CHECK(proposal.proof.greedy_paired <= proposal.proof.paired);

        statistics::Random random{seed, statistics::text_key("shuffle")};
        for (std::size_t i = schools.size(); i > 1; --i) {
            std::swap(schools[i - 1],
                      schools[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
        }
        CandidateSearch shuffled{schools, {1, 1}, limits};
        PairingRequest request = for_weak(schools);
        request.candidates_first = static_cast<std::size_t>(random.between(1, 5));
        const auto again = propose(shuffled, request);
        CHECK(again.pairs == proposal.pairs);
        CHECK(again.unpaired == proposal.unpaired);
        CHECK(again.proof.cost == proposal.proof.cost);
        CHECK(again.proof.bound == proposal.proof.bound);
    }
}

TEST_CASE("pinning what was proposed changes nothing") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const std::vector<PairingSchool> schools = territory(seed, 50);
        CandidateSearch search{schools, {1, 1}, {.caliper = 1.0, .capacity = 1}};
        PairingRequest request = for_weak(schools);
        const auto proposal = propose(search, request);
        for (std::size_t i = 0; i < proposal.pairs.size(); i += 2) {
            request.pins.push_back({proposal.pairs[i].school, proposal.pairs[i].leader});
        }
        const auto again = propose(search, request);
        REQUIRE(again.pairs.size() == proposal.pairs.size());
        for (std::size_t i = 0; i < again.pairs.size(); ++i) {
            CHECK(again.pairs[i].leader == proposal.pairs[i].leader);
        }
    }
}
