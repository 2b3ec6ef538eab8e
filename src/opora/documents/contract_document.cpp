#include "opora/documents/contract_document.hpp"

#include <fmt/format.h>

#include "opora/base/russian.hpp"
#include "opora/documents/issuer_values.hpp"

namespace opora::documents {

namespace {

void add_party(TemplateValues& values, const std::string& side, const ContractParty& party) {
    auto& entries = values.entries;
    entries[side] = party.school.name;
    entries[side + "_code"] = party.school.id.value;
    entries[side + "_municipality"] = party.municipality;
    entries[side + "_address"] = or_blank(party.school.address, 30);
    entries[side + "_inn"] = or_blank(party.school.inn, 12);
    entries[side + "_head"] = or_blank(party.school.head, 22);
}

/// «приказ комитета по образованию от 25.11.2024 № 118 «Об утверждении …»».
std::string order_words(const model::OrderRecord& order) {
    const std::string by_whom =
        order.authority_genitive.empty() ? std::string{} : order.authority_genitive + " ";
    const std::string title =
        order.title.empty() ? "об утверждении перечня школ с низкими образовательными результатами"
                            : fmt::format("«{}»", order.title);
    return fmt::format("приказ {}от {} № {} {}", by_whom, model::title(order.date), order.number,
                       title);
}

/// By which numbers the leader fits, and which condition people set aside.
std::string choice_words(const model::Pair& pair) {
    std::string text;
    const auto add = [&](const std::string& words) { text += (text.empty() ? "" : "; ") + words; };
    if (pair.distance) {
        add(fmt::format("различие условий работы школ {} стандартного отклонения",
                        base::decimal_comma(*pair.distance, 2)));
    }
    if (pair.gap) {
        add(
            fmt::format("разница результатов школы-лидера и школы {} стандартного отклонения "
                        "результатов учеников",
                        base::decimal_comma(*pair.gap, 2)));
    }
    if (pair.way_km_max) add(fmt::format("путь между школами не более {} км", *pair.way_km_max));
    if (pair.bar != model::PairBar::none) {
        add(fmt::format("закреплена решением людей, не соблюдено условие: {}",
                        model::title(pair.bar)));
    }
    return text;
}

}  // namespace

TemplateValues contract_values(const ContractDetails& details,
                               const wording::Vocabulary& vocabulary) {
    TemplateValues values;
    add_party(values, "school", details.school);
    add_party(values, "leader", details.leader);
    add_origin(values, details.heading, {}, vocabulary);
    auto& entries = values.entries;
    entries["listed"] = !details.heading.methodology.empty();
    entries["order"] = details.order ? order_words(*details.order) : std::string{};
    entries["choice"] = choice_words(details.pair);
    return values;
}

}  // namespace opora::documents
