#pragma once

// Sums, means and shares over procedures and years; part of evaluator.hpp.

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::aggregated(const Node& node) {
    if (node.aggregate == Aggregate::count) return counted(node);
    if (node.aggregate == Aggregate::pooled) return pooled_over_years(node);
    return node.set != none ? over_members(node) : over_years(node);
}

/// Unknown members make the count a range: at least those known to be true, at most those and the
/// unknown ones.
template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::counted(const Node& node) {
    const auto never = [](const Tally&) { return false; };
    Tally tally;
    if (node.set == none) {
        tally = tally_years(node, never);
    } else {
        const auto [coverage, members] = tally_members(node, never);
        if (!coverage.concerned) return Result::absent(Missing::not_applicable);
        if (coverage.members == 0) return nothing_held(coverage);
        tally = members;
    }
    if (tally.not_applicable == tally.all()) return Result::absent(Missing::not_applicable);
    Result count = Result::of(Arithmetic<Number>::whole(tally.met), tally.all());
    if (tally.unknown > 0) {
        count.ranged = true;
        count.high = Arithmetic<Number>::whole(tally.met + tally.unknown);
    }
    return count;
}

template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::gather(const Node& node, const Result& member,
                                              Gathering& all) {
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
    const std::int64_t n = all.sum.n + member.n;
    all.sum = Arithmetic<Number>::plus(all.sum, member);
    all.sum.n = n;
    const bool smallest = node.aggregate == Aggregate::minimum;
    all.best = all.members == 1 ? member : arithmetic_.better(all.best, member, smallest);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::gathered(const Node& node, const Gathering& all,
                                                         bool earlier) {
    if (all.missing) return *all.missing;
    if (all.members == 0) {
        return all.not_applicable > 0 ? Result::absent(Missing::not_applicable)
                                      : Result::absent(Missing::no_data, earlier);
    }
    switch (node.aggregate) {
        case Aggregate::minimum:
        case Aggregate::maximum:
            return all.best;
        case Aggregate::mean:
            return arithmetic_.divided(all.sum, all.members);
        default:
            return all.sum;
    }
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::over_members(const Node& node) {
    Gathering all;
    const Coverage coverage = here_.each_member(
        *program_.sets[node.set],
        [&](const Cell& cell) {
            gather(node, here_.with_bound(cell, [&] { return number(part(node, 0)); }), all);
            return true;
        },
        [&](indicators::ProcedureNumber procedure) {
            show_left_out(procedure, Missing::no_data, 0);
            gather(node, Result::absent(Missing::no_data, here_.earlier()), all);
            return true;
        },
        [&](const Cell& cell) {
            show_left_out(cell.procedure, Missing::too_few_results,
                          cell.counts.participants / cell.weight);
        });
    if (!coverage.concerned) return Result::absent(Missing::not_applicable);
    if (coverage.members == 0) return nothing_held(coverage);
    return gathered(node, all, here_.earlier());
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::over_years(const Node& node) {
    const Years years = here_.years_of(*program_.windows[node.window]);
    Gathering all;
    std::vector<std::pair<int, Number>> points;
    for (std::size_t i = 0; i < years.count; ++i) {
        const Result member = here_.in_year(years.years[i], [&] {
            return years.gap[i] ? Result::absent(Missing::no_data, here_.earlier())
                                : number(part(node, 0));
        });
        gather(node, member, all);
        if (node.aggregate == Aggregate::slope && member.known() && !member.ranged) {
            points.emplace_back(years.years[i], member.low);
        }
    }
    const Result result = gathered(node, all, true);
    if (node.aggregate != Aggregate::slope || !result.known()) return result;
    return Arithmetic<Number>::slope(points);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::pooled_over_set(const Node& node) {
    return here_.in_year(here_.year().ending - node.years_before, [&] {
        if constexpr (Trace::enabled) trace_.in_year(here_.year());
        Pool<Number> pool;
        pool_year(node, pool);
        return pooled(pool);
    });
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::pooled_over_years(const Node& node) {
    const Years years = here_.years_of(*program_.windows[node.window]);
    const Node& body = program_.nodes[part(node, 0)];
    Pool<Number> pool;
    if constexpr (Trace::enabled) trace_.open(body, here_.year(), here_.innermost());
    for (std::size_t i = 0; i < years.count; ++i) {
        here_.in_year(years.years[i] - body.years_before, [&] {
            if (years.gap[i]) {
                pool.miss(Missing::no_data, here_.earlier());
            } else {
                pool_year(body, pool);
            }
            return true;
        });
    }
    const Result result = pooled(pool);
    if constexpr (Trace::enabled) trace_.close(result);
    return result;
}

/// Adds what an indicator counts in the year spoken of.
template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::pool_year(const Node& node, Pool<Number>& pool) {
    if (node.operation == Operation::year_indicator) {
        const auto value =
            indicators::measure(evidence_, *node.year_indicator, here_.school(), here_.year());
        return value.known() ? pool.add(value, 1) : pool.miss(value.missing, here_.earlier());
    }
    if (node.set != none) return pool_set(node, *program_.sets[node.set], pool);
    Node of_this_year = node;
    of_this_year.years_before = 0;
    const Located place = here_.locate(of_this_year);
    if (node.reference != none) return pool_reference(node, place.procedure, pool);
    if (place.cell == nullptr) return pool.miss(place.missing, here_.earlier());
    pool_cell(node, *place.cell, pool);
}

template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::pool_set(const Node& node, const BoundSet& set,
                                                Pool<Number>& pool) {
    const bool earlier = here_.earlier();
    if (node.reference != none) {
        const std::size_t index = year_index(here_.year());
        if (index >= table_years) return;
        for (const auto procedure : set.members[index]) pool_reference(node, procedure, pool);
        return;
    }
    const Coverage coverage = here_.each_member(
        set,
        [&](const Cell& cell) {
            pool_cell(node, cell, pool);
            return true;
        },
        [&](indicators::ProcedureNumber procedure) {
            show_left_out(procedure, Missing::no_data, 0);
            if (program_.missing_members == MissingMembers::unknown) {
                pool.miss(Missing::no_data, earlier);
            }
            return true;
        },
        [&](const Cell& cell) {
            show_left_out(cell.procedure, Missing::too_few_results,
                          cell.counts.participants / cell.weight);
        });
    if (!coverage.concerned) {
        pool.miss(Missing::not_applicable, earlier);
    } else if (coverage.members == 0) {
        pool.miss(coverage.small > 0 ? Missing::too_few_results : Missing::no_data, earlier);
    }
}

template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::pool_cell(const Node& node, const Cell& cell,
                                                 Pool<Number>& pool) {
    const model::Measurement value = stored(node.indicator, cell, 0);
    if (value.known()) {
        show_source(cell, groups_read(node));
        pool.add(value, cell.weight);
    } else if (value.missing == Missing::not_applicable) {
        show_left_out(cell.procedure, Missing::not_applicable, 0);
    } else if (program_.missing_members == MissingMembers::unknown) {
        pool.miss(value.missing, here_.earlier());
    }
}

/// An imported share without the number of pupils behind it cannot be put together with others.
template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::pool_reference(const Node& node,
                                                      indicators::ProcedureNumber procedure,
                                                      Pool<Number>& pool) {
    if (procedure == indicators::nothing) return;
    const model::Measurement value =
        source_.of_territory(program_, node.reference, here_.school(), procedure);
    if (!value.known()) return;
    if (value.n <= 0) return pool.miss(Missing::no_reference, here_.earlier());
    pool.add(value, 1);
}

template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::pooled(const Pool<Number>& pool) {
    if (pool.missing != Missing::none) return Result::absent(pool.missing, pool.earlier);
    if (pool.members == 0) return Result::absent(Missing::no_data, here_.earlier());
    if (program_.small != SmallNumbers::counted && pool.n < program_.n_min) {
        return Result::absent(Missing::too_few_results, false, pool.n);
    }
    if (!pool.fractions) {
        model::Measurement whole = pool.whole;
        whole.n = pool.n;
        if (whole.ratio.denominator <= 0) return Result::absent(Missing::no_data);
        if constexpr (Trace::enabled) trace_.measured(whole, 1);
        return measured(whole, false);
    }
    const auto [top, bottom] = pool.sums();
    if (arithmetic_.sign_of(bottom) <= 0) return Result::absent(Missing::no_data);
    return Result::of(divide(top, bottom), pool.n);
}

}  // namespace opora::rules
