#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/rules/program.hpp"
#include "opora/rules/significance.hpp"
#include "opora/rules/trace.hpp"
#include "opora/rules/value.hpp"

namespace opora::rules {

/// The measured value of an indicator in a cell, as the evidence has it. Another source (a draw of true shares) can
/// stand in its place.
struct StoredValues {
    model::Measurement operator()(const indicators::ProcedureIndicator* indicator,
                                  const indicators::EvidenceCell& cell, std::int64_t n_min) const {
        if (indicator != nullptr && cell.weight == 1) {  // A school: no hour shares to take back.
            model::Measurement value = indicator->measure(cell.counts);
            const bool small = value.n < n_min && indicator->unit != model::Unit::count;
            if (small && value.known()) value.missing = model::Missing::too_few_results;
            return value;
        }
        if (indicator != nullptr) return indicators::measure(*indicator, cell, n_min);
        model::Measurement value = indicators::bottom_quartile_share(cell);
        value.n /= cell.weight;
        if (value.known() && value.n < n_min) {
            return model::Measurement::absent(model::Missing::too_few_results, value.n);
        }
        return value;
    }
};

/// Whether a value that is missing only because of earlier years leaves a condition unknown, or not met.
enum class EarlierYears : std::uint8_t { unknown, not_met };

/// Ranks of everybody are asked for from inside the evaluation of one; the whole-territory evaluator answers.
class RankSource {
public:
    virtual ~RankSource() = default;
    virtual Rank rank(NodeNumber node, model::SchoolYear year,
                      const std::vector<indicators::ProcedureNumber>& bound,
                      indicators::CandidateNumber candidate) const = 0;
};

/// Walks over a program for one candidate. One semantics for both numbers: Approximate answers most questions, and sets
/// `undecided` where only Rational can; then everything it answered is void.
template <class Number, class Trace = NoTrace, class Source = StoredValues>
class Evaluator {
public:
    Evaluator(const Program& program, const RankSource& ranks, Trace& trace, Source source = {})
        : program_{program},
          evidence_{*program.evidence},
          ranks_{ranks},
          trace_{trace},
          source_{source} {}

    void start(indicators::CandidateNumber candidate, EarlierYears earlier = EarlierYears::unknown) {
        candidate_ = candidate;
        earlier_ = earlier;
        cells_ = evidence_.cells_of(candidate);
        school_ = evidence_.candidates()[candidate].school;
        year_ = program_.year;
        slot_count_ = 0;
        undecided_ = false;
        begins_.fill(nullptr);
    }
    void start_in(model::SchoolYear year,
                  const std::vector<indicators::ProcedureNumber>& bound) {
        year_ = year;
        for (const indicators::ProcedureNumber procedure : bound) {
            slots_[slot_count_++] = {procedure, find_cell(procedure)};
        }
    }
    /// Outcomes of the rules, for expressions that name them.
    void know_rules(const model::Outcome* outcomes) { rule_outcomes_ = outcomes; }
    bool undecided() const { return undecided_; }

    Truth truth(NodeNumber number) {
        const Node& node = program_.nodes[number];
        if constexpr (Trace::enabled) trace_.open(node, year_, innermost());
        const Truth result = truth_of(node, number);
        if constexpr (Trace::enabled) trace_.close(result);
        return result;
    }

    Value<Number> number(NodeNumber number) {
        const Node& node = program_.nodes[number];
        if constexpr (Trace::enabled) trace_.open(node, year_, innermost());
        Value<Number> result = number_of(node, number);
        if constexpr (Trace::enabled) trace_.close(result);
        return result;
    }

private:
    using Cell = indicators::EvidenceCell;
    using Missing = model::Missing;
    using Result = Value<Number>;

    struct Bound {
        indicators::ProcedureNumber procedure = 0;
        const Cell* cell = nullptr;
    };

    // ---- conditions --------------------------------------------------------------------------

    Truth truth_of(const Node& node, NodeNumber self) {
        switch (node.operation) {
            case Operation::conjunction: return joined(node, Truth::not_met).all_of();
            case Operation::disjunction: return joined(node, Truth::met).any();
            case Operation::negation: return opposite(truth(part(node, 0)));
            case Operation::comparison: return compared(node);
            case Operation::at_least: return at_least(node);
            case Operation::truth_quantifier: return quantified(node);
            case Operation::teaches:
                return (grades() & node.grades) != 0 ? Truth::met : Truth::not_met;
            case Operation::in_list: return in_list(node);
            case Operation::was_held: return was_held(node);
            case Operation::lowest_in:
            case Operation::highest_in: return extreme(node, self);
            case Operation::significantly_below:
            case Operation::significantly_above: return significant(node);
            case Operation::rule: return from_outcome(rule_outcomes_[node.code]);
            default: OPORA_EXPECTS(false && "not a condition"); return Truth::unknown;
        }
    }

    NodeNumber part(const Node& node, std::uint32_t i) const {
        return program_.parts[node.parts + i];
    }

    /// Parts of `and` and `or`; stops where `decisive` settles the whole, unless a derivation wants every part.
    Tally joined(const Node& node, Truth decisive) {
        Tally tally;
        for (std::uint32_t i = 0; i < node.part_count; ++i) {
            const Truth one = truth(part(node, i));
            tally.add(one);
            if (!Trace::enabled && one == decisive) break;
        }
        return tally;
    }

    static Truth opposite(Truth truth) {
        if (truth == Truth::met) return Truth::not_met;
        return truth == Truth::not_met ? Truth::met : truth;
    }

