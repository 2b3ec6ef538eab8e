#pragma once

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

/// Among whom a node ranks a candidate: a territory or a cluster; indicators::nothing for nobody.
inline std::uint32_t rank_group(const Program& program, const Node& node,
                                indicators::CandidateNumber candidate) {
    const auto& evidence = *program.evidence;
    const indicators::SchoolNumber school = evidence.candidates()[candidate].school;
    return node.scope == indicators::Scope::cluster ? evidence.cluster(school)
                                                    : evidence.territory(school, node.scope);
}

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

    const Program& program_;
};

}  // namespace opora::rules
