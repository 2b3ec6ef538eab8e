#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace opora::intake {

/// The shortest decimal text of a number of a sheet («5.0» is «5», «1E-3» is «0.001»); nothing for
/// what is no number.
std::optional<std::string_view> number_text(std::string_view raw, std::string& scratch);

/// Appends a text of a sheet with its _xHHHH_ escapes resolved (ISO 29500-1, 22.9.2.19). False when
/// it is not UTF-8 or holds control characters that XML forbids.
bool append_cell_text(std::string& into, std::string_view raw);

/// Column of «AB12» from 0; nothing when the reference does not begin with 1-3 letters.
std::optional<std::int64_t> column_of(std::string_view reference);

/// «A», «AB»: the letters of a column counted from 0.
std::string column_letters(std::int64_t column);

/// Whether the text holds nothing but spaces, tabs, line ends and no-break spaces.
bool blank_cell(std::string_view text);

}  // namespace opora::intake