    static Truth from_outcome(model::Outcome outcome) {
        switch (outcome) {
            case model::Outcome::met: return Truth::met;
            case model::Outcome::not_met: return Truth::not_met;
            case model::Outcome::unknown: return Truth::unknown;
            case model::Outcome::not_applicable: return Truth::not_applicable;
        }
        return Truth::unknown;
    }

    Truth without_value(Missing missing, bool earlier) const {
        if (missing == Missing::not_applicable) return Truth::not_applicable;
        if (missing == Missing::not_held) return Truth::absent;
        return earlier && earlier_ == EarlierYears::not_met ? Truth::not_met : Truth::unknown;
    }

    Truth compared(const Node& node) {
        if constexpr (!Trace::enabled) {
            if (node.ratio_with_constant) return compared_ratio(node);
        }
        const Result left = number(part(node, 0));
        if (!left.known() && !Trace::enabled) return without_value(left.missing, left.earlier);
        const Result right = number(part(node, 1));
        if (!left.known() || !right.known()) return without_both(left, right);
        return compare_ranges(node.comparison, left, right);
    }

    /// `low_share(p) >= 30 %` as 100·x >= 30·n.
    Truth compared_ratio(const Node& node) {
        const Node& indicator = program_.nodes[part(node, 0)];
        const Located place = locate(indicator);
        const bool earlier = year_ - indicator.years_before < program_.year;
        if (place.cell == nullptr) return without_value(place.missing, earlier);
        const model::Measurement value = source_(indicator.indicator, *place.cell, n_min());
        if (!value.known()) return without_value(value.missing, earlier);
        const Approximate& limit = program_.constants[program_.nodes[part(node, 1)].constant];
        __extension__ using Wide = __int128;
        const Wide left = static_cast<Wide>(value.ratio.numerator) * limit.denominator;
        const Wide right = static_cast<Wide>(limit.numerator) * value.ratio.denominator;
        return holds(node.comparison, left < right ? -1 : left > right ? 1 : 0) ? Truth::met
                                                                                : Truth::not_met;
    }

    static bool holds(Comparison comparison, int sign) {
        switch (comparison) {
            case Comparison::less: return sign < 0;
            case Comparison::less_equal: return sign <= 0;
            case Comparison::greater: return sign > 0;
            case Comparison::greater_equal: return sign >= 0;
            case Comparison::equal: return sign == 0;
        }
        return false;
    }

    Truth without_both(const Result& left, const Result& right) const {
        if (!left.known()) return without_value(left.missing, left.earlier);
        return without_value(right.missing, right.earlier);
    }

    /// Decided when every value of the ranges answers alike.
    Truth compare_ranges(Comparison comparison, const Result& left, const Result& right) {
        switch (comparison) {
            case Comparison::less: return above(right, left, false);
            case Comparison::less_equal: return above(right, left, true);
            case Comparison::greater: return above(left, right, false);
            case Comparison::greater_equal: return above(left, right, true);
            case Comparison::equal: break;
        }
        const Truth first = above(left, right, true);
        const Truth second = above(right, left, true);
        if (first == Truth::not_met || second == Truth::not_met) return Truth::not_met;
        return first == Truth::met && second == Truth::met ? Truth::met : Truth::unknown;
    }

    Truth above(const Result& high, const Result& low, bool equal_counts) {
        const auto holds = [&](const Number& left, const Number& right) {
            const int sign = order(left, right);
            return sign > 0 || (sign == 0 && equal_counts);
        };
        const bool surely = holds(high.low, low.top());
        if (!high.ranged && !low.ranged) return surely ? Truth::met : Truth::not_met;
        if (surely) return Truth::met;
        return holds(high.top(), low.low) ? Truth::unknown : Truth::not_met;
    }

    int order(const Number& left, const Number& right) {
        const auto decided = compare(left, right);
        if (!decided) undecided_ = true;
        return decided.value_or(0);
    }

    Truth at_least(const Node& node) {
        const Result least = number(part(node, 0));
        Tally tally;
        for (std::uint32_t i = 1; i < node.part_count; ++i) tally.add(truth(part(node, i)));
        if (!least.known()) return Truth::unknown;
        return tally.at_least(static_cast<std::int64_t>(std::ceil(to_double(least.low))));
    }

    Truth in_list(const Node& node) {
        const model::SchoolYear year = year_ - node.years_before;
        if (node.code != indicators::nothing) {
            const auto* value = evidence_.imported(school_, node.code, year);
            if (value != nullptr) {
                return value->value.numerator != 0 ? Truth::met : Truth::not_met;
            }
        }
        const std::size_t index = year_index(year);
        const bool supplied = index < table_years && (*node.list_years)[index] != 0;
        return supplied ? Truth::not_met : Truth::unknown;
    }

    Truth was_held(const Node& node) {
        const Located place = locate(node);
        if (place.cell != nullptr) return Truth::met;
        return place.missing == Missing::not_held
                   ? Truth::not_met
                   : without_value(place.missing, year_ - node.years_before < program_.year);
    }

    Truth extreme(const Node& node, NodeNumber self) {
        const Rank rank = ranks_.rank(self, year_, bound_procedures(), candidate_);
        if (!rank.known || rank.group < 2) return unknown_here();
        const bool lowest = node.operation == Operation::lowest_in;
        const std::uint32_t beyond =
            lowest ? rank.less : rank.group - rank.less - rank.equal;
        return beyond == 0 && rank.equal == 1 ? Truth::met : Truth::not_met;
    }

