#pragma once

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

/// Ranks of values within districts, regions, the country or clusters; computed for everybody when
/// first asked for, by exact comparisons, then remembered in the program.
class TerritoryRanks : public RankSource {
public:
    explicit TerritoryRanks(const Program& program) : program_{program} {}

    Rank rank(NodeNumber node, model::SchoolYear year,
              const std::vector<indicators::ProcedureNumber>& bound,
              indicators::CandidateNumber candidate) const override;

private:
    std::vector<Rank> compute(const Node& node, model::SchoolYear year,
                              const std::vector<indicators::ProcedureNumber>& bound) const;
    std::uint32_t group_of(const Node& node, indicators::CandidateNumber candidate) const;

    const Program& program_;
};

}  // namespace opora::rules
