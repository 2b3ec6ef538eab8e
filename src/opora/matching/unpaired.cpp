#include "opora/matching/unpaired.hpp"

namespace opora::matching {

namespace {

using model::PairBar;
using model::UnpairedReason;

UnpairedReason reason_of(const CandidateSearch& search, std::uint32_t school,
                         const model::UnpairedSchool& left, std::int64_t allowed) {
    if (!search.schools()[school].result) return UnpairedReason::no_result;
    if (left.leaders == 0) return UnpairedReason::no_leaders;
    if (!search.conditions_known(school)) return UnpairedReason::no_context;
    if (left.comparable == 0) return UnpairedReason::outside_caliper;
    if (left.higher == 0) return UnpairedReason::none_higher;
    if (left.near == 0) return UnpairedReason::none_near;
    return allowed == 0 ? UnpairedReason::banned : UnpairedReason::at_capacity;
}

}  // namespace

model::UnpairedSchool unpaired(const CandidateSearch& search, std::uint32_t school,
                               const std::function<bool(std::uint32_t)>& allowed) {
    model::UnpairedSchool result{.school = search.schools()[school].id};
    std::int64_t left = 0;
    for (std::uint32_t leader = 0; leader < search.schools().size(); ++leader) {
        if (leader == school || !search.may_lead(leader)) continue;
        ++result.leaders;
        switch (search.bar(school, leader)) {
            case PairBar::none:
                ++result.near;
                left += allowed(leader) ? 1 : 0;
                [[fallthrough]];
            case PairBar::other_place:
            case PairBar::too_far:
            case PairBar::way_unknown:
                ++result.higher;
                [[fallthrough]];
            case PairBar::not_higher:
                ++result.comparable;
                break;
            case PairBar::leader_listed:
            case PairBar::leader_unjudged:
            case PairBar::leader_marked:
            case PairBar::leader_closed:
            case PairBar::no_result:
            case PairBar::leader_low:
            case PairBar::other_kind:
            case PairBar::not_comparable:
            case PairBar::outside_caliper:
                break;
        }
    }
    result.reason = reason_of(search, school, result, left);
    return result;
}

}  // namespace opora::matching