    Truth significant(const Node& node) {
        const Node& indicator = program_.nodes[part(node, 0)];
        if constexpr (Trace::enabled) number(part(node, 0));
        if (indicator.set != none) return pooled_significant(node, indicator);
        const Located place = locate(indicator);
        if (place.cell == nullptr) {
            return without_value(place.missing, year_ - indicator.years_before < program_.year);
        }
        const auto* reference =
            program_.references[node.reference].find(school_, place.cell->procedure);
        const auto interval = interval_95(*indicator.indicator, *place.cell);
        if (reference == nullptr || !reference->known() || !interval) return Truth::unknown;
        return differs(node, *interval, reference->ratio.value());
    }

    static Truth differs(const Node& node, const Interval& interval, double other) {
        const bool beyond = node.operation == Operation::significantly_below
                                ? interval.high < other
                                : interval.low > other;
        return beyond ? Truth::met : Truth::not_met;
    }

    /// A share over several procedures against the same share of the group.
    Truth pooled_significant(const Node& node, const Node& indicator) {
        Node of_group = indicator;
        of_group.reference = node.reference;
        const Result own = pooled_over_set(indicator);
        const Result group = pooled_over_set(of_group);
        if (!own.known()) return without_value(own.missing, own.earlier);
        if (!group.known() || own.n <= 0) return Truth::unknown;
        return differs(node, share_interval_95(to_double(own.low), own.n), to_double(group.low));
    }

    /// No value in the year of the context.
    Truth unknown_here() const { return without_value(Missing::no_data, year_ < program_.year); }

    // ---- sets of procedures --------------------------------------------------------------------

    struct Coverage {
        bool concerned = true;
        std::int64_t members = 0;   ///< Present, or expected and absent.
        std::int64_t small = 0;     ///< Left out for too few results.
    };

    std::uint32_t grades() const { return evidence_.candidates()[candidate_].grades_mask; }

    /// The first cell of the candidate that is not before a procedure. Guessed from how far the procedure stands among
    /// all: most schools hold much the same works, so the guess is near, and memory is touched once instead of at every
    /// step of a bisection.
    const Cell* place_of(indicators::ProcedureNumber procedure) const {
        const std::size_t all = evidence_.procedures().size();
        std::size_t place = all == 0 ? 0 : cells_.size() * procedure / all;
        while (place > 0 && cells_[place - 1].procedure >= procedure) --place;
        while (place < cells_.size() && cells_[place].procedure < procedure) ++place;
        return cells_.data() + place;
    }

    const Cell* find_cell(indicators::ProcedureNumber procedure) const {
        const Cell* place = place_of(procedure);
        return place != cells_.data() + cells_.size() && place->procedure == procedure ? place
                                                                                       : nullptr;
    }

    /// The candidate's cells of a year: from the first one on while `procedure < behind`.
    struct YearCells {
        const Cell* begin = nullptr;
        const Cell* end = nullptr;  ///< Of all cells.
        indicators::ProcedureNumber behind = 0;
        bool at(const Cell* cell) const { return cell != end && cell->procedure < behind; }
    };

    YearCells cells_in(model::SchoolYear year) {
        const std::size_t index = year_index(year);
        if (index >= table_years) return {};
        const auto [first, behind] = program_.procedures_of_year[index];
        const std::size_t back = year_index(program_.year) - index;
        const bool remembered = back < begins_.size();
        if (!remembered || begins_[back] == nullptr) {
            const Cell* begin = place_of(first);
            if (!remembered) return {begin, cells_.data() + cells_.size(), behind};
            begins_[back] = begin;
        }
        return {begins_[back], cells_.data() + cells_.size(), behind};
    }

    bool expected_here(indicators::ProcedureNumber procedure) const {
        const indicators::Candidate& candidate = evidence_.candidates()[candidate_];
        if (!candidate.teacher.value.empty()) return false;
        const model::Procedure& asked = evidence_.procedures()[procedure];
        const model::School& school = evidence_.schools()[school_];
        const bool open = (!school.opened || *school.opened <= asked.year) &&
                          (!school.closed || *school.closed >= asked.year);
        return open && ((candidate.grades_mask >> asked.grade) & 1u) != 0;
    }

    /// Visits the members of a set in the year of the context: `visit(cell)` for those held, `visit_absent(procedure)` for
    /// those expected and absent, both in the order of procedures. A visit returns false to stop.
    template <class Visit, class VisitAbsent>
    Coverage each_member(const BoundSet& set, Visit visit, VisitAbsent visit_absent) {
        Coverage coverage;
        if ((grades() & set.grades) == 0) {
            coverage.concerned = false;
            return coverage;
        }
        const std::size_t index = year_index(year_);
        if (index >= table_years) return coverage;
        const auto& expected = set.expected[index];
        auto next = expected.begin();
        const auto absent_before = [&](indicators::ProcedureNumber bound) {
            for (; next != expected.end() && *next < bound; ++next) {
                if (!expected_here(*next)) continue;
                ++coverage.members;
                if (!visit_absent(*next)) return false;
            }
            return true;
        };
        const YearCells cells = cells_in(year_);
        for (const Cell* place = cells.begin; cells.at(place); ++place) {
            const Cell& cell = *place;
            if (set.member[cell.procedure] == 0) continue;
            if (!absent_before(cell.procedure)) return coverage;
            const bool took_part = cell.counts.participants > 0;
            if (!took_part) continue;  // Still expected: no result of anybody.
            if (next != expected.end() && *next == cell.procedure) ++next;
            if (too_small(cell)) {
                ++coverage.small;
                continue;
            }
            ++coverage.members;
            if (!visit(cell)) return coverage;
        }
        absent_before(indicators::nothing);
        return coverage;
    }

