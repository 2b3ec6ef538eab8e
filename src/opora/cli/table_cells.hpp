#pragma once

#include <optional>
#include <string>

#include "opora/wording/table.hpp"

namespace opora::cli {

/// A number that may be absent, as a cell.
wording::TableCell number_cell(const std::optional<double>& number);

/// An empty text is a missing cell.
wording::TableCell text_cell(const std::string& text);

/// «0,25»; «—» when absent.
std::string decimal_text(const std::optional<double>& value, int digits = 2);

/// «32 %»; «—» when absent.
std::string share_text(const std::optional<double>& share);

/// «0,31 (0,12 … 0,50)»; without interval the value alone.
std::string interval_text(const std::optional<double>& value, const std::optional<double>& low,
                          const std::optional<double>& high);

}  // namespace opora::cli
