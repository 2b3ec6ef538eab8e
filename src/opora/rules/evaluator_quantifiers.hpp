#pragma once

// Conditions over procedures and years; part of evaluator.hpp.

#include "opora/rules/evaluator.hpp"

namespace opora::rules {

template <class Number, class Trace, class Source>
Truth Evaluator<Number, Trace, Source>::quantified(const Node& node) {
    const bool any = node.aggregate == Aggregate::any;
    const auto stop = [any](const Tally& tally) { return any ? tally.met > 0 : tally.not_met > 0; };
    if (node.set == none) {
        const Tally years = tally_years(node, stop);
        return any ? years.any() : years.all_of();  // A year without the work is not «every year».
    }
    const auto [coverage, members] = tally_members(node, stop);
    if (!coverage.concerned) return Truth::not_applicable;
    if (coverage.members == 0) {
        const Result nothing = nothing_held(coverage);
        return without_value(nothing.missing, nothing.earlier);
    }
    return any ? members.any() : members.every();
}

/// A condition over the members of a set; `stop` ends it early.
template <class Number, class Trace, class Source>
template <class Stop>
std::pair<Coverage, Tally> Evaluator<Number, Trace, Source>::tally_members(const Node& node,
                                                                           Stop stop) {
    Tally tally;
    const Coverage coverage = here_.each_member(
        *program_.sets[node.set],
        [&](const Cell& cell) {
            tally.add(here_.with_bound(cell, [&] { return truth(part(node, 0)); }));
            return Trace::enabled || !stop(tally);
        },
        [&](indicators::ProcedureNumber procedure) {
            show_left_out(procedure, Missing::no_data, 0);
            tally.add(without_value(Missing::no_data, here_.earlier()));
            return Trace::enabled || !stop(tally);
        },
        [&](const Cell& cell) {
            show_left_out(cell.procedure, Missing::too_few_results,
                          cell.counts.participants / cell.weight);
        });
    return {coverage, tally};
}

template <class Number, class Trace, class Source>
template <class Stop>
Tally Evaluator<Number, Trace, Source>::tally_years(const Node& node, Stop stop) {
    const BoundWindow& window = *program_.windows[node.window];
    const Years years = here_.years_of(window);
    Tally tally;
    if (years.count == 0) tally.add(Truth::unknown);
    for (std::size_t i = 0; i < years.count; ++i) {
        tally.add(here_.in_year(years.years[i], [&] {
            return years.gap[i] ? without_value(Missing::no_data, here_.earlier())
                                : truth(part(node, 0));
        }));
        if (!Trace::enabled && stop(tally)) break;
    }
    return tally;
}

/// The answer of a set without members: unknown, never «no» and never zero.
template <class Number, class Trace, class Source>
Value<Number> Evaluator<Number, Trace, Source>::nothing_held(const Coverage& coverage) const {
    return Result::absent(coverage.small > 0 ? Missing::too_few_results : Missing::no_data,
                          here_.earlier());
}

template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::show_left_out(
    [[maybe_unused]] indicators::ProcedureNumber procedure, [[maybe_unused]] Missing reason,
    [[maybe_unused]] std::int64_t n) {
    if constexpr (Trace::enabled) {
        trace_.left_out(evidence_.procedures()[procedure], reason, n);
    }
}

template <class Number, class Trace, class Source>
void Evaluator<Number, Trace, Source>::show_source([[maybe_unused]] const Cell& cell,
                                                   [[maybe_unused]] tally::FieldGroups groups) {
    if constexpr (Trace::enabled) {
        const auto number = static_cast<std::uint32_t>(&cell - evidence_.cells().data());
        const PooledCell* pooled =
            program_.pooled != nullptr ? program_.pooled->find(number) : nullptr;
        const auto show = [&](const Cell& one) {
            for (const model::Source& source : evidence_.sources(one, groups)) {
                trace_.source(source);
            }
        };
        if (pooled == nullptr) return show(cell);
        for (const std::uint32_t part : pooled->parts) show(evidence_.cells()[part]);
        trace_.pooled(pooled->parts.size());
    }
}

}  // namespace opora::rules