    bool too_small(const Cell& cell) {
        if (program_.small != SmallNumbers::not_counted ||
            cell.counts.participants >= program_.n_min * cell.weight) {
            return false;
        }
        if constexpr (Trace::enabled) {
            trace_.left_out(evidence_.procedures()[cell.procedure], Missing::too_few_results,
                            cell.counts.participants / cell.weight);
        }
        return true;
    }

    template <class Body>
    auto with_bound(Bound bound, Body body) {
        slots_[slot_count_++] = bound;
        auto result = body();
        --slot_count_;
        return result;
    }

    void note_absent(indicators::ProcedureNumber procedure) {
        if constexpr (Trace::enabled) {
            trace_.left_out(evidence_.procedures()[procedure], Missing::no_data, 0);
        } else {
            static_cast<void>(procedure);
        }
    }

    /// Tally of a condition over the members; `stop` ends it early.
    template <class Stop>
    std::pair<Coverage, Tally> tally_members(const Node& node, Stop stop) {
        Tally tally;
        const Coverage coverage = each_member(
            *program_.sets[node.set],
            [&](const Cell& cell) {
                tally.add(with_bound({cell.procedure, &cell},
                                     [&] { return truth(part(node, 0)); }));
                return Trace::enabled || !stop(tally);
            },
            [&](indicators::ProcedureNumber procedure) {
                note_absent(procedure);
                tally.add(year_ < program_.year && earlier_ == EarlierYears::not_met
                              ? Truth::not_met
                              : Truth::unknown);
                return Trace::enabled || !stop(tally);
            });
        return {coverage, tally};
    }

    Truth quantified(const Node& node) {
        const bool any = node.aggregate == Aggregate::any;
        const auto stop = [any](const Tally& tally) {
            return any ? tally.met > 0 : tally.not_met > 0;
        };
        Tally tally;
        if (node.set != none) {
            const auto [coverage, members] = tally_members(node, stop);
            if (!coverage.concerned) return Truth::not_applicable;
            if (coverage.members == 0) return nothing_held(coverage).first;
            tally = members;
        } else {
            tally = tally_years(node, stop);
        }
        return any ? tally.any() : tally.every();
    }

    /// The answer of a set without members: unknown, never «no».
    std::pair<Truth, Result> nothing_held(const Coverage& coverage) const {
        const bool earlier = year_ < program_.year;
        const Missing reason =
            coverage.small > 0 ? Missing::too_few_results : Missing::no_data;
        return {without_value(reason, earlier), Result::absent(reason, earlier)};
    }

    // ---- spans of years ------------------------------------------------------------------------

    bool held_in(const BoundWindow& window, model::SchoolYear year) const {
        const std::size_t index = year_index(year);
        if (index >= table_years || window.held[index] == 0) return false;
        return std::ranges::all_of(window.slots, [&](std::uint32_t slot) {
            const auto& works = program_.same_work[index];
            return !works.empty() && works[slots_[slot].procedure] != indicators::nothing;
        });
    }

    struct Years {
        std::array<int, 24> years{};
        std::size_t count = 0;
        bool missing = false;  ///< A year of the span has no procedure, and the reading says: unknown.
        void add(model::SchoolYear year) { years[count++] = year.ending; }
    };

    /// How much further back than its length a window looks for years with the procedure.
    static constexpr int years_deeper_max = 2;

    Years years_of(const BoundWindow& window) const {
        Years chosen;
        const model::SchoolYear end = year_ - window.end_before;
        if (window.without == YearWithoutProcedure::last_held) {
            const int deepest = window.years + years_deeper_max;
            for (int back = 0; back < deepest && std::cmp_less(chosen.count, window.years);
                 ++back) {
                if (held_in(window, end - back)) chosen.add(end - back);
            }
            if (std::cmp_equal(chosen.count, window.years)) {
                std::reverse(chosen.years.begin(),
                             chosen.years.begin() + static_cast<std::ptrdiff_t>(chosen.count));
                return chosen;
            }
            chosen.count = 0;  // Not enough years held: the years asked for, their gaps unknown.
        }
        for (int back = window.years - 1; back >= 0; --back) {
            const bool held = held_in(window, end - back);
            if (held || window.without != YearWithoutProcedure::shorten) chosen.add(end - back);
            if (!held && window.without == YearWithoutProcedure::unknown) chosen.missing = true;
        }
        return chosen;
    }

    template <class Body>
    auto in_year(int ending, Body body) {
        const model::SchoolYear outer = std::exchange(year_, model::SchoolYear{ending});
        auto result = body();
        year_ = outer;
        return result;
    }

    template <class Stop>
    Tally tally_years(const Node& node, Stop stop) {
        const BoundWindow& window = *program_.windows[node.window];
        const Years years = years_of(window);
        Tally tally;
        if (years.count == 0) tally.add(Truth::unknown);
        for (std::size_t i = 0; i < years.count; ++i) {
            tally.add(in_year(years.years[i], [&] { return truth(part(node, 0)); }));
            if (!Trace::enabled && stop(tally)) break;
        }
        return tally;
    }

    // ---- numbers -------------------------------------------------------------------------------

