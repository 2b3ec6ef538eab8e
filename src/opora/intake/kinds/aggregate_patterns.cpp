#include "opora/intake/kinds/aggregate_patterns.hpp"

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"

namespace opora::intake {

std::vector<std::size_t> find_score_columns(Headings& headings) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < headings.cells.size(); ++place) {
        if (headings.cells[place].role != HeadingRole::unrecognised) continue;
        const auto score = whole_number(headings.cells[place].text);
        if (score && *score == std::ssize(places)) places.push_back(place);
    }
    if (places.size() < 3) return {};
    for (const std::size_t place : places) headings.cells[place].role = HeadingRole::task;
    return places;
}

std::optional<JournalGroup> journal_group(std::string_view label) {
    const std::string words = normalised(label);
    if (words.starts_with("понизили")) return JournalGroup::lowered;
    if (words.starts_with("подтвердили")) return JournalGroup::confirmed;
    if (words.starts_with("повысили")) return JournalGroup::raised;
    if (words == "всего" || words == "итого") return JournalGroup::total;
    return std::nullopt;
}

}  // namespace opora::intake
