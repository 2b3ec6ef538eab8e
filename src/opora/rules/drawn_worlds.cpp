#include "opora/rules/drawn_worlds.hpp"

#include <algorithm>
#include <tuple>

#include "opora/base/parallel.hpp"

namespace opora::rules {

namespace {

using indicators::CandidateNumber;
using statistics::lanes;

constexpr std::size_t worth_a_thread = 64;

/// The ranked value of one point after another.
class RankedValue {
public:
    RankedValue(const Program& program, const RankSource& ranks, const RankCache::Key& key,
                const DrawnPoint& point)
        : point_{point},
          key_{key},
          body_{program.parts[program.nodes[std::get<NodeNumber>(key)].parts]},
          fast_{program, ranks, silent_, {&point, program.evidence}},
          exact_{program, ranks, silent_, {&point, program.evidence}} {}

    std::optional<double> now() {
        const Value<Approximate> value = started(fast_).number(body_);
        if (!fast_.undecided()) {
            return value.known() && !value.ranged ? std::optional{value.low.value} : std::nullopt;
        }
        const Value<base::Rational> exact = started(exact_).number(body_);
        return exact.known() && !exact.ranged ? std::optional{to_double(exact.low)} : std::nullopt;
    }

private:
    template <class OneEvaluator>
    OneEvaluator& started(OneEvaluator& evaluator) const {
        evaluator.start(point_.candidate);
        evaluator.start_in({std::get<int>(key_)}, std::get<2>(key_));
        return evaluator;
    }

    const DrawnPoint& point_;
    const RankCache::Key& key_;
    NodeNumber body_;
    NoTrace silent_;
    Evaluator<Approximate, NoTrace, DrawnValues> fast_;
    Evaluator<base::Rational, NoTrace, DrawnValues> exact_;
};

}  // namespace

bool reads_draws(const Program& program, NodeNumber number) {
    const Node& node = program.nodes[number];
    const auto* participants = indicators::find_procedure_indicator("participants");
    if (node.operation == Operation::indicator && node.indicator != participants) return true;
    for (std::uint32_t i = 0; i < node.part_count; ++i) {
        if (reads_draws(program, program.parts[node.parts + i])) return true;
    }
    return false;
}

DrawnWorlds::DrawnWorlds(const Program& program, const std::array<bool, drawn_indicators>& drawn,
                         std::size_t blocks, std::function<Drawer()> drawers, unsigned threads)
    : program_{program}, blocks_{blocks}, drawers_{std::move(drawers)}, threads_{threads} {
    make_totals(drawn);
    // What the measured values were ranked by, the drawn ones will be ranked by as well.
    for (const auto& [key, ranks] : program.rank_cache->ranks) {
        if (reads_draws(program, std::get<NodeNumber>(key))) orders_[key] = make_orders(key);
    }
}

void DrawnWorlds::make_totals(const std::array<bool, drawn_indicators>& drawn) {
    totals_ = empty_totals(program_, drawn, worlds());
    const bool any = std::ranges::any_of(
        totals_.tables, [](const auto& table) { return !table.denominators.empty(); });
    if (!any) return;
    base::in_parallel(
        program_.evidence->candidates().size(), worth_a_thread,
        [&](std::size_t begin, std::size_t end) {
            const Drawer draw = drawers_();
            DrawnTotals part = empty_totals(program_, drawn, worlds());
            for (std::size_t i = begin; i < end; ++i) {
                const auto candidate = static_cast<CandidateNumber>(i);
                for (std::size_t block = 0; block < blocks_; ++block) {
                    add_to_totals(program_, candidate, draw(candidate, block), block * lanes, part);
                }
            }
            const std::lock_guard lock{mutex_};
            add_totals(part, totals_);
        },
        threads_);
}

Rank DrawnWorlds::rank(const RankCache::Key& key, const DrawnPoint& point) {
    const Node& node = program_.nodes[std::get<NodeNumber>(key)];
    const std::uint32_t group = rank_group(program_, node, point.candidate);
    if (program_.ranked[point.candidate] == 0 || group == indicators::nothing) return {};
    const Order& order = orders(key)[point.world];
    const std::uint32_t place = order.place[point.candidate];
    if (point.now == point.in_world) {
        return place == none ? Rank{} : rank_at(order, group, place);
    }
    const WorldRanks ranks{program_, this, point};
    const auto value = RankedValue{program_, ranks, key, point}.now();
    if (!value) return {};
    // The judged draw takes the place of the candidate's own in the world.
    Rank rank = rank_in(order, group, *value);
    if (place != none) {
        if (order.values[place] < *value) --rank.less;
        if (order.values[place] == *value) --rank.equal;
        --rank.group;
    }
    ++rank.equal;
    ++rank.group;
    return rank;
}

/// Of a value among those of a group.
Rank DrawnWorlds::rank_in(const Order& order, std::uint32_t group, double value) {
    const auto all = std::span{order.values}.subspan(order.begin[group],
                                                     order.begin[group + 1] - order.begin[group]);
    const auto [first, last] = std::ranges::equal_range(all, value);
    return {.known = true,
            .less = static_cast<std::uint32_t>(first - all.begin()),
            .equal = static_cast<std::uint32_t>(last - first),
            .group = static_cast<std::uint32_t>(all.size())};
}

/// The same of a value whose place is known: mostly nobody else has it.
Rank DrawnWorlds::rank_at(const Order& order, std::uint32_t group, std::uint32_t place) {
    const double value = order.values[place];
    const std::uint32_t begin = order.begin[group];
    const std::uint32_t end = order.begin[group + 1];
    const bool shared = (place > begin && order.values[place - 1] == value) ||
                        (place + 1 < end && order.values[place + 1] == value);
    if (shared) return rank_in(order, group, value);
    return {.known = true, .less = place - begin, .equal = 1, .group = end - begin};
}

/// Two threads may make the same orders at once; they come out the same, and the first stay.
const DrawnWorlds::Orders& DrawnWorlds::orders(const RankCache::Key& key) {
    const auto known = orders_.find(key);
    if (known != orders_.end()) return known->second;
    {
        const std::lock_guard lock{mutex_};
        const auto found = later_.find(key);
        if (found != later_.end()) return found->second;
    }
    Orders made = make_orders(key);
    const std::lock_guard lock{mutex_};
    return later_.try_emplace(key, std::move(made)).first->second;
}

DrawnWorlds::Orders DrawnWorlds::make_orders(const RankCache::Key& key) {
    const std::size_t candidates = program_.evidence->candidates().size();
    std::vector<std::vector<std::optional<double>>> values(
        worlds(), std::vector<std::optional<double>>(candidates));
    base::in_parallel(
        candidates, worth_a_thread,
        [&](std::size_t begin, std::size_t end) {
            const Drawer draw = drawers_();
            DrawnPoint point{.candidate = 0, .now = {}, .in_world = {}, .totals = &totals_};
            const WorldRanks ranks{program_, this, point};
            RankedValue value{program_, ranks, key, point};
            MeasuredCells measured;
            point.measured = &measured;
            for (std::size_t i = begin; i < end; ++i) {
                point.candidate = static_cast<CandidateNumber>(i);
                if (program_.ranked[i] == 0) continue;
                for (std::size_t block = 0; block < blocks_; ++block) {
                    const DrawnCells& cells = draw(point.candidate, block);
                    if (block == 0) measured.start(*program_.evidence, point.candidate, cells);
                    for (std::size_t lane = 0; lane < lanes; ++lane) {
                        point.now = point.in_world = {&cells, lane};
                        point.world = block * lanes + lane;
                        values[point.world][i] = value.now();
                    }
                }
            }
        },
        threads_);
    Orders orders(worlds());
    base::in_parallel(
        worlds(), 1,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) orders[i] = ordered(key, values[i]);
        },
        threads_);
    return orders;
}

