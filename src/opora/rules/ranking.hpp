#pragma once

#include <algorithm>

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

/// Ranks of values within districts, regions, the country or clusters; computed for everybody when
/// first asked for, by exact comparisons, then remembered: those of the evidence in the program,
/// those of a draw with the draw.
template <class Source = StoredValues>
class TerritoryRanks : public RankSource {
public:
    explicit TerritoryRanks(const Program& program)
        : TerritoryRanks{program, *program.rank_cache, {}} {}
    TerritoryRanks(const Program& program, RankCache& cache, Source source)
        : program_{program}, cache_{cache}, source_{source} {}

    Rank rank(NodeNumber node, model::SchoolYear year,
              const std::vector<indicators::ProcedureNumber>& bound,
              indicators::CandidateNumber candidate) const override;

private:
    std::vector<Rank> compute(const Node& node, model::SchoolYear year,
                              const std::vector<indicators::ProcedureNumber>& bound) const;
    std::uint32_t group_of(const Node& node, indicators::CandidateNumber candidate) const;

    const Program& program_;
    RankCache& cache_;
    Source source_;
};

}  // namespace opora::rules

#include "opora/rules/ranking_of.hpp"  // IWYU pragma: export
