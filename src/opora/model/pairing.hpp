#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// From which municipality a leader may come.
enum class LeaderPlace : std::uint8_t { anywhere, same_municipality, other_municipality };

/// What a pair must keep to. Every limit is a visible parameter; none of the numbers stands in a
/// source document («similar social conditions», «much higher results»).
struct PairingLimits {
    /// Largest context distance of a pair, in standard deviations of a condition.
    double caliper = 1.0;
    /// Smallest gap of results, leader minus school, in standard deviations of pupils.
    double gap_min = 0.3;
    /// Smallest gap in its own standard errors.
    double gap_z_min = 1.96;
    /// Smallest result of a leader; 0 is the mean of the store. std::nullopt: any.
    std::optional<double> leader_result_min = 0.0;
    std::int32_t capacity = 2;  ///< Schools that one leader supports.
    LeaderPlace place = LeaderPlace::anywhere;
    /// Longest way between the two, in km, by the upper bound that is known; std::nullopt: no
    /// limit.
    std::optional<std::int32_t> travel_km_max;
    /// Whether a pair may stand whose way is not known, where there is a limit.
    bool unknown_way_allowed = false;
    /// Smallest part of the weight of conditions that both schools must have stated.
    double shared_min = 0.75;
};

/// What keeps two schools from being a pair; the first that applies.
enum class PairBar : std::uint8_t {
    none,
    leader_listed,    ///< The leader is itself on the list.
    leader_unjudged,  ///< The methodology has too little of its data for a verdict.
    leader_marked,    ///< Signs of non-objective results.
    leader_closed,    ///< Closed, or about to be.
    no_result,        ///< One of the two has no results in the year.
    leader_low,       ///< Results of the leader below the limit.
    other_kind,       ///< Does not teach the grades of the school, or of another special type.
    not_comparable,   ///< Too few conditions known to both.
    outside_caliper,  ///< Conditions too different.
    not_higher,       ///< The gap is too small or not significant.
    other_place,      ///< Municipality.
    too_far,          ///< The way is too long.
    way_unknown,      ///< The way is not known and there is a limit.
};

/// How a pair came to be.
enum class PairState : std::uint8_t { proposed, pinned };

/// A school and the leader that is to support it.
struct Pair {
    SchoolId school;
    SchoolId leader;
    PairState state = PairState::proposed;
    std::optional<double> distance;  ///< Context distance.
    std::optional<double> gap;       ///< Results of the leader minus those of the school.
    std::optional<double> gap_z;     ///< The gap in its standard errors.
    bool same_municipality = false;
    std::optional<std::int32_t> way_km_max;  ///< The way is not longer than this.
    PairBar bar = PairBar::none;  ///< The first condition that a pinned pair does not keep.

    friend bool operator==(const Pair&, const Pair&) = default;
};

/// Why a school stays without a leader.
enum class UnpairedReason : std::uint8_t {
    no_result,        ///< Its own results of the year are not known.
    no_context,       ///< Too little of its own conditions is known.
    no_leaders,       ///< No school in the store may be a leader.
    outside_caliper,  ///< Nobody in comparable conditions.
    none_higher,      ///< Nobody of those has much higher results.
    none_near,        ///< Nobody of those is where it may be.
    banned,           ///< All of those were ruled out by people.
    at_capacity,      ///< All of those support as many schools as they may.
};

/// A school without a leader, with how many schools are left after each condition.
struct UnpairedSchool {
    SchoolId school;
    UnpairedReason reason = UnpairedReason::no_leaders;
    std::int64_t leaders = 0;     ///< May be leaders of somebody.
    std::int64_t comparable = 0;  ///< Of those, of the same kind and within the caliper.
    std::int64_t higher = 0;      ///< Of those, with much higher results.
    std::int64_t near = 0;        ///< Of those, where a leader may be.

    friend bool operator==(const UnpairedSchool&, const UnpairedSchool&) = default;
};

/// A leader of the proposal.
struct LeaderLoad {
    SchoolId leader;
    std::int32_t schools = 0;
    std::int32_t capacity = 0;
    /// How much shorter the sum of distances were with one place more.
    double price = 0;
    bool pairs_another = false;  ///< One place more would give a leader to one school more.

    friend bool operator==(const LeaderLoad&, const LeaderLoad&) = default;
};

/// The proof that nothing better exists: whole numbers, millionths of a standard deviation.
struct PairingProof {
    std::int64_t paired = 0;         ///< Pairs beside the pinned ones: as many as possible.
    std::int64_t cost = 0;           ///< Sum of their distances.
    std::int64_t bound = 0;          ///< No set of as many pairs has a smaller sum.
    std::int64_t greedy_paired = 0;  ///< What taking the closest pair first would give.
    std::int64_t greedy_cost = 0;

    friend bool operator==(const PairingProof&, const PairingProof&) = default;
};

/// Who should support whom: a proposal that people may edit by pins and bans.
struct PairingProposal {
    SchoolYear year;
    PairingLimits limits;
    std::vector<Pair> pairs;               ///< By school.
    std::vector<UnpairedSchool> unpaired;  ///< By school.
    std::vector<LeaderLoad> leaders;       ///< By leader.
    PairingProof proof;
};

/// What the withdrawal of one school or leader does to a proposal.
struct WithdrawalEffect {
    SchoolId withdrawn;
    bool leader = false;          ///< Of the proposal; otherwise one of its weak schools.
    std::int64_t moved = 0;       ///< Other schools that get another leader.
    std::int64_t left_alone = 0;  ///< Other schools that had a leader and have none.
    std::int64_t won = 0;         ///< Other schools that had no leader and have one.
    double cost_change = 0;       ///< Of the sum of distances of the others.

    friend bool operator==(const WithdrawalEffect&, const WithdrawalEffect&) = default;
};

std::string_view code(PairBar bar);
std::string_view title(PairBar bar);
std::string_view code(PairState state);
std::string_view title(PairState state);
std::string_view code(UnpairedReason reason);
std::string_view title(UnpairedReason reason);

}  // namespace opora::model
