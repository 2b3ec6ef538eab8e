#pragma once

#include <memory>
#include <vector>

#include "opora/identification/territory_prior.hpp"
#include "opora/rules/listing_draws.hpp"
#include "opora/rules/pooled_years.hpp"
#include "opora/statistics/nested_posterior.hpp"

namespace opora::identification {

/// Draws the true values of one candidate after another, in the form in which rules read them.
class CandidateDraws {
public:
    /// `pooled`: the cells that the pack puts together over years, or nullptr.
    CandidateDraws(const TerritoryPrior& prior, const rules::ListingReads& reads,
                   const rules::PooledYears* pooled);

    void start(indicators::CandidateNumber candidate);
    /// Writes the values of every indicator of the candidate's cells: `values[i]` points to the
    /// first of them, for the indicators asked for.
    void draw(std::uint64_t number, const std::array<float*, rules::drawn_indicators>& values);

private:
    struct OfKind {
        const KindModel* model;
        ResultKind kind;
        std::size_t season_first;
        std::size_t row_first = 0;  ///< Of the candidate, in the model.
        double shift = 0;           ///< Of the sequence of places in the effect's distribution.
        std::vector<statistics::NestedPosterior>
            posteriors;  ///< By prior; draws take them in turn.
    };

    void draw_kind(OfKind& of, std::uint64_t number);
    void pool(const std::array<float*, rules::drawn_indicators>& values) const;

    const TerritoryPrior& prior_;
    std::array<bool, rules::drawn_indicators> indicators_;
    std::array<IndicatorFormula, rules::drawn_indicators> formulas_;
    std::vector<OfKind> kinds_;
    std::uint64_t school_key_ = 0;
    std::uint64_t teacher_key_ = 0;
    std::span<const indicators::EvidenceCell> cells_;
    std::size_t cell_first_ = 0;
    std::vector<KindValues> drawn_;  ///< By cell of the candidate.
    statistics::NestedPosterior::Draw draw_;
    const rules::PooledYears* pooled_;
};

}  // namespace opora::identification
