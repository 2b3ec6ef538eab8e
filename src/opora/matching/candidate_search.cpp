#include "opora/matching/candidate_search.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/base/parallel.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::matching {

using model::PairBar;
using statistics::NearPoint;

Cost cost_of_distance(double distance) { return std::llround(distance * cost_units); }

CandidateSearch::CandidateSearch(std::vector<PairingSchool> schools, std::vector<double> weights,
                                 const model::PairingLimits& limits)
    : schools_{std::move(schools)}, weights_{std::move(weights)}, limits_{limits} {
    OPORA_EXPECTS(!weights_.empty());
    std::ranges::sort(schools_, {}, &PairingSchool::id);
    for (const PairingSchool& school : schools_) {
        OPORA_EXPECTS(school.conditions.size() == weights_.size());
    }
    standardise();
    std::vector<std::optional<double>> coordinates;
    for (std::uint32_t i = 0; i < schools_.size(); ++i) {
        if (!may_lead(i) || capacity(i) == 0) continue;
        leaders_.push_back(i);
        const auto own = point(i);
        coordinates.insert(coordinates.end(), own.begin(), own.end());
    }
    leader_points_.emplace(coordinates, weights_, limits_.shared_min);
    lists_.resize(schools_.size());
}

void CandidateSearch::standardise() {
    points_.resize(schools_.size() * weights_.size());
    std::vector<double> known;
    for (std::size_t field = 0; field < weights_.size(); ++field) {
        known.clear();
        for (const PairingSchool& school : schools_) {
            if (school.conditions[field]) known.push_back(*school.conditions[field]);
        }
        const double deviation = known.size() < 2 ? 0 : statistics::standard_deviation(known);
        if (!(deviation > 0)) {
            if (weights_[field] > 0) idle_.push_back(field);
            weights_[field] = 0;
            continue;
        }
        for (std::size_t i = 0; i < schools_.size(); ++i) {
            const auto& value = schools_[i].conditions[field];
            if (value) points_[i * weights_.size() + field] = *value / deviation;
        }
    }
}

statistics::PartialPoints::Coordinates CandidateSearch::point(std::uint32_t school) const {
    return std::span{points_}.subspan(school * weights_.size(), weights_.size());
}

std::optional<std::uint32_t> CandidateSearch::find(const model::SchoolId& id) const {
    const auto place = std::ranges::lower_bound(schools_, id, {}, &PairingSchool::id);
    if (place == schools_.end() || place->id != id) return std::nullopt;
    return static_cast<std::uint32_t>(place - schools_.begin());
}

std::int32_t CandidateSearch::capacity(std::uint32_t leader) const {
    return schools_[leader].capacity.value_or(limits_.capacity);
}

PairBar CandidateSearch::leader_bar(std::uint32_t leader) const {
    const PairingSchool& school = schools_[leader];
    if (school.listed) return PairBar::leader_listed;
    if (school.unjudged) return PairBar::leader_unjudged;
    if (school.marked) return PairBar::leader_marked;
    if (school.closed) return PairBar::leader_closed;
    if (!school.result) return PairBar::no_result;
    if (limits_.leader_result_min && school.result->value < *limits_.leader_result_min) {
        return PairBar::leader_low;
    }
    return PairBar::none;
}

bool CandidateSearch::may_lead(std::uint32_t leader) const {
    return leader_bar(leader) == PairBar::none;
}

bool CandidateSearch::same_kind(std::uint32_t school, std::uint32_t leader) const {
    const PairingSchool& own = schools_[school];
    const PairingSchool& other = schools_[leader];
    return own.special_type == other.special_type && other.grade_low <= own.grade_low &&
           own.grade_high <= other.grade_high;
}

/// z >= limit without the division: gap >= limit * standard error of the gap.
bool CandidateSearch::much_higher(std::uint32_t school, std::uint32_t leader) const {
    const auto& own = schools_[school].result;
    const auto& other = schools_[leader].result;
    if (!own || !other) return false;
    const double gap = other->value - own->value;
    const double error = std::sqrt(own->standard_error * own->standard_error +
                                   other->standard_error * other->standard_error);
    return gap >= limits_.gap_min && gap >= limits_.gap_z_min * error && gap > 0;
}

