#include "opora/intake/kinds/territory_index.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const std::string all = normalised(text);
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find(' ', begin), all.size());
        words.push_back(all.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// Pairs of neighbouring words and what stands for them.
constexpr std::array<std::array<std::string_view, 3>, 5> pairs{{
    {"городской", "округ", ""},
    {"г", "о", ""},
    {"муниципальное", "образование", ""},
    {"р", "н", "район"},
    {"м", "р", "район"},
}};

constexpr std::array<std::array<std::string_view, 2>, 10> singles{{
    {"г", ""},
    {"гор", ""},
    {"город", ""},
    {"го", ""},
    {"мо", ""},
    {"муниципальный", ""},
    {"мун", ""},
    {"обл", "область"},
    {"респ", "республика"},
    {"рн", "район"},
}};

void place(const std::optional<model::TerritoryId>& id, std::string key,
           std::unordered_map<std::string, std::optional<model::TerritoryId>>& index) {
    const auto [found, added] = index.emplace(std::move(key), id);
    if (!added && found->second != id) found->second.reset();
}

}  // namespace

std::string territory_key(std::string_view name) {
    const std::vector<std::string> words = words_of(name);
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto pair = std::ranges::find_if(pairs, [&](const auto& one) {
            return i + 1 < words.size() && one[0] == words[i] && one[1] == words[i + 1];
        });
        std::string word = words[i];
        if (pair != pairs.end()) {
            word = (*pair)[2];
            ++i;
        } else {
            const auto single =
                std::ranges::find(singles, word, [](const auto& one) { return one[0]; });
            if (single != singles.end()) word = (*single)[1];
        }
        if (!word.empty()) kept.push_back(std::move(word));
    }
    if (kept.empty()) return normalised(name);
    std::ranges::sort(kept);
    return fmt::format("{}", fmt::join(kept, " "));
}

TerritoryIndex::TerritoryIndex(std::span<const model::Territory> territories) {
    for (const model::Territory& territory : territories) add(territory);
}

void TerritoryIndex::add(const model::Territory& territory) {
    ids_.insert_or_assign(territory.id.value, territory.id);
    place(territory.id, normalised(territory.name), names_);
    place(territory.id, territory_key(territory.name), keys_);
}

std::optional<model::TerritoryId> TerritoryIndex::find(std::string_view text) const {
    const auto by_id = ids_.find(std::string{stripped(text)});
    if (by_id != ids_.end()) return by_id->second;
    const auto by_name = names_.find(normalised(text));
    if (by_name != names_.end()) return by_name->second;
    const auto by_key = keys_.find(territory_key(text));
    return by_key != keys_.end() ? by_key->second : std::nullopt;
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
