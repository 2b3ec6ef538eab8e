#pragma once

// How conditions are answered; part of evaluator.hpp.

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

namespace detail {

inline Truth opposite(Truth truth) {
    if (truth == Truth::met) return Truth::not_met;
    return truth == Truth::not_met ? Truth::met : truth;
}

inline Truth truth_of(model::Outcome outcome) {
    switch (outcome) {
        case model::Outcome::met:
            return Truth::met;
        case model::Outcome::not_met:
            return Truth::not_met;
        case model::Outcome::unknown:
            return Truth::unknown;
        case model::Outcome::not_applicable:
            return Truth::not_applicable;
    }
    return Truth::unknown;
}

inline bool holds(Comparison comparison, int sign) {
    switch (comparison) {
        case Comparison::less:
            return sign < 0;
        case Comparison::less_equal:
            return sign <= 0;
        case Comparison::greater:
            return sign > 0;
        case Comparison::greater_equal:
            return sign >= 0;
        case Comparison::equal:
            return sign == 0;
    }
    return false;
}

inline Truth lies_beyond(const Node& node, const Interval& interval, double other) {
    const bool beyond = node.operation == Operation::significantly_below ? interval.high < other
                                                                         : interval.low > other;
    return beyond ? Truth::met : Truth::not_met;
}

}  // namespace detail

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::truth(NodeNumber number) {
    const Node& node = program_.nodes[number];
    if constexpr (Trace::enabled) trace_.open(node, here_.year(), here_.innermost());
    const Truth result = truth_of(node, number);
    if constexpr (Trace::enabled) trace_.close(result);
    return result;
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::truth_of(const Node& node, NodeNumber self) {
    switch (node.operation) {
        case Operation::conjunction:
            return joined(node, Truth::not_met).all_of();
        case Operation::disjunction:
            return joined(node, Truth::met).any();
        case Operation::negation:
            return detail::opposite(truth(part(node, 0)));
        case Operation::comparison:
            return compared(node);
        case Operation::at_least:
            return at_least(node);
        case Operation::truth_quantifier:
            return quantified(node);
        case Operation::teaches:
            return (here_.grades() & node.grades) != 0 ? Truth::met : Truth::not_met;
        case Operation::in_list:
            return in_list(node);
        case Operation::was_held:
            return was_held(node);
        case Operation::took:
            return took(node);
        case Operation::lowest_in:
        case Operation::highest_in:
            return extreme(node, self);
        case Operation::significantly_below:
        case Operation::significantly_above:
            return significant(node);
        case Operation::rule:
            return detail::truth_of(rule_outcomes_[node.code]);
        default:
            break;
    }
    OPORA_EXPECTS(false && "the checker lets only conditions stand here");
    return Truth::unknown;
}

/// Parts of `and` and `or`; stops where `decisive` settles the whole, unless a derivation wants
/// every part.
template <class Number, class Trace, class Source>
Tally Evaluator<Number, Trace, Source>::joined(const Node& node, Truth decisive) {
    Tally tally;
    for (std::uint32_t i = 0; i < node.part_count; ++i) {
        const Truth one = truth(part(node, i));
        tally.add(one);
        if (!Trace::enabled && one == decisive) break;
    }
    return tally;
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::without_value(Missing missing, bool earlier) const {
    if (missing == Missing::not_applicable) return Truth::not_applicable;
    if (missing == Missing::not_held) return Truth::absent;
    return earlier && earlier_ == EarlierYears::not_met ? Truth::not_met : Truth::unknown;
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::compared(const Node& node) {
    if constexpr (!Trace::enabled) {
        if (node.ratio_with_constant) return compared_ratio(node);
    }
    const Result left = number(part(node, 0));
    if (!left.known() && !Trace::enabled && left.missing == Missing::not_applicable) {
        return Truth::not_applicable;
    }
    const Result right = number(part(node, 1));
    if (left.known() && right.known()) return arithmetic_.compared(node.comparison, left, right);
    const Result missing = Arithmetic<Number>::first_missing(left, right);
    return without_value(missing.missing, missing.earlier);
}

/// `low_share(p) >= 30 %` as 100·x >= 30·n.
template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::compared_ratio(const Node& node) {
    const Node& indicator = program_.nodes[part(node, 0)];
    const Located place = here_.locate(indicator);
    const bool earlier = here_.earlier(indicator.years_before);
    if (place.cell == nullptr) return without_value(place.missing, earlier);
    const model::Measurement value = stored(indicator.indicator, *place.cell, n_min());
    if (!value.known()) return without_value(value.missing, earlier);
    const Approximate& limit = program_.constants[program_.nodes[part(node, 1)].constant];
    __extension__ using Wide = __int128;
    const Wide left = static_cast<Wide>(value.ratio.numerator) * limit.denominator;
    const Wide right = static_cast<Wide>(limit.numerator) * value.ratio.denominator;
    const int sign = left < right ? -1 : left > right ? 1 : 0;
    return detail::holds(node.comparison, sign) ? Truth::met : Truth::not_met;
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::at_least(const Node& node) {
    const Result least = number(part(node, 0));
    Tally tally;
    for (std::uint32_t i = 1; i < node.part_count; ++i) tally.add(truth(part(node, i)));
    if (!least.known()) return Truth::unknown;
    return tally.at_least(static_cast<std::int64_t>(std::ceil(to_double(least.low))));
}

/// Schools without a row are not on the list, provided that somebody is: a list was supplied for
/// that year.
template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::in_list(const Node& node) {
    const model::SchoolYear year = here_.year() - node.years_before;
    if (node.code != indicators::nothing) {
        const auto* value = evidence_.imported(here_.school(), node.code, year);
        if (value != nullptr) return value->value.numerator != 0 ? Truth::met : Truth::not_met;
    }
    const std::size_t index = year_index(year);
    const bool supplied = index < table_years && (*node.list_years)[index] != 0;
    if (supplied) return Truth::not_met;
    return without_value(Missing::no_data, here_.earlier(node.years_before));
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::was_held(const Node& node) {
    const Located place = here_.locate(node);
    if (place.cell != nullptr) return Truth::met;
    if (place.missing == Missing::not_held) return Truth::not_met;
    return without_value(place.missing, here_.earlier(node.years_before));
}

/// Whether there is any result at all: a question about the data, answered yes or no.
template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::took(const Node& node) {
    return here_.in_year(here_.year().ending - node.years_before, [&] {
        bool found = false;
        const auto go_on = [](auto) { return true; };
        const auto take = [&](const Cell& cell) {
            found = true;
            show_source(cell, tally::all_groups);
            return Trace::enabled;
        };
        here_.each_member(*program_.sets[node.set], take, go_on, take);
        return found ? Truth::met : Truth::not_met;
    });
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::extreme(const Node& node, NodeNumber self) {
    if constexpr (Trace::enabled) number(part(node, 0));
    const Rank rank = ranks_.rank(self, here_.year(), here_.bound_procedures(), here_.candidate());
    if (!rank.known || rank.group < 2) return without_value(Missing::no_data, here_.earlier());
    const bool lowest = node.operation == Operation::lowest_in;
    const std::uint32_t beyond = lowest ? rank.less : rank.group - rank.less - rank.equal;
    return beyond == 0 && rank.equal == 1 ? Truth::met : Truth::not_met;
}

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::significant(const Node& node) {
    const Node& indicator = program_.nodes[part(node, 0)];
    if constexpr (Trace::enabled) number(part(node, 0));
    if (indicator.set != none) return pooled_significant(node, indicator);
    const Located place = here_.locate(indicator);
    if (place.cell == nullptr) {
        return without_value(place.missing, here_.earlier(indicator.years_before));
    }
    const model::Measurement group =
        source_.of_territory(program_, node.reference, here_.school(), place.cell->procedure);
    if (!group.known()) return Truth::unknown;
    const auto interval = certain_range(indicator.indicator, *place.cell);
    return interval ? detail::lies_beyond(node, *interval, group.ratio.value()) : Truth::unknown;
}

/// Where the value of a school surely lies: its 95 % interval, or the value itself where it is
/// true.
template <class Number, class Trace, class Source>
std::optional<Interval> Evaluator<Number, Trace, Source>::certain_range(
    const indicators::ProcedureIndicator* indicator, const Cell& cell) const {
    if constexpr (Source::are_true) {
        const model::Measurement value = source_(indicator, cell, 0);
        if (!value.known()) return std::nullopt;
        return Interval{value.ratio.value(), value.ratio.value()};
    } else {
        return interval_95(*indicator, cell);
    }
}

/// A share over several procedures against the same share of the group.
template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::pooled_significant(const Node& node,
                                                           const Node& indicator) {
    Node of_group = indicator;
    of_group.reference = node.reference;
    Pool<Number> own;
    Pool<Number> group;
    here_.in_year(here_.year().ending - indicator.years_before, [&] {
        pool_year(indicator, own);
        pool_year(of_group, group);
        return true;
    });
    if (own.missing != Missing::none) return without_value(own.missing, own.earlier);
    const auto [own_top, own_bottom] = own.sums();
    const auto [group_top, group_bottom] = group.sums();
    const bool comparable = group.missing == Missing::none && own.n > 0 &&
                            to_double(own_bottom) > 0 && to_double(group_bottom) > 0;
    if (!comparable) return Truth::unknown;
    const double share = to_double(own_top) / to_double(own_bottom);
    const Interval interval =
        Source::are_true ? Interval{share, share} : share_interval_95(share, own.n);
    return detail::lies_beyond(node, interval, to_double(group_top) / to_double(group_bottom));
}

}  // namespace opora::rules
