#pragma once

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
    CandidateDraws(const CandidateDraws&) = delete;
    CandidateDraws& operator=(const CandidateDraws&) = delete;

    void start(indicators::CandidateNumber candidate);
    /// The block's draws of the candidate's cells: numbers block * lanes to (block + 1) * lanes
    /// - 1. They hold until the next draw. Depends on nothing but the data, the year, the school,
    /// the teacher and the numbers.
    const rules::DrawnCells& draw(std::uint64_t block);

private:
    using Lanes = statistics::Lanes;
    struct OfKind {
        const KindModel* model;
        ResultKind kind;
        std::size_t season_first;
        std::size_t row_first = 0;  ///< Of the candidate, in the model.
        double shift = 0;           ///< Of the sequence of places in the effect's distribution.
        std::vector<statistics::NestedPosterior>
            posteriors;  ///< By prior; draws take them in turn.
        std::vector<statistics::NestedPosterior::Truths> truths;  ///< By prior, of `round`.
        std::uint64_t round = 0;   ///< So many draws as lanes under every prior.
        bool made = false;         ///< `truths` are those of `round`.
        std::vector<Lanes> cells;  ///< By cell of the candidate, in the unit of the kind.
    };

    void draw_kind(OfKind& of, std::uint64_t block);
    void make_round(OfKind& of, std::uint64_t round);
    void derive(std::size_t indicator);
    void pool();

    const TerritoryPrior& prior_;
    std::array<bool, rules::drawn_indicators> indicators_;
    std::array<IndicatorFormula, rules::drawn_indicators> formulas_;
    std::vector<OfKind> kinds_;
    std::uint64_t school_key_ = 0;
    std::uint64_t teacher_key_ = 0;
    std::span<const indicators::EvidenceCell> cells_;
    std::size_t cell_first_ = 0;
    std::array<const std::vector<Lanes>*, result_kinds> drawn_{};  ///< nullptr: not needed.
    std::array<std::vector<Lanes>, rules::drawn_indicators> derived_;
    rules::DrawnCells values_;
    const rules::PooledYears* pooled_;
};

}  // namespace opora::identification
