#include "opora/rules/listing_draws.hpp"

#include <algorithm>

#include "opora/rules/decider.hpp"
#include "opora/rules/drawn_values.hpp"
#include "opora/rules/ranking.hpp"

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
    explicit State(const BoundPack& pack)
        : program{pack.program()}, reader{reader_of(pack)}, compares{reader.reads.compares} {}

    const Program& program;
    Reader reader;
    bool compares;
    DrawnCells cells;
    std::vector<ReferenceTable> references;
    std::unique_ptr<RankCache> cache;
    std::unique_ptr<TerritoryRanks<DrawnValues>> ranks;
    std::unique_ptr<Decider<DrawnValues>> decider;
};

DrawJudge::DrawJudge(const BoundPack& pack) : state_{std::make_unique<State>(pack)} {
    State& state = *state_;
    const DrawnValues source{&state.cells, state.program.evidence->cells().data(),
                             state.compares ? &state.references : &state.program.references};
    state.cache = std::make_unique<RankCache>();
    state.ranks =
        std::make_unique<TerritoryRanks<DrawnValues>>(state.program, *state.cache, source);
    state.decider = std::make_unique<Decider<DrawnValues>>(state.program, *state.ranks, source);
}

DrawJudge::~DrawJudge() = default;

void DrawJudge::start(const DrawnCells& cells) {
    state_->cells = cells;
    if (!state_->compares) return;
    state_->references = drawn_references(state_->program, cells);
    state_->cache->ranks.clear();
}

bool DrawJudge::lists(indicators::CandidateNumber candidate) {
    State& state = *state_;
    Outcomes outcomes;
    outcomes.fill(model::Outcome::not_applicable);
    for (const std::size_t rule : state.reader.rules) {
        outcomes[rule] = state.decider->rule(candidate, rule, EarlierYears::unknown);
    }
    return state.decider->decision(candidate, state.program.listing, outcomes) ==
           model::Outcome::met;
}

}  // namespace opora::rules
