#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "opora/rules/program.hpp"

namespace opora::rules {

/// The cell that an indicator of a bound procedure speaks of, or why there is none.
struct Located {
    const indicators::EvidenceCell* cell = nullptr;
    indicators::ProcedureNumber procedure = indicators::nothing;
    model::Missing missing = model::Missing::none;
};

/// What a walk over a set of procedures met.
struct Coverage {
    bool concerned = true;     ///< The candidate teaches a grade that can take these procedures.
    std::int64_t members = 0;  ///< Present, or expected and absent.
    std::int64_t small = 0;    ///< Left out for too few results.
};

/// The years of a window. A gap is a year in which nobody held the procedure and which the reading
/// leaves unknown.
struct Years {
    std::array<int, 24> years{};
    std::array<bool, 24> gap{};
    std::size_t count = 0;
    void add(model::SchoolYear year, bool is_gap = false) {
        gap[count] = is_gap;
        years[count++] = year.ending;
    }
};

/// Where an evaluation stands: the candidate, the year that is spoken of, the procedures bound by
/// quantifiers; and every look from there into the evidence.
class Context {
public:
    using Cell = indicators::EvidenceCell;

    explicit Context(const Program& program) : program_{program}, evidence_{*program.evidence} {}

    void start(indicators::CandidateNumber candidate) {
        candidate_ = candidate;
        cells_ = evidence_.cells_of(candidate);
        school_ = evidence_.candidates()[candidate].school;
        year_ = program_.year;
        slot_count_ = 0;
        begins_.fill(nullptr);
    }
    void start_in(model::SchoolYear year, const std::vector<indicators::ProcedureNumber>& bound) {
        year_ = year;
        for (const indicators::ProcedureNumber procedure : bound) {
            slots_[slot_count_++] = {procedure, find_cell(procedure)};
        }
    }

    indicators::CandidateNumber candidate() const { return candidate_; }
    indicators::SchoolNumber school() const { return school_; }
    model::SchoolYear year() const { return year_; }
    std::uint32_t grades() const { return evidence_.candidates()[candidate_].grades_mask; }
    /// Whether the year spoken of, or one some years before it, is earlier than the year asked for.
    bool earlier(int years_before = 0) const { return year_ - years_before < program_.year; }

    template <class Body>
    auto in_year(int ending, Body body) {
        const model::SchoolYear outer = std::exchange(year_, model::SchoolYear{ending});
        auto result = body();
        year_ = outer;
        return result;
    }
    template <class Body>
    auto with_bound(const Cell& cell, Body body) {
        slots_[slot_count_++] = {cell.procedure, &cell};
        auto result = body();
        --slot_count_;
        return result;
    }
    std::vector<indicators::ProcedureNumber> bound_procedures() const;
    std::optional<model::Procedure> innermost() const;

    /// The same work as the bound procedure, in the year of the node.
    Located locate(const Node& node) {
        const Bound& bound = slots_[node.slot];
        const model::SchoolYear year = year_ - node.years_before;
        if (evidence_.procedures()[bound.procedure].year == year) {
            const bool present = bound.cell != nullptr && bound.cell->counts.participants > 0;
            return present ? Located{bound.cell, bound.procedure, model::Missing::none}
                           : Located{nullptr, bound.procedure, model::Missing::no_data};
        }
        return locate_in(bound.procedure, year);
    }