    Result number_of(const Node& node, NodeNumber self) {
        switch (node.operation) {
            case Operation::constant:
            case Operation::parameter: return Result::of(constant(node.constant));
            case Operation::indicator: return indicator(node);
            case Operation::year_indicator: return year_indicator(node);
            case Operation::imported:
            case Operation::fact:
            case Operation::markers: return from_outside(node);
            case Operation::percent_rank: return percent_rank(self);
            case Operation::number_quantifier: return aggregated(node);
            case Operation::negative:
            case Operation::absolute: return signed_number(node);
            case Operation::round_half_up:
            case Operation::floor:
            case Operation::ceiling: return rounded(node);
            case Operation::minimum:
            case Operation::maximum: return extreme_of(node);
            default: return combined(node);
        }
    }

    const Number& constant(std::uint32_t number) const {
        if constexpr (std::is_same_v<Number, Approximate>) {
            return program_.constants[number];
        } else {
            return program_.exact_constants[number];
        }
    }

    static Result measured(const model::Measurement& value, bool earlier) {
        if (!value.known()) return Result::absent(value.missing, earlier, value.n);
        return Result::of(rules::number_of_fraction<Number>(value.ratio), value.n);
    }

    /// The cell that an indicator of a bound procedure speaks of, or why there is none.
    struct Located {
        const Cell* cell = nullptr;
        indicators::ProcedureNumber procedure = indicators::nothing;
        Missing missing = Missing::none;
    };

    Located locate(const Node& node) {
        const Bound& bound = slots_[node.slot];
        const model::SchoolYear year = year_ - node.years_before;
        if (evidence_.procedures()[bound.procedure].year == year) {
            if (bound.cell != nullptr && bound.cell->counts.participants > 0) {
                return {bound.cell, bound.procedure, Missing::none};
            }
            return {nullptr, bound.procedure, Missing::no_data};
        }
        const std::size_t index = year_index(year);
        const bool known_year = index < table_years && !program_.same_work[index].empty();
        const indicators::ProcedureNumber work =
            known_year ? program_.same_work[index][bound.procedure] : indicators::nothing;
        if (work != indicators::nothing) {
            const Cell* cell = find_cell(work);
            if (cell != nullptr && cell->counts.participants > 0) {
                return {cell, work, Missing::none};
            }
        }
        return {nullptr, work, why_absent(work, year)};
    }

    /// A work that was not held is known not to have been; a school without any result in that year is not known.
    Missing why_absent(indicators::ProcedureNumber work, model::SchoolYear year) {
        const YearCells cells = cells_in(year);
        if (!cells.at(cells.begin)) return Missing::no_data;
        const bool awaited = work != indicators::nothing && expected_here(work) &&
                             std::ranges::any_of(program_.sets, [&](const auto& set) {
                                 const auto& all = set->expected[year_index(year)];
                                 return std::ranges::binary_search(all, work);
                             });
        return awaited ? Missing::no_data : Missing::not_held;
    }

    Result indicator(const Node& node) {
        if (node.set != none) return pooled_over_set(node);
        const model::SchoolYear year = year_ - node.years_before;
        const bool earlier = year < program_.year;
        const Located place = locate(node);
        if constexpr (Trace::enabled) {
            if (place.procedure != indicators::nothing) {
                trace_.of_procedure(evidence_.procedures()[place.procedure]);
            }
        }
        if (node.reference != none) return reference(node, place.procedure, earlier);
        if (place.cell == nullptr) return Result::absent(place.missing, earlier);
        const model::Measurement value = source_(node.indicator, *place.cell, n_min());
        note(value, *place.cell);
        return measured(value, earlier);
    }

    std::int64_t n_min() const {
        return program_.small == SmallNumbers::counted ? 0 : program_.n_min;
    }

    void note(const model::Measurement& value, const Cell& cell) {
        if constexpr (Trace::enabled) {
            trace_.measured(value, cell.weight);
            note_source(cell);
        } else {
            static_cast<void>(value);
            static_cast<void>(cell);
        }
    }
    void note_source(const Cell& cell) {
        if constexpr (Trace::enabled) {
            trace_.source({evidence_.files()[cell.file], cell.row_first, cell.row_last});
        } else {
            static_cast<void>(cell);
        }
    }

    Result reference(const Node& node, indicators::ProcedureNumber procedure, bool earlier) {
        const ReferenceTable& table = program_.references[node.reference];
        const model::Measurement* value =
            procedure == indicators::nothing ? nullptr : table.find(school_, procedure);
        if (value == nullptr) return Result::absent(Missing::no_reference, earlier);
        if constexpr (Trace::enabled) {
            if (value->known()) trace_.measured(*value, 1);
        }
        return measured(*value, earlier);
    }

    /// Numerators and denominators of several cells put together, as if their pupils had taken one work. Whole counts are
    /// summed as integers; hour shares of teachers as fractions.
    struct Pool {
        Number numerator = rules::number_of_fraction<Number>({0, 1});
        Number denominator = rules::number_of_fraction<Number>({0, 1});
        model::Measurement whole{{0, 0}, 0, Missing::none};
        bool fractions = false;
        std::int64_t n = 0;
        std::int64_t members = 0;
        Missing missing = Missing::none;
        bool earlier = true;

