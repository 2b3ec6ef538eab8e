#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace opora::model {

/// The spelling by which classes are compared: «5 а», «5-А», «5a» (Latin) and «5А» are one class,
/// «5А».
///
/// Spaces, hyphens, quotes and dots are dropped, small letters become capital, Latin letters that
/// look like Cyrillic ones (A B C E H K M O P T X) become those.
std::string class_key(std::string_view name);

/// The grade a class name starts with: 5 of «5А», 11 of «11-Б»; std::nullopt without a
/// number 1..12.
std::optional<int> grade_of_class(std::string_view name);

}  // namespace opora::model
