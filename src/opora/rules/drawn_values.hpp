#pragma once

#include <cstdint>
#include <vector>

#include "opora/rules/drawn_cells.hpp"
#include "opora/rules/evaluator.hpp"
#include "opora/rules/program.hpp"

namespace opora::rules {

/// Parts into which a drawn share of one pupil is cut.
constexpr std::int64_t resolution = 1 << 16;

/// Nothing drawn is negative, so that adding a half rounds; std::lround would be a call for each.
inline std::int64_t drawn_numerator(float value, std::int64_t denominator) {
    // NOLINTNEXTLINE(bugprone-incorrect-roundings)
    return static_cast<std::int64_t>(static_cast<double>(value) * static_cast<double>(denominator) +
                                     0.5);
}

/// One draw of one candidate.
struct DrawnLane {
    const DrawnCells* cells = nullptr;
    std::size_t lane = 0;

    friend bool operator==(const DrawnLane&, const DrawnLane&) = default;
};

/// What was measured in a candidate's cells, ratios with enlarged denominators: everything about a
/// drawn value but its numerator.
class MeasuredCells {
public:
    /// Of the indicators that are drawn in `cells`.
    void start(const indicators::Evidence& evidence, indicators::CandidateNumber candidate,
               const DrawnCells& cells);
    const model::Measurement& at(std::size_t indicator, std::size_t cell) const {
        return values_[indicator][cell];
    }

private:
    std::array<std::vector<model::Measurement>, drawn_indicators> values_;
};

/// Totals of territories in many draws of everybody («worlds»): sums of the schools' drawn values.
struct DrawnTotals {
    struct OfTable {
        std::vector<std::int64_t> numerators;    ///< [place * worlds + world].
        std::vector<std::int64_t> denominators;  ///< By place, the same in every world.
        std::vector<std::int64_t> n;
    };
    std::size_t worlds = 0;
    std::vector<OfTable> tables;  ///< By reference; empty ones stay as they were measured.
};

/// What a judge of draws looks at: a draw of one candidate, who stands in a world of all others.
struct DrawnPoint {
    indicators::CandidateNumber candidate = 0;
    const MeasuredCells* measured = nullptr;
    DrawnLane now;       ///< What is judged.
    DrawnLane in_world;  ///< What the totals of the world hold of the candidate.
    std::size_t world = 0;
    const DrawnTotals* totals = nullptr;  ///< nullptr: as measured.
};

/// Values of a draw in place of the measured ones; a source of the evaluator.
///
/// The ratio keeps the denominator of the measured one, enlarged, so that shares are put together
/// over procedures and years with the weights of their pupils. Whether there is a value, and of how
/// many pupils, stays as it was measured: only the value is drawn.
struct DrawnValues {
    static constexpr bool are_true = true;

    const DrawnPoint* point = nullptr;
    const indicators::Evidence* evidence = nullptr;

    model::Measurement operator()(const indicators::ProcedureIndicator* indicator,
                                  const indicators::EvidenceCell& cell, std::int64_t n_min) const;
    /// Of a world, with the judged draw of the candidate in the place of the world's own.
    model::Measurement of_territory(const Program& program, std::uint32_t reference,
                                    indicators::SchoolNumber school,
                                    indicators::ProcedureNumber procedure) const;
};

// Here and not in the .cpp: it is called for every cell of every draw, and the compiler has to see
// through it.
inline model::Measurement DrawnValues::operator()(const indicators::ProcedureIndicator* indicator,
                                                  const indicators::EvidenceCell& cell,
                                                  std::int64_t n_min) const {
    const std::size_t place = drawn_place(indicator);
    const statistics::Lanes* drawn = point->now.cells->values[place];
    if (drawn == nullptr) return StoredValues{}(indicator, cell, n_min);
    const auto number = static_cast<std::size_t>(&cell - evidence->cells().data());
    const std::size_t own = number - point->now.cells->first;
    const model::Measurement& measured = point->measured->at(place, own);
    if (measured.known() && measured.n < n_min) {
        return model::Measurement::absent(model::Missing::too_few_results, measured.n);
    }
    const float one = drawn[own][point->now.lane];
    const std::int64_t denominator = measured.ratio.denominator;
    const std::int64_t numerator =
        one < 0 ? measured.ratio.numerator : drawn_numerator(one, denominator);
    return {{numerator, denominator}, measured.n, measured.missing};
}

/// The totals of as many worlds as `blocks` hold lanes, with nothing in them yet; imported values
/// stay. Where the candidates are teachers, the means of territories stay as they are: they are
/// those of schools.
DrawnTotals empty_totals(const Program& program, const std::array<bool, drawn_indicators>& drawn,
                         std::size_t worlds);

/// Adds the draws of a candidate that are those of the worlds from `world` on.
void add_to_totals(const Program& program, indicators::CandidateNumber candidate,
                   const DrawnCells& cells, std::size_t world, DrawnTotals& totals);

/// Adds totals of other candidates; whole numbers, so that the order changes nothing.
void add_totals(const DrawnTotals& others, DrawnTotals& totals);

}  // namespace opora::rules