        void add(const model::Measurement& value, std::int32_t weight) {
            ++members;
            n += value.n;
            std::int64_t top = 0;
            std::int64_t bottom = 0;
            if (weight == 1 &&
                !__builtin_add_overflow(whole.ratio.numerator, value.ratio.numerator, &top) &&
                !__builtin_add_overflow(whole.ratio.denominator, value.ratio.denominator, &bottom)) {
                whole.ratio = {top, bottom};
                return;
            }
            fractions = true;
            numerator = rules::add(
                numerator, rules::number_of_fraction<Number>({value.ratio.numerator, weight}));
            denominator = rules::add(
                denominator, rules::number_of_fraction<Number>({value.ratio.denominator, weight}));
        }
        void miss(Missing reason, bool of_earlier_year) {
            if (missing == Missing::none || !of_earlier_year) missing = reason;
            earlier = earlier && of_earlier_year;
        }
    };

    void pool_year(const Node& node, Pool& pool) {
        const bool earlier = year_ < program_.year;
        if (node.operation == Operation::year_indicator) {
            const auto value = indicators::measure(evidence_, *node.year_indicator, school_,
                                                   year_ - node.years_before);
            return value.known() ? pool.add(value, 1) : pool.miss(value.missing, earlier);
        }
        if (node.set == none) {
            const Located place = locate(node);
            if (node.reference != none) return pool_reference(node, place.procedure, pool);
            if (place.cell == nullptr) return pool.miss(place.missing, earlier);
            return pool_cell(node, *place.cell, pool);
        }
        const BoundSet& set = *program_.sets[node.set];
        if (node.reference != none) {
            const std::size_t index = year_index(year_);
            if (index >= table_years) return;
            for (const auto procedure : set.members[index]) pool_reference(node, procedure, pool);
            return;
        }
        const Coverage coverage = each_member(
            set, [&](const Cell& cell) { return pool_cell(node, cell, pool), true; },
            [&](indicators::ProcedureNumber procedure) {
                note_absent(procedure);
                if (program_.missing_members == MissingMembers::unknown) {
                    pool.miss(Missing::no_data, earlier);
                }
                return true;
            });
        if (!coverage.concerned) {
            pool.miss(Missing::not_applicable, earlier);
        } else if (coverage.members == 0) {
            pool.miss(coverage.small > 0 ? Missing::too_few_results : Missing::no_data, earlier);
        }
    }

    void pool_cell(const Node& node, const Cell& cell, Pool& pool) {
        const model::Measurement value = source_(node.indicator, cell, 0);
        if (!value.known()) {
            if (program_.missing_members == MissingMembers::unknown) {
                pool.miss(value.missing, year_ < program_.year);
            }
            return;
        }
        note_source(cell);
        pool.add(value, cell.weight);
    }

    void pool_reference(const Node& node, indicators::ProcedureNumber procedure, Pool& pool) {
        const auto* value = procedure == indicators::nothing
                                ? nullptr
                                : program_.references[node.reference].find(school_, procedure);
        if (value == nullptr || !value->known()) return;
        // An imported share without the number of pupils behind it cannot be put together with others.
        if (value->n <= 0) return pool.miss(Missing::no_reference, year_ < program_.year);
        pool.add(*value, 1);
    }

    Result pooled(Pool& pool) {
        if (pool.missing != Missing::none) return Result::absent(pool.missing, pool.earlier);
        if (pool.members == 0) return Result::absent(Missing::no_data, year_ < program_.year);
        if (program_.small != SmallNumbers::counted && pool.n < program_.n_min) {
            return Result::absent(Missing::too_few_results, false, pool.n);
        }
        if (!pool.fractions) {
            pool.whole.n = pool.n;
            if constexpr (Trace::enabled) trace_.measured(pool.whole, 1);
            return pool.whole.ratio.denominator > 0 ? measured(pool.whole, false)
                                                    : Result::absent(Missing::no_data);
        }
        const Number top =
            add(pool.numerator, rules::number_of_fraction<Number>({pool.whole.ratio.numerator, 1}));
        const Number bottom = add(
            pool.denominator, rules::number_of_fraction<Number>({pool.whole.ratio.denominator, 1}));
        const auto positive = sign(bottom);
        if (!positive) undecided_ = true;
        if (positive.value_or(0) <= 0) return Result::absent(Missing::no_data);
        return Result::of(divide(top, bottom), pool.n);
    }

    Result pooled_over_set(const Node& node) {
        return in_year(year_.ending - node.years_before, [&] {
            Pool pool;
            pool_year(node, pool);
            return pooled(pool);
        });
    }

    Result year_indicator(const Node& node) {
        const model::SchoolYear year = year_ - node.years_before;
        const auto value = indicators::measure(evidence_, *node.year_indicator, school_, year);
        if constexpr (Trace::enabled) {
            if (value.known()) trace_.measured(value, 1);
        }
        return measured(value, year < program_.year);
    }

    Result from_outside(const Node& node) {
        const model::SchoolYear year = year_ - node.years_before;
        const bool earlier = year < program_.year;
        if (node.operation == Operation::markers) return markers(year, earlier);
        if (node.operation == Operation::imported) {
            return measured(indicators::measure_imported(evidence_, node.code, school_, year),
                            earlier);
        }
        const auto fact = node.code == indicators::nothing
                              ? std::nullopt
                              : evidence_.fact(school_, node.code, year);
        if (!fact) return Result::absent(Missing::no_data, earlier);
        return Result::of(rules::number_of_fraction<Number>(*fact));
    }

    Result markers(model::SchoolYear year, bool earlier) const {
        std::int64_t marked = 0;
        std::int64_t given = 0;
        for (const model::ObjectivityMarker& marker : evidence_.markers(school_)) {
            if (marker.year != year) continue;
            ++given;
            if (marker.marked) ++marked;
        }
        if (given == 0) return Result::absent(Missing::no_data, earlier);
        return Result::of(rules::number_of_fraction<Number>({marked, 1}), given);
    }