DrawnWorlds::Order DrawnWorlds::ordered(const RankCache::Key& key,
                                        std::span<const std::optional<double>> values) const {
    struct Entry {
        std::uint32_t group;
        CandidateNumber candidate;
        double value;
    };
    const Node& node = program_.nodes[std::get<NodeNumber>(key)];
    std::vector<Entry> entries;
    std::uint32_t groups = 0;
    for (CandidateNumber i = 0; i < values.size(); ++i) {
        const std::uint32_t group = rank_group(program_, node, i);
        if (group == indicators::nothing) continue;
        groups = std::max(groups, group + 1);
        if (values[i]) entries.push_back({group, i, *values[i]});
    }
    std::ranges::sort(entries, [](const Entry& left, const Entry& right) {
        return std::tie(left.group, left.value) < std::tie(right.group, right.value);
    });
    Order order{.begin = std::vector<std::uint32_t>(groups + 1, 0),
                .values = {},
                .place = std::vector<std::uint32_t>(values.size(), none)};
    for (const Entry& entry : entries) {
        order.place[entry.candidate] = static_cast<std::uint32_t>(order.values.size());
        order.values.push_back(entry.value);
        ++order.begin[entry.group + 1];
    }
    for (std::size_t i = 0; i < groups; ++i) order.begin[i + 1] += order.begin[i];
    return order;
}

Rank WorldRanks::rank(NodeNumber node, model::SchoolYear year,
                      const std::vector<indicators::ProcedureNumber>& bound,
                      indicators::CandidateNumber candidate) const {
    if (worlds_ == nullptr || !reads_draws(program_, node)) {
        return measured_.rank(node, year, bound, candidate);
    }
    return worlds_->rank({node, year.ending, bound}, point_);
}

}  // namespace opora::rules
