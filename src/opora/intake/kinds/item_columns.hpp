#pragma once

#include <cstddef>
#include <vector>

#include "opora/intake/kinds/headings.hpp"

namespace opora::intake {

/// A column that holds the answers to one question.
struct ItemColumn {
    std::size_t place = 0;     ///< Column of the file.
    std::size_t question = 0;  ///< Number in the order of Kind::questions.
};

/// Finds the columns headed by a question's code or text among those that nobody else claims, and
/// marks them. Of two columns with the same question the first one counts.
std::vector<ItemColumn> find_item_columns(Headings& headings, const Kind& kind);

}  // namespace opora::intake