    Result percent_rank(NodeNumber self) {
        const Rank rank = ranks_.rank(self, year_, bound_procedures(), candidate_);
        const bool earlier = year_ < program_.year;
        if (!rank.known) return Result::absent(Missing::no_data, earlier);
        if (rank.group < 2) return Result::absent(Missing::no_reference, earlier);
        return Result::of(rules::number_of_fraction<Number>(
                              {std::int64_t{rank.less}, std::int64_t{rank.group} - 1}),
                          rank.group);
    }

    std::vector<indicators::ProcedureNumber> bound_procedures() const {
        std::vector<indicators::ProcedureNumber> all;
        for (std::size_t i = 0; i < slot_count_; ++i) all.push_back(slots_[i].procedure);
        return all;
    }

    // ---- aggregates ----------------------------------------------------------------------------

    Result aggregated(const Node& node) {
        if (node.aggregate == Aggregate::count) return counted(node);
        if (node.aggregate == Aggregate::pooled) return pooled_over_years(node);
        return node.set != none ? over_members(node) : over_years(node);
    }

    Result counted(const Node& node) {
        const auto never = [](const Tally&) { return false; };
        Tally tally;
        if (node.set != none) {
            const auto [coverage, members] = tally_members(node, never);
            if (!coverage.concerned) return Result::absent(Missing::not_applicable);
            if (coverage.members == 0) return nothing_held(coverage).second;
            tally = members;
        } else {
            tally = tally_years(node, never);
        }
        if (tally.not_applicable == tally.all()) return Result::absent(Missing::not_applicable);
        Result count = Result::of(rules::number_of_fraction<Number>({tally.met, 1}), tally.all());
        if (tally.unknown > 0) {
            count.ranged = true;
            count.high = rules::number_of_fraction<Number>({tally.met + tally.unknown, 1});
        }
        return count;
    }

    /// Collects the members of a sum, a mean, a smallest or a largest value.
    struct Gathering {
        Result sum = Result::of(rules::number_of_fraction<Number>({0, 1}));
        Result best;
        std::int64_t members = 0;
        std::int64_t not_applicable = 0;
        std::optional<Result> missing;
    };

    void gather(const Node& node, const Result& member, Gathering& all) {
        if (member.missing == Missing::not_applicable) {
            ++all.not_applicable;
            return;
        }
        if (!member.known()) {
            if (program_.missing_members == MissingMembers::skip) return;
            if (!all.missing || (all.missing->earlier && !member.earlier)) all.missing = member;
            return;
        }
        ++all.members;
        all.sum = plus(all.sum, member);
        all.sum.n += member.n;
        const bool smallest = node.aggregate == Aggregate::minimum;
        all.best = all.members == 1 ? member : better(all.best, member, smallest);
    }

    Result finish(const Node& node, const Gathering& all, Missing empty, bool earlier) {
        if (all.missing) return *all.missing;
        if (all.members == 0) {
            return all.not_applicable > 0 ? Result::absent(Missing::not_applicable)
                                          : Result::absent(empty, earlier);
        }
        if (node.aggregate == Aggregate::minimum || node.aggregate == Aggregate::maximum) {
            return all.best;
        }
        if (node.aggregate == Aggregate::sum) return all.sum;
        const Number count = rules::number_of_fraction<Number>({all.members, 1});
        Result mean = all.sum;
        mean.low = divide(all.sum.low, count);
        if (mean.ranged) mean.high = divide(all.sum.high, count);
        return mean;
    }

    Result over_members(const Node& node) {
        Gathering all;
        const bool earlier = year_ < program_.year;
        const Coverage coverage = each_member(
            *program_.sets[node.set],
            [&](const Cell& cell) {
                const Result member = with_bound({cell.procedure, &cell},
                                                 [&] { return number(part(node, 0)); });
                gather(node, member, all);
                return true;
            },
            [&](indicators::ProcedureNumber procedure) {
                note_absent(procedure);
                gather(node, Result::absent(Missing::no_data, earlier), all);
                return true;
            });
        if (!coverage.concerned) return Result::absent(Missing::not_applicable);
        if (coverage.members == 0) return nothing_held(coverage).second;
        return finish(node, all, Missing::no_data, earlier);
    }

    Result over_years(const Node& node) {
        const BoundWindow& window = *program_.windows[node.window];
        const Years years = years_of(window);
        Gathering all;
        std::vector<std::pair<int, Number>> points;
        for (std::size_t i = 0; i < years.count; ++i) {
            const Result member =
                in_year(years.years[i], [&] { return number(part(node, 0)); });
            gather(node, member, all);
            if (node.aggregate == Aggregate::slope && member.known() && !member.ranged) {
                points.emplace_back(years.years[i], member.low);
            }
        }
        const Result result = finish(node, all, Missing::no_data, true);
        if (node.aggregate != Aggregate::slope || !result.known()) return result;
        return slope(points);
    }

    /// Least squares: sum (t - T)(x - X) / sum (t - T)^2, with t in years.
    Result slope(const std::vector<std::pair<int, Number>>& points) const {
        if (points.size() < 2) return Result::absent(Missing::no_data, true);
        const auto count = static_cast<std::int64_t>(points.size());
        std::int64_t years = 0;
        for (const auto& [year, value] : points) years += year;
        Number top = rules::number_of_fraction<Number>({0, 1});
        std::int64_t bottom = 0;  // count² times the sum of squares; the same factor in `top`.
        for (const auto& [year, value] : points) {
            const std::int64_t distance = count * year - years;
            bottom += distance * distance;
            top = add(top, multiply(value, rules::number_of_fraction<Number>({distance * count, 1})));
        }
        return Result::of(divide(top, rules::number_of_fraction<Number>({bottom, 1})), count);
    }

