#include "opora/rules/context.hpp"

#include <algorithm>

namespace opora::rules {

namespace {

/// How much further back than its length a window looks for years with the procedure.
constexpr int years_deeper_max = 2;

}  // namespace

std::vector<indicators::ProcedureNumber> Context::bound_procedures() const {
    std::vector<indicators::ProcedureNumber> all;
    for (std::size_t i = 0; i < slot_count_; ++i) all.push_back(slots_[i].procedure);
    return all;
}

std::optional<model::Procedure> Context::innermost() const {
    if (slot_count_ == 0) return std::nullopt;
    return evidence_.procedures()[slots_[slot_count_ - 1].procedure];
}

Located Context::locate_in(indicators::ProcedureNumber bound, model::SchoolYear year) {
    const std::size_t index = year_index(year);
    const bool known_year = index < table_years && !program_.same_work[index].empty();
    const indicators::ProcedureNumber work =
        known_year ? program_.same_work[index][bound] : indicators::nothing;
    if (work != indicators::nothing) {
        const Cell* cell = find_cell(work);
        if (cell != nullptr && cell->counts.participants > 0) {
            return {cell, work, model::Missing::none};
        }
    }
    return {nullptr, work, why_absent(work, year)};
}

/// A work that was not held is known not to have been held; of a school without any result in that
/// year nothing is known.
model::Missing Context::why_absent(indicators::ProcedureNumber work, model::SchoolYear year) {
    const YearCells cells = cells_in(year);
    if (!cells.at(cells.begin)) return model::Missing::no_data;
    const bool awaited =
        work != indicators::nothing && expected_here(work) &&
        std::ranges::any_of(program_.sets, [&](const auto& set) {
            return std::ranges::binary_search(set->expected[year_index(year)], work);
        });
    return awaited ? model::Missing::no_data : model::Missing::not_held;
}

bool Context::expected_here(indicators::ProcedureNumber procedure) const {
    const indicators::Candidate& candidate = evidence_.candidates()[candidate_];
    if (!candidate.teacher.value.empty()) return false;
    const model::Procedure& asked = evidence_.procedures()[procedure];
    const model::School& school = evidence_.schools()[school_];
    const bool open = (!school.opened || *school.opened <= asked.year) &&
                      (!school.closed || *school.closed >= asked.year);
    return open && ((candidate.grades_mask >> asked.grade) & 1u) != 0;
}

bool Context::held_in(const BoundWindow& window, model::SchoolYear year) const {
    const std::size_t index = year_index(year);
    if (index >= table_years || window.held[index] == 0) return false;
    return std::ranges::all_of(window.slots, [&](std::uint32_t slot) {
        const auto& works = program_.same_work[index];
        return !works.empty() && works[slots_[slot].procedure] != indicators::nothing;
    });
}

/// The last years in which somebody held the procedure; false if there are not enough of them.
bool Context::last_held(const BoundWindow& window, Years& chosen) const {
    const model::SchoolYear end = year_ - window.end_before;
    const int deepest = window.years + years_deeper_max;
    for (int back = 0; back < deepest && std::cmp_less(chosen.count, window.years); ++back) {
        if (held_in(window, end - back)) chosen.add(end - back);
    }
    std::reverse(chosen.years.begin(),
                 chosen.years.begin() + static_cast<std::ptrdiff_t>(chosen.count));
    return std::cmp_equal(chosen.count, window.years);
}

Years Context::years_of(const BoundWindow& window) const {
    Years chosen;
    if (window.without == YearWithoutProcedure::last_held) {
        if (last_held(window, chosen)) return chosen;
        chosen =
            Years{};  // Not enough years held: the years asked for, and their gaps are unknown.
    }
    const model::SchoolYear end = year_ - window.end_before;
    for (int back = window.years - 1; back >= 0; --back) {
        const bool held = held_in(window, end - back);
        if (held || window.without != YearWithoutProcedure::shorten) chosen.add(end - back, !held);
    }
    return chosen;
}

}  // namespace opora::rules
