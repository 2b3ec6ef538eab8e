#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "opora/intake/kinds/session.hpp"
#include "opora/model/territory.hpp"

namespace opora::intake {

/// The name of a territory as names are compared: without the words that say the same in one name
/// and are left out in another («г.», «город», «городской округ», «муниципальный»), «р-н» as
/// «район», «обл.» as «область», «респ.» as «республика», the words in any order. «г. Ручейков» and
/// «Городской округ город Ручейков» are one, «Ручейковский район» is another.
std::string territory_key(std::string_view name);

/// Territories of the register and of the file, by id and by name.
class TerritoryIndex {
public:
    explicit TerritoryIndex(std::span<const model::Territory> territories);

    /// By id, else by name if only one territory has it, else by territory_key likewise.
    std::optional<model::TerritoryId> find(std::string_view text) const;
    void add(const model::Territory& territory);

    /// Finds the territory or makes one of that name in the batch, with a warning.
    model::TerritoryId found_or_made(std::string_view text, model::TerritoryLevel level,
                                     const model::TerritoryId& parent, Session& session);

private:
    std::unordered_map<std::string, model::TerritoryId> ids_;
    std::unordered_map<std::string, std::optional<model::TerritoryId>> names_;
    std::unordered_map<std::string, std::optional<model::TerritoryId>> keys_;
};

}  // namespace opora::intake
