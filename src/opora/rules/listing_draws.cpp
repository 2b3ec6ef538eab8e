#include "opora/rules/listing_draws.hpp"

#include <algorithm>
#include <optional>

#include "opora/rules/decider.hpp"
#include "opora/rules/drawn_worlds.hpp"

namespace opora::rules {

namespace {

/// Walks from the listing over everything that it reads.
class Reader {
public:
    explicit Reader(const Program& program) : program_{program} {}

    void read(NodeNumber number) {
        if (number == none) return;
        const Node& node = program_.nodes[number];
        reads.years_back = std::max(reads.years_back, node.years_before + window_reach(node));
        switch (node.operation) {
            case Operation::indicator:
                reads.indicators[drawn_place(node.indicator)] = true;
                if (node.reference != none) reads.compares = true;
                break;
            case Operation::lowest_in:
            case Operation::highest_in:
            case Operation::percent_rank:
                if (reads_draws(program_, number)) reads.compares = true;
                break;
            case Operation::significantly_below:
            case Operation::significantly_above:
                reads.compares = true;
                break;
            case Operation::rule:
                rules.push_back(node.code);
                read(program_.applies[node.code]);
                read(program_.rules[node.code]);
                break;
            default:
                break;
        }
        for (std::uint32_t i = 0; i < node.part_count; ++i) read(program_.parts[node.parts + i]);
    }

    ListingReads reads;
    std::vector<std::size_t> rules;

private:
    int window_reach(const Node& node) const {
        if (node.window == none) return 0;
        // A window may look further back than its length for years with the procedure.
        constexpr int years_deeper = 2;
        const BoundWindow& window = *program_.windows[node.window];
        return window.years + window.end_before + years_deeper;
    }

    const Program& program_;
};

Reader reader_of(const BoundPack& pack) {
    Reader reader{pack.program()};
    reader.read(pack.program().listing);
    std::ranges::sort(reader.rules);
    reader.rules.erase(std::ranges::unique(reader.rules).begin(), reader.rules.end());
    return reader;
}

}  // namespace

bool ListingReads::any() const { return std::ranges::find(indicators, true) != indicators.end(); }

ListingReads listing_reads(const BoundPack& pack) {
    const Decision& decision = pack.pack().decision;
    const bool facts = value_of(pack.pack(), decision.speaks_of) == "facts";
    if (!decision.listing || decision.official_list || facts) return {};
    ListingReads reads = reader_of(pack).reads;
    if (pack.pooled() != nullptr) {
        const base::Fraction years = value_of(pack.pack(), pack.pack().inclusion.pool_years).value;
        reads.years_back += static_cast<int>(years.numerator / years.denominator) - 1;
    }
    // Numbers of participants are counted, not sampled.
    const auto participants = indicators::find_procedure_indicator("participants");
    reads.indicators[drawn_place(participants)] = false;
    return reads;
}

struct DrawJudge::State {
    State(const BoundPack& pack, DrawnWorlds* worlds)
        : program{pack.program()},
          rules{reader_of(pack).rules},
          ranks{program, worlds, point},
          decider{program, ranks, {&point, program.evidence}} {
        if (worlds != nullptr) point.totals = &worlds->totals();
    }

    const Program& program;
    std::vector<std::size_t> rules;
    MeasuredCells measured;
    std::optional<indicators::CandidateNumber> started;
    DrawnPoint point{.candidate = 0, .measured = &measured, .now = {}, .in_world = {}};
    WorldRanks ranks;
    Decider<DrawnValues> decider;
};

DrawJudge::DrawJudge(const BoundPack& pack, DrawnWorlds* worlds)
    : state_{std::make_unique<State>(pack, worlds)} {}

DrawJudge::~DrawJudge() = default;

bool DrawJudge::lists(indicators::CandidateNumber candidate, const DrawnLane& now) {
    return lists(candidate, now, now, 0);
}

bool DrawJudge::lists(indicators::CandidateNumber candidate, const DrawnLane& now,
                      const DrawnLane& in_world, std::size_t world) {
    State& state = *state_;
    if (state.started != candidate) {
        state.measured.start(*state.program.evidence, candidate, *now.cells);
        state.started = candidate;
    }
    state.point.candidate = candidate;
    state.point.now = now;
    state.point.in_world = in_world;
    state.point.world = world;
    const auto met = [&](const Outcomes& outcomes) {
        return state.decider.decision(candidate, state.program.listing, outcomes) ==
               model::Outcome::met;
    };
    Outcomes outcomes;
    outcomes.fill(model::Outcome::not_applicable);
    for (const std::size_t rule : state.rules) outcomes[rule] = model::Outcome::unknown;
    for (const std::size_t rule : state.rules) {
        outcomes[rule] = state.decider.rule(candidate, rule, EarlierYears::unknown);
        // A listing that is met whatever the other rules say needs them no more.
        if (outcomes[rule] == model::Outcome::met && met(outcomes)) return true;
    }
    return met(outcomes);
}

}  // namespace opora::rules