    Result pooled_over_years(const Node& node) {
        const Years years = years_of(*program_.windows[node.window]);
        const Node& body = program_.nodes[part(node, 0)];
        Pool pool;
        if constexpr (Trace::enabled) trace_.open(body, year_, innermost());
        for (std::size_t i = 0; i < years.count; ++i) {
            in_year(years.years[i], [&] { return pool_year(body, pool), 0; });
        }
        const Result result = pooled(pool);
        if constexpr (Trace::enabled) trace_.close(result);
        return result;
    }

    // ---- arithmetic ----------------------------------------------------------------------------

    static Result first_missing(const Result& left, const Result& right) {
        if (left.missing == Missing::not_applicable) return left;
        if (right.missing == Missing::not_applicable) return right;
        if (!left.known() && !right.known()) return left.earlier ? right : left;
        return left.known() ? right : left;
    }

    static Result plus(const Result& left, const Result& right) {
        Result sum = Result::of(add(left.low, right.low), left.n);
        if (left.ranged || right.ranged) {
            sum.ranged = true;
            sum.high = add(left.top(), right.top());
        }
        return sum;
    }

    static Result minus(const Result& value) {
        Result opposite = Result::of(negate(value.top()), value.n);
        if (value.ranged) {
            opposite.ranged = true;
            opposite.high = negate(value.low);
        }
        return opposite;
    }

    Result better(const Result& left, const Result& right, bool smallest) {
        const auto pick = [&](const Number& a, const Number& b) {
            const int sign = order(a, b);
            return (sign <= 0) == smallest ? a : b;
        };
        Result best = Result::of(pick(left.low, right.low), left.n);
        if (left.ranged || right.ranged) {
            best.ranged = true;
            best.high = pick(left.top(), right.top());
        }
        return best;
    }

    Result combined(const Node& node) {
        const Result left = number(part(node, 0));
        const Result right = number(part(node, 1));
        if (!left.known() || !right.known()) return first_missing(left, right);
        if (node.operation == Operation::sum) return plus(left, right);
        if (node.operation == Operation::difference) return plus(left, minus(right));
        // A count that is known only as a range is not multiplied: what follows from it is not known.
        if (left.ranged || right.ranged) return Result::absent(Missing::no_data);
        if (node.operation != Operation::quotient) {
            return Result::of(multiply(left.low, right.low));
        }
        const auto divisor = sign(right.low);
        if (!divisor) undecided_ = true;
        if (divisor.value_or(0) == 0) return Result::absent(Missing::no_data);
        return Result::of(divide(left.low, right.low));
    }

    Result signed_number(const Node& node) {
        const Result value = number(part(node, 0));
        if (!value.known()) return value;
        if (node.operation == Operation::negative) return minus(value);
        if (value.ranged) return Result::absent(Missing::no_data);
        const auto positive = sign(value.low);
        if (!positive) undecided_ = true;
        return positive.value_or(0) < 0 ? minus(value) : value;
    }

    Result extreme_of(const Node& node) {
        const bool smallest = node.operation == Operation::minimum;
        Result best = number(part(node, 0));
        for (std::uint32_t i = 1; i < node.part_count; ++i) {
            const Result next = number(part(node, i));
            if (!best.known() || !next.known()) {
                best = first_missing(best, next);
            } else {
                best = better(best, next, smallest);
            }
        }
        return best;
    }

    Result rounded(const Node& node) {
        const Result value = number(part(node, 0));
        const Result step = node.part_count > 1
                                ? number(part(node, 1))
                                : Result::of(rules::number_of_fraction<Number>({1, 1}));
        if (!value.known() || !step.known()) return first_missing(value, step);
        const auto positive = sign(step.low);
        if (!positive) undecided_ = true;
        if (value.ranged || step.ranged || positive.value_or(1) <= 0) {
            return Result::absent(Missing::no_data);
        }
        Number steps = divide(value.low, step.low);
        if (node.operation == Operation::round_half_up) {
            steps = add(steps, rules::number_of_fraction<Number>({1, 2}));
        }
        const bool up = node.operation == Operation::ceiling;
        const auto whole = whole_below(up ? negate(steps) : steps);
        if (!whole) {
            undecided_ = true;
            return Result::absent(Missing::no_data);
        }
        return Result::of(multiply(up ? negate(*whole) : *whole, step.low), value.n);
    }

    std::optional<model::Procedure> innermost() const {
        if (slot_count_ == 0) return std::nullopt;
        return evidence_.procedures()[slots_[slot_count_ - 1].procedure];
    }

    const Program& program_;
    const indicators::Evidence& evidence_;
    const RankSource& ranks_;
    Trace& trace_;
    Source source_;
    indicators::CandidateNumber candidate_ = 0;
    indicators::SchoolNumber school_ = 0;
    std::span<const Cell> cells_;
    std::array<const Cell*, 8> begins_{};  ///< First cells of the program's year and of the years before it.
    model::SchoolYear year_;
    EarlierYears earlier_ = EarlierYears::unknown;
    std::array<Bound, 9> slots_{};
    std::size_t slot_count_ = 0;
    const model::Outcome* rule_outcomes_ = nullptr;
    bool undecided_ = false;
};

}  // namespace opora::rules