bool CandidateSearch::same_municipality(std::uint32_t school, std::uint32_t leader) const {
    const std::uint32_t own = schools_[school].municipality;
    return own != UINT32_MAX && own == schools_[leader].municipality;
}

std::optional<std::int32_t> CandidateSearch::way_km_max(std::uint32_t school,
                                                        std::uint32_t leader) const {
    const auto& own = schools_[school].distance_km;
    const auto& other = schools_[leader].distance_km;
    if (!same_municipality(school, leader) || !own || !other) return std::nullopt;
    return *own + *other;
}

PairBar CandidateSearch::place_bar(std::uint32_t school, std::uint32_t leader) const {
    const bool same = same_municipality(school, leader);
    switch (limits_.place) {
        case model::LeaderPlace::anywhere:
            break;
        case model::LeaderPlace::same_municipality:
            if (!same) return PairBar::other_place;
            break;
        case model::LeaderPlace::other_municipality:
            if (same) return PairBar::other_place;
            break;
    }
    if (!limits_.travel_km_max) return PairBar::none;
    const auto way = way_km_max(school, leader);
    if (!way) return limits_.unknown_way_allowed ? PairBar::none : PairBar::way_unknown;
    return *way > *limits_.travel_km_max ? PairBar::too_far : PairBar::none;
}

PairBar CandidateSearch::pair_bar(std::uint32_t school, std::uint32_t leader) const {
    if (!same_kind(school, leader)) return PairBar::other_kind;
    if (!schools_[school].result) return PairBar::no_result;
    if (!much_higher(school, leader)) return PairBar::not_higher;
    return place_bar(school, leader);
}

std::optional<double> CandidateSearch::distance(std::uint32_t school, std::uint32_t leader) const {
    return leader_points_->distance(point(school), point(leader));
}

PairBar CandidateSearch::bar(std::uint32_t school, std::uint32_t leader) const {
    if (const PairBar own = leader_bar(leader); own != PairBar::none) return own;
    if (!same_kind(school, leader)) return PairBar::other_kind;
    if (!schools_[school].result) return PairBar::no_result;
    const auto apart = distance(school, leader);
    if (!apart) return PairBar::not_comparable;
    if (*apart > limits_.caliper) return PairBar::outside_caliper;
    if (!much_higher(school, leader)) return PairBar::not_higher;
    return place_bar(school, leader);
}

bool CandidateSearch::conditions_known(std::uint32_t school) const {
    return leader_points_->distance(point(school), point(school)).has_value();
}

Cost CandidateSearch::cost_max() const { return cost_of_distance(limits_.caliper) + 1; }

CandidateList CandidateSearch::found(std::uint32_t school, std::size_t count) const {
    CandidateList list;
    list.leaders =
        leader_points_->nearest(point(school), count, limits_.caliper, [&](std::uint32_t number) {
            const std::uint32_t leader = leaders_[number];
            return leader != school && pair_bar(school, leader) == PairBar::none;
        });
    list.complete = list.leaders.size() < count;
    for (NearPoint& one : list.leaders) {
        one.point = leaders_[one.point];
        list.costs.push_back(cost_of_distance(one.distance));
    }
    return list;
}

const CandidateList& CandidateSearch::candidates(std::uint32_t school, std::size_t count) {
    auto& list = lists_[school];
    if (!list || (!list->complete && list->leaders.size() < count)) list = found(school, count);
    return *list;
}

void CandidateSearch::prepare(std::span<const std::uint32_t> schools, std::size_t count) {
    constexpr std::size_t worth_a_thread = 32;
    base::in_parallel(schools.size(), worth_a_thread, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) candidates(schools[i], count);
    });
}

}  // namespace opora::matching
