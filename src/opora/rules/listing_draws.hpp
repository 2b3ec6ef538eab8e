#pragma once

#include <array>
#include <memory>
#include <vector>

#include "opora/rules/drawn_cells.hpp"
#include "opora/rules/evaluate.hpp"

namespace opora::rules {

/// What the listing of a pack reads that chance has a part in.
struct ListingReads {
    std::array<bool, drawn_indicators> indicators{};
    bool compares =
        false;  ///< Ranks, or means of territories that are computed: of everybody at once.
    int years_back = 0;  ///< How far before the year asked for values are read; a window's length.

    bool any() const;
};

/// Empty for a pack that lists nobody, takes an official list or speaks of facts.
ListingReads listing_reads(const BoundPack& pack);

/// Judges candidates by drawn values instead of measured ones.
class DrawJudge {
public:
    explicit DrawJudge(const BoundPack& pack);
    ~DrawJudge();
    DrawJudge(const DrawJudge&) = delete;
    DrawJudge& operator=(const DrawJudge&) = delete;

    /// The values that the next candidates are judged by. For a pack that compares, they are those
    /// of all cells, and means and ranks are made of them; else those of the candidate's own cells
    /// are enough. The values must outlive the judging.
    void start(const DrawnCells& cells);

    /// Whether the listing is met by the values of the draw; what stays unknown is not.
    bool lists(indicators::CandidateNumber candidate);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace opora::rules
