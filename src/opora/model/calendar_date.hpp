#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace opora::model {

/// A day of the calendar. Days are those of UTC: east of it, a term that ends with a day ends some
/// hours later by the clock on the wall, never earlier.
using Date = std::chrono::year_month_day;

/// «2024-11-25»; anything else, or a day that is none, is std::nullopt. Longer texts may go on with
/// «T…», as times do.
std::optional<Date> date_of(std::string_view iso);
/// «2024-11-25».
std::string iso(Date date);
/// «25.11.2024», as documents write it.
std::string title(Date date);

}  // namespace opora::model
