#include "opora/intake/kinds/kind.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::intake {

const Column* Kind::find(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &Column::code);
    return found != columns.end() ? &*found : nullptr;
}

std::size_t Kind::number(std::string_view column) const {
    const Column* found = find(column);
    OPORA_EXPECTS(found != nullptr);
    return static_cast<std::size_t>(found - columns.data());
}

const Kind* find_kind(const std::vector<Kind>& kinds, std::string_view code) {
    const auto found = std::ranges::find(kinds, code, &Kind::code);
    return found != kinds.end() ? &*found : nullptr;
}

}  // namespace opora::intake
