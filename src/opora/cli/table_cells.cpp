#include "opora/cli/table_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace opora::cli {

wording::TableCell number_cell(const std::optional<double>& number) {
    return number ? wording::TableCell{*number} : wording::TableCell{};
}

wording::TableCell text_cell(const std::string& text) {
    return text.empty() ? wording::TableCell{} : wording::TableCell{text};
}

std::string decimal_text(const std::optional<double>& value, int digits) {
    if (!value) return "—";
    std::string text = fmt::format("{:.{}f}", *value, digits);
    const bool zero = text.find_first_not_of("-0.") == std::string::npos;
    if (zero && text.starts_with('-')) text.erase(0, 1);
    std::ranges::replace(text, '.', ',');
    return text;
}

std::string share_text(const std::optional<double>& share) {
    return share ? fmt::format("{:.0f} %", 100 * *share) : "—";
}

std::string interval_text(const std::optional<double>& value, const std::optional<double>& low,
                          const std::optional<double>& high) {
    if (!value || !low || !high) return decimal_text(value);
    return fmt::format("{} ({} … {})", decimal_text(value), decimal_text(low), decimal_text(high));
}

}  // namespace opora::cli
