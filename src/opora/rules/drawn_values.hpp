#pragma once

#include <cstdint>
#include <vector>

#include "opora/rules/drawn_cells.hpp"
#include "opora/rules/program.hpp"

namespace opora::rules {

/// Values of a draw in place of the measured ones; a source of the evaluator.
///
/// The ratio keeps the denominator of the measured one, enlarged, so that shares are put together
/// over procedures and years with the weights of their pupils. Whether there is a value, and of how
/// many pupils, stays as it was measured: only the value is drawn.
struct DrawnValues {
    static constexpr bool are_true = true;
    static constexpr std::int64_t resolution = 1 << 16;

    const DrawnCells* cells = nullptr;
    const indicators::EvidenceCell* origin = nullptr;  ///< The evidence's first cell.
    const std::vector<ReferenceTable>* references = nullptr;

    model::Measurement operator()(const indicators::ProcedureIndicator* indicator,
                                  const indicators::EvidenceCell& cell, std::int64_t n_min) const;
    const ReferenceTable& reference(const Program&, std::uint32_t number) const {
        return (*references)[number];
    }
};

/// The references of a draw: every total of a territory is the sum of its schools' drawn values;
/// imported values stay. Where the candidates are teachers, the means of territories stay as they
/// are: they are those of schools.
std::vector<ReferenceTable> drawn_references(const Program& program, const DrawnCells& cells);

}  // namespace opora::rules
