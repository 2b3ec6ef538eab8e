#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "opora/application/objectivity.hpp"

namespace opora::application {

/// How many pupils of a school have each score of a work.
struct ScoreHistogram {
    model::Procedure procedure;
    std::vector<std::int32_t> counts;  ///< By score from 0: primary, of the ЕГЭ the test score.
    /// First scores of the marks 3, 4, 5 as far as they are official; of the ЕГЭ the minimum alone.
    std::array<std::optional<std::int32_t>, 3> first_scores;
    std::string borders_of;  ///< Where the borders come from, Russian; empty: there are none.
};

/// The works of a school in a year whose scores are known, in the order of procedures. Reads the
/// histograms of the cells in force; borders as in objectivity::BorderTable, whose details of the
/// year are those of `findings`.
std::vector<ScoreHistogram> score_histograms(ports::Store& store, const LoadedEvidence& loaded,
                                             std::span<const model::Scale> scales,
                                             const ObjectivityFindings& findings,
                                             indicators::SchoolNumber school,
                                             model::SchoolYear year);

}  // namespace opora::application
