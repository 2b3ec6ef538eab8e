#pragma once

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/rules/arithmetic.hpp"
#include "opora/rules/context.hpp"
#include "opora/rules/pool.hpp"
#include "opora/rules/program.hpp"
#include "opora/rules/significance.hpp"
#include "opora/rules/trace.hpp"
#include "opora/rules/value.hpp"

namespace opora::rules {

/// The measured value of an indicator in a cell, as the evidence has it. Another source (a draw of
/// true shares: drawn_values.hpp) can stand in its place.
struct StoredValues {
    /// Values are measured with an error, which `significantly_below` looks at.
    static constexpr bool are_true = false;

    /// Of an indicator in a procedure, in a territory of the school: a number of
    /// Program::references.
    model::Measurement of_territory(const Program& program, std::uint32_t reference,
                                    indicators::SchoolNumber school,
                                    indicators::ProcedureNumber procedure) const {
        const model::Measurement* value = program.references[reference].find(school, procedure);
        return value != nullptr ? *value : model::Measurement::absent(model::Missing::no_reference);
    }
    model::Measurement operator()(const indicators::ProcedureIndicator* indicator,
                                  const indicators::EvidenceCell& cell, std::int64_t n_min) const;
};

/// Whether a value that is missing only because of earlier years leaves a condition unknown, or not
/// met.
enum class EarlierYears : std::uint8_t { unknown, not_met };

/// Ranks of everybody are asked for from inside the evaluation of one.
class RankSource {
public:
    virtual ~RankSource() = default;
    virtual Rank rank(NodeNumber node, model::SchoolYear year,
                      const std::vector<indicators::ProcedureNumber>& bound,
                      indicators::CandidateNumber candidate) const = 0;
};

/// Walks over a program for one candidate. One semantics for both numbers: Approximate answers most
/// questions, and sets `undecided` where only Rational can; then everything it answered is void.
///
/// Conditions are defined in evaluator_conditions.hpp, numbers in evaluator_numbers.hpp, sums and
/// means over procedures and years in evaluator_aggregates.hpp.
template <class Number, class Trace = NoTrace, class Source = StoredValues>
class Evaluator {
public:
    Evaluator(const Program& program, const RankSource& ranks, Trace& trace, Source source = {})
        : program_{program},
          evidence_{*program.evidence},
          ranks_{ranks},
          trace_{trace},
          source_{source},
          here_{program} {}

    void start(indicators::CandidateNumber candidate,
               EarlierYears earlier = EarlierYears::unknown) {
        here_.start(candidate);
        earlier_ = earlier;
        arithmetic_.undecided = false;
    }
    /// Goes on in another year with procedures bound from outside.
    void start_in(model::SchoolYear year, const std::vector<indicators::ProcedureNumber>& bound) {
        here_.start_in(year, bound);
    }
    /// Outcomes of the rules, for expressions that name them.
    void know_rules(const model::Outcome* outcomes) { rule_outcomes_ = outcomes; }
    bool undecided() const { return arithmetic_.undecided; }

    Truth truth(NodeNumber number);
    Value<Number> number(NodeNumber number);

private:
    using Cell = indicators::EvidenceCell;
    using Missing = model::Missing;
    using Result = Value<Number>;

    NodeNumber part(const Node& node, std::uint32_t i) const {
        return program_.parts[node.parts + i];
    }

    // Conditions.
    Truth truth_of(const Node& node, NodeNumber self);
    Tally joined(const Node& node, Truth decisive);
    Truth without_value(Missing missing, bool earlier) const;
    Truth compared(const Node& node);
    Truth compared_ratio(const Node& node);
    Truth at_least(const Node& node);
    Truth in_list(const Node& node);
    Truth was_held(const Node& node);
    Truth took(const Node& node);
    Truth extreme(const Node& node, NodeNumber self);
    Truth significant(const Node& node);
    Truth pooled_significant(const Node& node, const Node& indicator);
    std::optional<Interval> certain_range(const indicators::ProcedureIndicator* indicator,
                                          const Cell& cell) const;
    Truth quantified(const Node& node);
    template <class Stop>
    std::pair<Coverage, Tally> tally_members(const Node& node, Stop stop);
    template <class Stop>
    Tally tally_years(const Node& node, Stop stop);
    Result nothing_held(const Coverage& coverage) const;

