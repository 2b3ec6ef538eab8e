#include "opora/cli/territory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace opora::cli {

namespace {

using model::Territory;

/// «demo (Вымышленный район), …»: the one whose name was given comes first, five in all.
std::string those_known(const std::string& asked, std::span<const Territory> known) {
    constexpr std::size_t named_max = 5;
    std::vector<const Territory*> order;
    for (const Territory& one : known) order.push_back(&one);
    std::ranges::stable_sort(order, {}, [&](const Territory* one) {
        return one->name == asked ? 0 : one->name.find(asked) != std::string::npos ? 1 : 2;
    });
    std::string text;
    for (std::size_t i = 0; i < std::min(order.size(), named_max); ++i) {
        text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", order[i]->id.value, order[i]->name);
    }
    if (order.size() > named_max) text += fmt::format(" и ещё {}", order.size() - named_max);
    return text.empty() ? "в реестре территорий нет" : text;
}

}  // namespace

base::Result<base::Done> expect_territory(const std::optional<std::string>& asked,
                                          std::span<const Territory> known) {
    if (!asked ||
        std::ranges::any_of(known, [&](const Territory& one) { return one.id.value == *asked; })) {
        return base::Done{};
    }
    return base::Unexpected{base::Error{.code = "territory_unknown",
                                        .message = "такой территории нет в реестре",
                                        .expected = those_known(*asked, known),
                                        .found = *asked}};
}

base::Result<base::Done> expect_territory(const std::optional<std::string>& asked,
                                          ports::Store& store) {
    if (!asked) return base::Done{};
    return expect_territory(asked, store.register_store().rows().territories);
}

}  // namespace opora::cli
