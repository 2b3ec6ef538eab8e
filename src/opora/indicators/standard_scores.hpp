#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "opora/indicators/evidence.hpp"

namespace opora::indicators {

/// The scale on which the participants of one procedure are compared: mean and standard deviation
/// over all of them in the store, pupils of all schools together.
struct ProcedureScale {
    std::int64_t n = 0;
    double mean = 0;
    double deviation = 0;  ///< Of pupils, n in the denominator; 0: everybody has the same result.

    bool comparable() const { return n > 1 && deviation > 0; }
};

/// The results of one candidate in one procedure as standard scores z = (result - mean) /
/// deviation: their number, sum and sum of squares.
struct StandardCell {
    CandidateNumber candidate = 0;
    ProcedureNumber procedure = 0;
    std::int64_t n = 0;
    double sum = 0;
    double squares = 0;

    double mean() const { return sum / static_cast<double>(n); }
};

/// What all procedures of a candidate in a year say together.
struct StandardResult {
    CandidateNumber candidate = 0;
    std::int64_t results = 0;  ///< Results of pupils; one pupil has one in every procedure.
    std::int32_t procedures = 0;
    double value = 0;           ///< Mean standard score over all results.
    double standard_error = 0;  ///< See `standard_results`.
};

/// Results of a year on one scale, so that a work of 20 points and another of 38 are seen together.
///
/// A cell's scores are used where it has them (test scores of ЕГЭ, else primary scores), otherwise
/// its marks, on a scale of marks of their own. A procedure in which all results are the same, or
/// that one pupil took, says nothing and has no cells. Grades and works weigh by their pupils. Sums
/// are taken in the order of candidates and procedures, so that the same evidence gives the same
/// bits.
class StandardScores {
public:
    StandardScores(const Evidence& evidence, model::SchoolYear year);
    /// The scores of other candidates (teachers) on the scales of all schools.
    StandardScores(const Evidence& evidence, model::SchoolYear year, const Evidence& schools);

    model::SchoolYear year() const { return year_; }
    /// Sorted by (candidate, procedure).
    std::span<const StandardCell> cells() const { return cells_; }
    std::span<const StandardCell> cells_of(CandidateNumber candidate) const;
    std::size_t candidates() const { return begins_.size() - 1; }

private:
    model::SchoolYear year_;
    std::vector<StandardCell> cells_;
    std::vector<std::size_t> begins_;  ///< By candidate, one more at the end.
};

/// How results vary, estimated over all cells by the method of moments (one-way analysis of
/// variance with unequal groups, Searle, Casella, McCulloch 1992, §3.6).
struct StandardVariance {
    double pupils = 0;      ///< Between pupils within a cell.
    double procedures = 0;  ///< Between the procedures of one school, beyond pupils; never below 0.
};

/// std::nullopt when no cell has two pupils.
std::optional<StandardVariance> standard_variance(const StandardScores& scores);

/// One result for every candidate that has a cell, in the order of candidates.
///
/// standard_error² = sum over procedures of w² (procedures + pupils / n), w the procedure's part of
/// the results: the procedures of a school are repeated looks at it, their pupils are not
/// independent ones.
std::vector<StandardResult> standard_results(const StandardScores& scores,
                                             const StandardVariance& variance);

}  // namespace opora::indicators
