#include "opora/rules/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace opora::rules {

namespace {

/// One object's value in the order of its group; the exact value is fetched only where the fast one
/// does not decide.
struct RankEntry {
    std::uint32_t group = 0;
    indicators::CandidateNumber candidate = 0;
    Approximate value;
    std::optional<base::Rational> exact;
};

}  // namespace

Rank TerritoryRanks::rank(NodeNumber node, model::SchoolYear year,
                          const std::vector<indicators::ProcedureNumber>& bound,
                          indicators::CandidateNumber candidate) const {
    RankCache& cache = *program_.rank_cache;
    const std::lock_guard lock{cache.mutex};
    const RankCache::Key key{node, year.ending, bound};
    auto found = cache.ranks.find(key);
    if (found == cache.ranks.end()) {
        found = cache.ranks.emplace(key, compute(program_.nodes[node], year, bound)).first;
    }
    return found->second[candidate];
}

std::vector<Rank> TerritoryRanks::compute(
    const Node& node, model::SchoolYear year,
    const std::vector<indicators::ProcedureNumber>& bound) const {
    const NodeNumber body = program_.parts[node.parts];
    const auto count = program_.evidence->candidates().size();
    NoTrace silent;
    Evaluator<Approximate> fast{program_, *this, silent};
    Evaluator<base::Rational> exact{program_, *this, silent};

    const auto exact_value = [&](indicators::CandidateNumber candidate) {
        exact.start(candidate);
        exact.start_in(year, bound);
        return exact.number(body);
    };
    std::vector<RankEntry> entries;
    for (indicators::CandidateNumber i = 0; i < count; ++i) {
        const std::uint32_t group = rank_group(program_, node, i);
        if (program_.ranked[i] == 0 || group == indicators::nothing) continue;
        fast.start(i);
        fast.start_in(year, bound);
        const Value<Approximate> value = fast.number(body);
        if (fast.undecided()) {
            const auto certain = exact_value(i);
            if (!certain.known() || certain.ranged) continue;
            const double near = to_double(certain.low);
            entries.push_back({group, i, {near, std::fabs(near) * 0x1p-50, 0, 0}, certain.low});
        } else if (value.known() && !value.ranged) {
            entries.push_back({group, i, value.low, std::nullopt});
        }
    }
    const auto order = [&](RankEntry& left, RankEntry& right) {
        if (const auto decided = compare(left.value, right.value)) return *decided;
        if (!left.exact) left.exact = exact_value(left.candidate).low;
        if (!right.exact) right.exact = exact_value(right.candidate).low;
        return compare(*left.exact, *right.exact).value_or(0);
    };
    std::vector<RankEntry*> sorted;
    for (RankEntry& entry : entries) sorted.push_back(&entry);
    std::ranges::sort(sorted, [&](RankEntry* left, RankEntry* right) {
        if (left->group != right->group) return left->group < right->group;
        const int sign = order(*left, *right);
        return sign != 0 ? sign < 0 : left->candidate < right->candidate;
    });

    std::vector<Rank> ranks(count);
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin;
        while (end < sorted.size() && sorted[end]->group == sorted[begin]->group) ++end;
        for (std::size_t first = begin; first < end;) {
            std::size_t last = first + 1;
            while (last < end && order(*sorted[first], *sorted[last]) == 0) ++last;
            for (std::size_t i = first; i < last; ++i) {
                ranks[sorted[i]->candidate] = {true, static_cast<std::uint32_t>(first - begin),
                                               static_cast<std::uint32_t>(last - first),
                                               static_cast<std::uint32_t>(end - begin)};
            }
            first = last;
        }
        begin = end;
    }
    return ranks;
}

}  // namespace opora::rules
