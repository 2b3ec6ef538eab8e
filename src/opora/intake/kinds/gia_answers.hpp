#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace opora::intake {

/// One answer of a list: its points and, where the list prints it, the maximum.
struct Answer {
    std::optional<std::int16_t> points;  ///< Nothing for a task that was not marked («X»).
    std::int32_t points_max = 0;         ///< 0: the list does not say.

    friend bool operator==(const Answer&, const Answer&) = default;
};

/// Short answers, a sign each: «+» is 1 point, «-» is 0, a digit its points. Nothing for any other
/// sign.
std::optional<std::vector<Answer>> short_answers(std::string_view cell);

/// Extended or oral answers: «2(2)0(3)1(4)», spaces and commas between them allowed.
std::optional<std::vector<Answer>> extended_answers(std::string_view cell);

}  // namespace opora::intake
