#include "opora/intake/kinds/item_columns.hpp"

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

std::vector<ItemColumn> find_item_columns(Headings& headings, const Kind& kind) {
    std::vector<ItemColumn> columns;
    for (std::size_t place = 0; place < headings.cells.size(); ++place) {
        Heading& heading = headings.cells[place];
        if (heading.role != HeadingRole::unrecognised) continue;
        const auto found = kind.questions.find(heading_key(heading.text));
        if (found == kind.questions.end()) continue;
        if (std::ranges::find(columns, found->second, &ItemColumn::question) != columns.end())
            continue;
        heading.role = HeadingRole::task;
        columns.push_back({place, found->second});
    }
    return columns;
}

}  // namespace opora::intake
