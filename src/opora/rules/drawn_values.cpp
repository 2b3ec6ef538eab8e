#include "opora/rules/drawn_values.hpp"

#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/rules/evaluator.hpp"

namespace opora::rules {

std::size_t drawn_place(const indicators::ProcedureIndicator* indicator) {
    const auto all = indicators::procedure_indicators();
    OPORA_EXPECTS(all.size() + 1 == drawn_indicators);
    if (indicator == nullptr) return all.size();
    return static_cast<std::size_t>(indicator - all.data());
}

const indicators::ProcedureIndicator* drawn_indicator(std::size_t place) {
    const auto all = indicators::procedure_indicators();
    return place < all.size() ? &all[place] : nullptr;
}

model::Measurement DrawnValues::operator()(const indicators::ProcedureIndicator* indicator,
                                           const indicators::EvidenceCell& cell,
                                           std::int64_t n_min) const {
    model::Measurement value = StoredValues{}(indicator, cell, n_min);
    const float* drawn = cells->values[drawn_place(indicator)];
    if (!value.known() || drawn == nullptr) return value;
    const float one = drawn[static_cast<std::size_t>(&cell - origin) - cells->first];
    if (one < 0) return value;
    const std::int64_t denominator = value.ratio.denominator * resolution;
    value.ratio = {std::llround(static_cast<double>(one) * static_cast<double>(denominator)),
                   denominator};
    return value;
}

namespace {

/// Sums of the drawn values over the cells of each row and procedure.
void add_cells(const Program& program, const DrawnValues& source, ReferenceTable& table,
               std::vector<model::Measurement>& sums) {
    const indicators::Evidence& evidence = *program.evidence;
    for (const indicators::EvidenceCell& cell : evidence.cells()) {
        const auto school = evidence.candidates()[cell.candidate].school;
        const std::uint32_t row = table.row_of_school[school];
        if (row == none || cell.counts.participants == 0) continue;
        const model::Measurement value = source(table.indicator, cell, 0);
        if (!value.known()) continue;
        model::Measurement& sum = sums[row * table.procedures + cell.procedure];
        sum.ratio.numerator += value.ratio.numerator;
        sum.ratio.denominator += value.ratio.denominator;
        sum.n += value.n;
    }
}

}  // namespace

std::vector<ReferenceTable> drawn_references(const Program& program, const DrawnCells& cells) {
    std::vector<ReferenceTable> tables = program.references;
    const auto candidates = program.evidence->candidates();
    if (!candidates.empty() && !candidates.front().teacher.value.empty()) return tables;
    const DrawnValues source{&cells, program.evidence->cells().data(), &tables};
    for (ReferenceTable& table : tables) {
        if (table.indicator == nullptr || cells.values[drawn_place(table.indicator)] == nullptr) {
            continue;
        }
        std::vector<model::Measurement> sums(table.values.size(), model::Measurement::of(0, 0, 0));
        add_cells(program, source, table, sums);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const bool replaced = table.computed[i] != 0 && sums[i].ratio.denominator > 0;
            if (replaced) table.values[i] = sums[i];
        }
    }
    return tables;
}

}  // namespace opora::rules
