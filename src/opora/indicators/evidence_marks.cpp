#include <algorithm>

#include "opora/indicators/evidence.hpp"

namespace opora::indicators {

EvidenceCell* Evidence::find_cell(CandidateNumber candidate, ProcedureNumber procedure) {
    const EvidenceCell* found = cell(candidate, procedure);
    return found == nullptr ? nullptr : &cells_[static_cast<std::size_t>(found - cells_.data())];
}

/// An official marker names a school, a year, a subject and a grade: the ВПР of that name, whatever
/// its period. Only ВПР are published with such markers.
void Evidence::place_official_marks() {
    for (const model::ObjectivityMarker& marker : markers_) {
        const auto school = find_school(marker.school);
        if (!marker.marked || !school) continue;
        for (EvidenceCell& one : std::span{cells_}.subspan(
                 cells_begin_[*school], cells_begin_[*school + 1] - cells_begin_[*school])) {
            const model::Procedure& held = procedures_[one.procedure];
            const bool named = held.type == model::ProcedureType::vpr && held.year == marker.year &&
                               held.subject == marker.subject && held.grade == marker.grade;
            if (named) one.marks = static_cast<std::uint8_t>(one.marks | official_mark);
        }
    }
}

Evidence Evidence::with_computed_marks(std::span<const MarkedCell> marked) const {
    Evidence other = *this;
    for (EvidenceCell& one : other.cells_) {
        const MarkedCell key{other.candidates_[one.candidate].school, one.procedure};
        const bool found = std::ranges::binary_search(marked, key);
        one.marks = static_cast<std::uint8_t>(found ? one.marks | computed_mark
                                                    : one.marks & ~computed_mark);
    }
    return other;
}

}  // namespace opora::indicators
