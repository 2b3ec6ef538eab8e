#pragma once

// How numbers are computed; part of evaluator.hpp.

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::number(NodeNumber number) {
    const Node& node = program_.nodes[number];
    if constexpr (Trace::enabled) trace_.open(node, here_.year(), here_.innermost());
    Result result = number_of(node, number);
    if constexpr (Trace::enabled) trace_.close(result);
    return result;
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::number_of(const Node& node, NodeNumber self) {
    switch (node.operation) {
        case Operation::constant:
        case Operation::parameter:
            return Result::of(constant(node.constant));
        case Operation::indicator:
            return indicator(node);
        case Operation::year_indicator:
            return year_indicator(node);
        case Operation::imported:
        case Operation::fact:
        case Operation::markers:
            return from_outside(node);
        case Operation::percent_rank:
            return percent_rank(self);
        case Operation::number_quantifier:
            return aggregated(node);
        case Operation::absolute:
            return arithmetic_.absolute(number(part(node, 0)));
        case Operation::round_half_up:
        case Operation::floor:
        case Operation::ceiling:
            return rounded(node);
        case Operation::minimum:
        case Operation::maximum:
            return extreme_of(node);
        case Operation::negative: {
            const Result value = number(part(node, 0));
            return value.known() ? Arithmetic<Number>::minus(value) : value;
        }
        default:
            break;
    }
    const Result left = number(part(node, 0));
    return arithmetic_.combine(node.operation, left, number(part(node, 1)));
}

template <class Number, class Trace, class Source>
const Number& Evaluator<Number, Trace, Source>::constant(std::uint32_t number) const {
    if constexpr (std::is_same_v<Number, Approximate>) {
        return program_.constants[number];
    } else {
        return program_.exact_constants[number];
    }
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::measured(const model::Measurement& value,
                                                         bool earlier) const {
    if (!value.known()) return Result::absent(value.missing, earlier, value.n);
    return Result::of(number_of_fraction<Number>(value.ratio), value.n);
}

/// The ЕГЭ gives test scores and no marks, so quality, success and the like say nothing about it:
/// they do not apply, which is not the same as marks that somebody forgot to supply.
template <class Number, class Trace, class Source>
model::Measurement Evaluator<Number, Trace, Source>::without_marks(
    const indicators::ProcedureIndicator* indicator, const Cell& cell,
    const model::Measurement& value) const {
    const bool unmarked = indicator != nullptr && indicators::is_of_marks(*indicator) &&
                          cell.counts.participants > 0 && cell.counts.marked() == 0;
    const bool by_score = evidence_.procedures()[cell.procedure].type == model::ProcedureType::ege;
    return unmarked && by_score ? model::Measurement::absent(Missing::not_applicable) : value;
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::indicator(const Node& node) {
    if (node.set != none) return pooled_over_set(node);
    const bool earlier = here_.earlier(node.years_before);
    const Located place = here_.locate(node);
    if constexpr (Trace::enabled) {
        if (place.procedure != indicators::nothing) {
            trace_.of_procedure(evidence_.procedures()[place.procedure]);
        } else {
            trace_.in_year(here_.year() - node.years_before);
        }
    }
    if (node.reference != none) return reference(node, place.procedure, earlier);
    if (place.cell == nullptr) return Result::absent(place.missing, earlier);
    const model::Measurement value = stored(node.indicator, *place.cell, n_min());
    if constexpr (Trace::enabled) trace_.measured(value, place.cell->weight);
    show_source(*place.cell, groups_read(node));
    return measured(value, earlier);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::reference(const Node& node,
                                                          indicators::ProcedureNumber procedure,
                                                          bool earlier) {
    if (procedure == indicators::nothing) return Result::absent(Missing::no_reference, earlier);
    const model::Measurement value =
        source_.of_territory(program_, node.reference, here_.school(), procedure);
    if constexpr (Trace::enabled) {
        const ReferenceTable& table = program_.references[node.reference];
        if (table.row_of_school[here_.school()] != none) trace_.referred(value, table.scope);
    }
    return measured(value, earlier);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::year_indicator(const Node& node) {
    const model::SchoolYear year = here_.year() - node.years_before;
    const auto value = indicators::measure(evidence_, *node.year_indicator, here_.school(), year);
    if constexpr (Trace::enabled) {
        trace_.in_year(year);
        trace_.measured(value, 1);
    }
    return measured(value, here_.earlier(node.years_before));
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::from_outside(const Node& node) {
    const model::SchoolYear year = here_.year() - node.years_before;
    const bool earlier = here_.earlier(node.years_before);
    if constexpr (Trace::enabled) trace_.in_year(year);
    if (node.operation == Operation::markers) return markers(year, earlier);
    if (node.operation == Operation::imported) {
        return measured(indicators::measure_imported(evidence_, node.code, here_.school(), year),
                        earlier);
    }
    const auto fact = node.code == indicators::nothing
                          ? std::nullopt
                          : evidence_.fact(here_.school(), node.code, year);
    if (!fact) return Result::absent(Missing::no_data, earlier);
    return Result::of(number_of_fraction<Number>(*fact));
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::markers(model::SchoolYear year,
                                                        bool earlier) const {
    std::int64_t marked = 0;
    std::int64_t given = 0;
    for (const model::ObjectivityMarker& marker : evidence_.markers(here_.school())) {
        if (marker.year != year) continue;
        ++given;
        if (marker.marked) ++marked;
    }
    if (given == 0) return Result::absent(Missing::no_data, earlier);
    return Result::of(Arithmetic<Number>::whole(marked), given);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::percent_rank(NodeNumber self) {
    if constexpr (Trace::enabled) number(part(program_.nodes[self], 0));
    const Rank rank = ranks_.rank(self, here_.year(), here_.bound_procedures(), here_.candidate());
    if (!rank.known) return Result::absent(Missing::no_data, here_.earlier());
    if (rank.group < 2) return Result::absent(Missing::no_reference, here_.earlier());
    return Result::of(
        number_of_fraction<Number>({std::int64_t{rank.less}, std::int64_t{rank.group} - 1}),
        rank.group);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::extreme_of(const Node& node) {
    const bool smallest = node.operation == Operation::minimum;
    Result best = number(part(node, 0));
    for (std::uint32_t i = 1; i < node.part_count; ++i) {
        const Result next = number(part(node, i));
        best = best.known() && next.known() ? arithmetic_.better(best, next, smallest)
                                            : Arithmetic<Number>::first_missing(best, next);
    }
    return best;
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::rounded(const Node& node) {
    const Result value = number(part(node, 0));
    const Result step =
        node.part_count > 1 ? number(part(node, 1)) : Result::of(Arithmetic<Number>::whole(1));
    return arithmetic_.rounded(node.operation, value, step);
}

}  // namespace opora::rules
