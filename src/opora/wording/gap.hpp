#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/measurement.hpp"

namespace opora::wording {

/// The smallest change of the number of counted people, their total unchanged, that would turn a
/// comparison of the share x/n with a threshold: +2 is «two more».
///
/// Computed exactly: for «x/n >= t» the turning point is the whole number ceil(t·n). std::nullopt
/// when the value is no share of counted people, when something is missing, or when no number from
/// 0 to n turns the comparison.
std::optional<std::int64_t> gap_in_people(const model::Measurement& share, model::Unit unit,
                                          std::string_view comparison,
                                          const model::Measurement& threshold);

/// «на одного ученика меньше», «на двух учеников больше», «на 21 ученика меньше»; `change` is not
/// 0.
std::string gap_words(std::int64_t change);

/// «2 ученика», «11 учеников»: the size of a change, whatever its sign.
std::string people_words(std::int64_t change);

}  // namespace opora::wording
