#include "opora/intake/kinds/territory_index.hpp"

#include <fmt/format.h>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

TerritoryIndex::TerritoryIndex(std::span<const model::Territory> territories) {
    for (const model::Territory& territory : territories) add(territory);
}

void TerritoryIndex::add(const model::Territory& territory) {
    ids_.insert_or_assign(territory.id.value, territory.id);
    const auto [place, added] = names_.emplace(normalised(territory.name), territory.id);
    if (!added && place->second != territory.id) place->second.reset();
}

std::optional<model::TerritoryId> TerritoryIndex::find(std::string_view text) const {
    const auto by_id = ids_.find(std::string{stripped(text)});
    if (by_id != ids_.end()) return by_id->second;
    const auto by_name = names_.find(normalised(text));
    return by_name != names_.end() ? by_name->second : std::nullopt;
}

model::TerritoryId TerritoryIndex::found_or_made(std::string_view text, model::TerritoryLevel level,
                                                 const model::TerritoryId& parent,
                                                 Session& session) {
    if (const auto known = find(text)) return *known;
    const std::string name{stripped(text)};
    const model::Territory made{.id = {name}, .level = level, .name = name, .parent = parent};
    session.batch.rows.territories.push_back(made);
    add(made);
    session.report.warn(
        {.code = "territory_made",
         .message = fmt::format("Территории «{}» нет в реестре: она будет создана. Проверьте её "
                                "название и вышестоящую территорию.",
                                name)});
    return made.id;
}

}  // namespace opora::intake