    /// Visits the members of a set in the year spoken of, in the order of procedures: `visit(cell)`
    /// for those held, `visit_absent(procedure)` for those expected and absent; either returns
    /// false to stop. `visit_small(cell)` hears of those that have too few results to count.
    template <class Visit, class VisitAbsent, class VisitSmall>
    Coverage each_member(const BoundSet& set, Visit visit, VisitAbsent visit_absent,
                         VisitSmall visit_small) {
        Coverage coverage;
        coverage.concerned = (grades() & set.grades) != 0;
        const std::size_t index = year_index(year_);
        if (!coverage.concerned || index >= table_years) return coverage;
        const auto& expected = set.expected[index];
        auto next = expected.begin();
        const auto absent_before = [&](indicators::ProcedureNumber bound) {
            for (; next != expected.end() && *next < bound; ++next) {
                if (!expected_here(*next)) continue;
                ++coverage.members;
                if (!visit_absent(*next)) return false;
            }
            return true;
        };
        const YearCells cells = cells_in(year_);
        for (const Cell* cell = cells.begin; cells.at(cell); ++cell) {
            // Rows without any result leave an expected procedure expected.
            if (set.member[cell->procedure] == 0 || cell->counts.participants == 0) continue;
            if (!absent_before(cell->procedure)) return coverage;
            if (next != expected.end() && *next == cell->procedure) ++next;
            if (too_small(*cell)) {
                ++coverage.small;
                visit_small(*cell);
                continue;
            }
            ++coverage.members;
            if (!visit(*cell)) return coverage;
        }
        absent_before(indicators::nothing);
        return coverage;
    }

    /// The years of a window seen from the year spoken of, oldest first.
    Years years_of(const BoundWindow& window) const;

private:
    struct Bound {
        indicators::ProcedureNumber procedure = 0;
        const Cell* cell = nullptr;
    };

    /// The candidate's cells of a year: from the first one on while they stand before `behind`.
    struct YearCells {
        const Cell* begin = nullptr;
        const Cell* end = nullptr;  ///< Of all cells.
        indicators::ProcedureNumber behind = 0;
        bool at(const Cell* cell) const { return cell != end && cell->procedure < behind; }
    };

    /// The first cell that is not before a procedure. Guessed from how far the procedure stands
    /// among all: most schools hold much the same works, so the guess is near, and memory is
    /// touched once instead of at every step of a bisection.
    const Cell* place_of(indicators::ProcedureNumber procedure) const {
        const std::size_t all = evidence_.procedures().size();
        std::size_t place = all == 0 ? 0 : cells_.size() * procedure / all;
        while (place > 0 && cells_[place - 1].procedure >= procedure) --place;
        while (place < cells_.size() && cells_[place].procedure < procedure) ++place;
        return cells_.data() + place;
    }
    const Cell* find_cell(indicators::ProcedureNumber procedure) const {
        const Cell* place = place_of(procedure);
        const bool found = place != cells_.data() + cells_.size() && place->procedure == procedure;
        return found ? place : nullptr;
    }
    YearCells cells_in(model::SchoolYear year) {
        const std::size_t index = year_index(year);
        if (index >= table_years) return {};
        const auto [first, behind] = program_.procedures_of_year[index];
        const Cell* const end = cells_.data() + cells_.size();
        const std::size_t back = year_index(program_.year) - index;
        if (back >= begins_.size()) return {place_of(first), end, behind};
        if (begins_[back] == nullptr) begins_[back] = place_of(first);
        return {begins_[back], end, behind};
    }
    bool too_small(const Cell& cell) const {
        return program_.small == SmallNumbers::not_counted &&
               cell.counts.participants < program_.n_min * cell.weight;
    }

    Located locate_in(indicators::ProcedureNumber bound, model::SchoolYear year);
    model::Missing why_absent(indicators::ProcedureNumber work, model::SchoolYear year);
    bool expected_here(indicators::ProcedureNumber procedure) const;
    bool held_in(const BoundWindow& window, model::SchoolYear year) const;
    bool last_held(const BoundWindow& window, Years& chosen) const;

    const Program& program_;
    const indicators::Evidence& evidence_;
    indicators::CandidateNumber candidate_ = 0;
    indicators::SchoolNumber school_ = 0;
    std::span<const Cell> cells_;
    model::SchoolYear year_;
    std::array<const Cell*, 8>
        begins_{};  ///< First cells of the program's year and of the years before it.
    std::array<Bound, 9> slots_{};
    std::size_t slot_count_ = 0;
};

}  // namespace opora::rules
