#pragma once

#include <array>

#include "opora/rules/evaluator.hpp"
#include "opora/rules/pack.hpp"

namespace opora::rules {

using Outcomes = std::array<model::Outcome, rules_max>;

/// Asks the rules and the decision of a program of one candidate after another: a fast evaluation,
/// and an exact one where it cannot answer.
template <class Source = StoredValues>
class Decider {
public:
    Decider(const Program& program, const RankSource& ranks, Source source = {})
        : program_{program},
          fast_{program, ranks, silent_, source},
          exact_{program, ranks, silent_, source} {}

    model::Outcome rule(indicators::CandidateNumber candidate, std::size_t number,
                        EarlierYears earlier) {
        if (program_.applies[number] != none) {
            const Truth applies = condition(candidate, program_.applies[number], earlier, nullptr);
            if (applies == Truth::unknown) return model::Outcome::unknown;
            if (applies != Truth::met) return model::Outcome::not_applicable;
        }
        return outcome(condition(candidate, program_.rules[number], earlier, nullptr));
    }

    model::Outcome decision(indicators::CandidateNumber candidate, NodeNumber node,
                            const Outcomes& outcomes) {
        if (node == none) return model::Outcome::not_applicable;
        return outcome(condition(candidate, node, EarlierYears::unknown, outcomes.data()));
    }

    /// Asks an unknown listing again with everything that only earlier years would answer taken as
    /// not met, if the pack wants that: whether the object is then surely not listed, «за один
    /// год».
    bool settled_by_one_year(indicators::CandidateNumber candidate, model::Outcome listing,
                             Outcomes outcomes) {
        if (listing != model::Outcome::unknown || !program_.one_year_lists_nobody) return false;
        for (std::size_t i = 0; i < program_.rules.size(); ++i) {
            if (outcomes[i] == model::Outcome::unknown) {
                outcomes[i] = rule(candidate, i, EarlierYears::not_met);
            }
        }
        return decision(candidate, program_.listing, outcomes) == model::Outcome::not_met;
    }

private:
    Truth condition(indicators::CandidateNumber candidate, NodeNumber node, EarlierYears earlier,
                    const model::Outcome* outcomes) {
        fast_.start(candidate, earlier);
        fast_.know_rules(outcomes);
        const Truth truth = fast_.truth(node);
        if (!fast_.undecided()) return truth;
        exact_.start(candidate, earlier);
        exact_.know_rules(outcomes);
        return exact_.truth(node);
    }

    const Program& program_;
    NoTrace silent_;
    Evaluator<Approximate, NoTrace, Source> fast_;
    Evaluator<base::Rational, NoTrace, Source> exact_;
};

}  // namespace opora::rules
