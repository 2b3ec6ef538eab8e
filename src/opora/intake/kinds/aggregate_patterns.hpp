#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "opora/intake/kinds/headings.hpp"
#include "opora/intake/kinds/vpr_tasks.hpp"

namespace opora::intake {

/// The columns 0, 1, 2 … of a distribution of primary scores, in the order of the scores; empty
/// unless they run from 0 without a gap, three at least. They are marked as read.
std::vector<std::size_t> find_score_columns(Headings& headings);

/// The three groups of the comparison with the journal.
enum class JournalGroup : std::uint8_t { lowered, confirmed, raised, total };
/// «Понизили (Отметка < Отметка по журналу)», «Всего» …
std::optional<JournalGroup> journal_group(std::string_view label);

}  // namespace opora::intake