    /// What an indicator says of a cell; nothing when its signs of non-objective assessment leave
    /// it out.
    model::Measurement stored(const indicators::ProcedureIndicator* indicator, const Cell& cell,
                              std::int64_t least) const {
        if ((cell.marks & program_.marks_excluded) != 0) {
            return model::Measurement::absent(Missing::marked, cell.counts.participants);
        }
        const model::Measurement value = source_(indicator, cell, least);
        return value.missing == Missing::no_data ? without_marks(indicator, cell, value) : value;
    }

    // Numbers.
    Result number_of(const Node& node, NodeNumber self);
    const Number& constant(std::uint32_t number) const;
    Result measured(const model::Measurement& value, bool earlier) const;
    model::Measurement without_marks(const indicators::ProcedureIndicator* indicator,
                                     const Cell& cell, const model::Measurement& value) const;
    Result indicator(const Node& node);
    Result reference(const Node& node, indicators::ProcedureNumber procedure, bool earlier);
    Result year_indicator(const Node& node);
    Result from_outside(const Node& node);
    Result markers(model::SchoolYear year, bool earlier) const;
    Result percent_rank(NodeNumber self);
    Result extreme_of(const Node& node);
    Result rounded(const Node& node);

    // Sums, means and pooled shares.
    Result aggregated(const Node& node);
    Result counted(const Node& node);
    Result over_members(const Node& node);
    Result over_years(const Node& node);
    Result pooled_over_set(const Node& node);
    Result pooled_over_years(const Node& node);
    void pool_year(const Node& node, Pool<Number>& pool);
    void pool_set(const Node& node, const BoundSet& set, Pool<Number>& pool);
    void pool_cell(const Node& node, const Cell& cell, Pool<Number>& pool);
    void pool_reference(const Node& node, indicators::ProcedureNumber procedure,
                        Pool<Number>& pool);
    Result pooled(const Pool<Number>& pool);

    /// The members of a sum, a mean, a smallest or a largest value.
    struct Gathering {
        Result sum = Result::of(Arithmetic<Number>::whole(0));
        Result best;
        std::int64_t members = 0;
        std::int64_t not_applicable = 0;
        std::optional<Result> missing;
    };
    void gather(const Node& node, const Result& member, Gathering& all);
    Result gathered(const Node& node, const Gathering& all, bool earlier);

    // What a derivation shows.
    void show_left_out(indicators::ProcedureNumber procedure, Missing reason, std::int64_t n);
    void show_source(const Cell& cell, tally::FieldGroups groups);
    static tally::FieldGroups groups_read(const Node& node) {
        return node.indicator != nullptr ? node.indicator->reads
                                         : tally::bit(tally::FieldGroup::scores);
    }
    std::int64_t n_min() const {
        return program_.small == SmallNumbers::counted ? 0 : program_.n_min;
    }

    const Program& program_;
    const indicators::Evidence& evidence_;
    const RankSource& ranks_;
    Trace& trace_;
    Source source_;
    Context here_;
    Arithmetic<Number> arithmetic_;
    EarlierYears earlier_ = EarlierYears::unknown;
    const model::Outcome* rule_outcomes_ = nullptr;
};

inline model::Measurement StoredValues::operator()(const indicators::ProcedureIndicator* indicator,
                                                   const indicators::EvidenceCell& cell,
                                                   std::int64_t n_min) const {
    if (indicator != nullptr && cell.weight != 1) return measure(*indicator, cell, n_min);
    model::Measurement value = indicator != nullptr ? indicator->measure(cell.counts)
                                                    : indicators::bottom_quartile_share(cell);
    if (cell.weight != 1) value.n /= cell.weight;
    const bool counts = indicator != nullptr && indicator->unit == model::Unit::count;
    if (value.known() && !counts && value.n < n_min) {
        return model::Measurement::absent(model::Missing::too_few_results, value.n);
    }
    return value;
}

}  // namespace opora::rules

#include "opora/rules/evaluator_aggregates.hpp"   // IWYU pragma: export
#include "opora/rules/evaluator_conditions.hpp"   // IWYU pragma: export
#include "opora/rules/evaluator_numbers.hpp"      // IWYU pragma: export
#include "opora/rules/evaluator_quantifiers.hpp"  // IWYU pragma: export
