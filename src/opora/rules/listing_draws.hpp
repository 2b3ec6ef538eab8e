#pragma once

#include <array>
#include <memory>
#include <vector>

#include "opora/rules/drawn_cells.hpp"
#include "opora/rules/evaluate.hpp"

namespace opora::rules {

struct DrawnLane;
class DrawnWorlds;

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
    /// `worlds`: of everybody, for a pack that compares; else nullptr. Both must outlive the judge.
    explicit DrawJudge(const BoundPack& pack, DrawnWorlds* worlds = nullptr);
    ~DrawJudge();
    DrawJudge(const DrawJudge&) = delete;
    DrawJudge& operator=(const DrawJudge&) = delete;

    /// Whether the listing is met by a draw of a candidate; what stays unknown is not. `in_world`
    /// and `world` for a pack that compares (DrawnPoint).
    bool lists(indicators::CandidateNumber candidate, const DrawnLane& now);
    bool lists(indicators::CandidateNumber candidate, const DrawnLane& now,
               const DrawnLane& in_world, std::size_t world);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace opora::rules
