#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/finding.hpp"

namespace opora::wording {

/// One part of a quantifier as a line of its table.
struct Member {
    std::string label;
    std::string text;
    model::Outcome outcome = model::Outcome::unknown;
    std::optional<std::int64_t> distance;  ///< Pupils to the other side of the threshold.
};

/// «да   ВПР, математика, 5 класс  8 из 25: 32,0 % …»: those that meet the condition first, then
/// the others from the nearest to the farthest. Of many that do not meet it, the far ones are one
/// line with their number: a school that argues about its place on a list looks at the near ones.
/// Where every part is needed, those that fail are the reason, and all of them are shown.
enum class Failing : std::uint8_t { nearest_only, all };

/// `for_terminal`: the line of the far ones names the option that shows them.
std::vector<std::string> member_lines(std::vector<Member> members, Failing failing,
                                      bool for_terminal = true);

}  // namespace opora::wording
