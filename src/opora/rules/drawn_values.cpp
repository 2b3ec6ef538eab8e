#include "opora/rules/drawn_values.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"
#include "opora/rules/evaluator.hpp"

namespace opora::rules {

namespace {

using indicators::EvidenceCell;

/// The numerator that a lane gives the cell, over the enlarged denominator of what was measured.
std::int64_t numerator_of(const DrawnLane& lane, std::size_t indicator, std::size_t cell,
                          const base::Fraction& measured) {
    const statistics::Lanes* values = lane.cells->values[indicator];
    const float one = values == nullptr ? -1.0F : values[cell - lane.cells->first][lane.lane];
    if (one < 0) return measured.numerator * resolution;
    return drawn_numerator(one, measured.denominator * resolution);
}

}  // namespace

const indicators::ProcedureIndicator* drawn_indicator(std::size_t place) {
    const auto all = indicators::procedure_indicators();
    OPORA_EXPECTS(all.size() + 1 == drawn_indicators);
    return place < all.size() ? &all[place] : nullptr;
}

void MeasuredCells::start(const indicators::Evidence& evidence,
                          indicators::CandidateNumber candidate, const DrawnCells& cells) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        values_[i].clear();
        if (cells.values[i] == nullptr) continue;
        for (const EvidenceCell& cell : evidence.cells_of(candidate)) {
            values_[i].push_back(StoredValues{}(drawn_indicator(i), cell, 0));
            values_[i].back().ratio.numerator *= resolution;
            values_[i].back().ratio.denominator *= resolution;
        }
    }
}

model::Measurement DrawnValues::of_territory(const Program& program, std::uint32_t reference,
                                             indicators::SchoolNumber school,
                                             indicators::ProcedureNumber procedure) const {
    const model::Measurement measured =
        StoredValues{}.of_territory(program, reference, school, procedure);
    if (point->totals == nullptr || !measured.known()) return measured;
    const ReferenceTable& table = program.references[reference];
    const DrawnTotals::OfTable& drawn = point->totals->tables[reference];
    const std::size_t place = table.row_of_school[school] * table.procedures + procedure;
    if (drawn.denominators.empty() || drawn.denominators[place] <= 0) return measured;
    std::int64_t numerator = drawn.numerators[place * point->totals->worlds + point->world];
    if (point->now != point->in_world) {
        const auto cells = evidence->cells_of(point->candidate);
        const auto own = std::ranges::lower_bound(cells, procedure, {}, &EvidenceCell::procedure);
        if (own != cells.end() && own->procedure == procedure && own->counts.participants > 0) {
            const model::Measurement value = StoredValues{}(table.indicator, *own, 0);
            const auto cell = static_cast<std::size_t>(&*own - evidence->cells().data());
            const std::size_t indicator = drawn_place(table.indicator);
            if (value.known()) {
                numerator += numerator_of(point->now, indicator, cell, value.ratio) -
                             numerator_of(point->in_world, indicator, cell, value.ratio);
            }
        }
    }
    return model::Measurement::of(numerator, drawn.denominators[place], drawn.n[place]);
}

DrawnTotals empty_totals(const Program& program, const std::array<bool, drawn_indicators>& drawn,
                         std::size_t worlds) {
    DrawnTotals totals{.worlds = worlds, .tables = {}};
    totals.tables.resize(program.references.size());
    const auto candidates = program.evidence->candidates();
    if (!candidates.empty() && !candidates.front().teacher.value.empty()) return totals;
    for (std::size_t i = 0; i < program.references.size(); ++i) {
        const ReferenceTable& table = program.references[i];
        if (!drawn[drawn_place(table.indicator)]) continue;
        totals.tables[i] = {.numerators = std::vector<std::int64_t>(table.values.size() * worlds),
                            .denominators = std::vector<std::int64_t>(table.values.size()),
                            .n = std::vector<std::int64_t>(table.values.size())};
    }
    return totals;
}

void add_to_totals(const Program& program, indicators::CandidateNumber candidate,
                   const DrawnCells& cells, std::size_t world, DrawnTotals& totals) {
    const indicators::Evidence& evidence = *program.evidence;
    const auto school = evidence.candidates()[candidate].school;
    for (std::size_t i = 0; i < totals.tables.size(); ++i) {
        DrawnTotals::OfTable& drawn = totals.tables[i];
        const ReferenceTable& table = program.references[i];
        const std::uint32_t row = table.row_of_school[school];
        if (drawn.denominators.empty() || row == none) continue;
        const std::size_t indicator = drawn_place(table.indicator);
        for (const EvidenceCell& cell : evidence.cells_of(candidate)) {
            const std::size_t place = row * table.procedures + cell.procedure;
            if (table.computed[place] == 0 || cell.counts.participants == 0) continue;
            const model::Measurement value = StoredValues{}(table.indicator, cell, 0);
            if (!value.known()) continue;
            const auto number = static_cast<std::size_t>(&cell - evidence.cells().data());
            std::int64_t* const numerators = &drawn.numerators[place * totals.worlds + world];
            for (std::size_t lane = 0; lane < statistics::lanes; ++lane) {
                numerators[lane] += numerator_of({&cells, lane}, indicator, number, value.ratio);
            }
            if (world != 0) continue;
            drawn.denominators[place] += value.ratio.denominator * resolution;
            drawn.n[place] += value.n;
        }
    }
}

void add_totals(const DrawnTotals& others, DrawnTotals& totals) {
    const auto add = [](const std::vector<std::int64_t>& from, std::vector<std::int64_t>& to) {
        for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
    };
    for (std::size_t i = 0; i < totals.tables.size(); ++i) {
        add(others.tables[i].numerators, totals.tables[i].numerators);
        add(others.tables[i].denominators, totals.tables[i].denominators);
        add(others.tables[i].n, totals.tables[i].n);
    }
}

}  // namespace opora::rules
