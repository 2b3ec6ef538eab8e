#include "opora/intake/tables/cell_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

bool digit(char symbol) { return symbol >= '0' && symbol <= '9'; }

/// Whether the text already is the shortest: up to 15 significant digits, no needless zeros. A
/// double holds any such decimal apart from its neighbours, so nothing shorter reads as the same
/// number.
bool shortest_already(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = std::ranges::find(text, '.');
    const std::string_view whole{text.begin(), point};
    const std::string_view decimals =
        point == text.end() ? std::string_view{} : std::string_view{point + 1, text.end()};
    if (whole.empty() || whole.size() + decimals.size() > 15) return false;
    if (!std::ranges::all_of(whole, digit) || !std::ranges::all_of(decimals, digit)) return false;
    if (whole.size() > 1 && whole.front() == '0') return false;
    if (point != text.end() && (decimals.empty() || decimals.back() == '0')) return false;
    return text != "0";  // Leaves «-0» to the long way; plain «0» is caught before.
}

std::optional<std::uint32_t> escaped_unit(std::string_view text) {
    if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return std::nullopt;
    std::uint32_t unit = 0;
    const auto [stop, problem] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
    if (problem != std::errc{} || stop != text.data() + 6) return std::nullopt;
    return unit;
}

bool has_forbidden_control(std::string_view text) {
    return std::ranges::any_of(text, [](char symbol) {
        return static_cast<unsigned char>(symbol) < 0x20 && symbol != '\t' && symbol != '\n' &&
               symbol != '\r';
    });
}

void append_unit(std::string& into, std::uint32_t unit) {
    if (unit == 0) return;
    const bool half_of_pair = unit >= 0xD800 && unit < 0xE000;
    base::append_utf8(into, half_of_pair ? char32_t{0xFFFD} : char32_t{unit});
}

}  // namespace

std::optional<std::string_view> number_text(std::string_view raw, std::string& scratch) {
    if (raw == "0" || shortest_already(raw)) return raw;
    while (!raw.empty() && blank_cell(raw.substr(0, 1))) raw.remove_prefix(1);
    while (!raw.empty() && blank_cell(raw.substr(raw.size() - 1))) raw.remove_suffix(1);
    if (raw.starts_with('+')) raw.remove_prefix(1);
    double number = 0;
    const auto [stop, problem] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (raw.empty() || problem != std::errc{} || stop != raw.data() + raw.size())
        return std::nullopt;
    if (!std::isfinite(number)) return std::nullopt;
    if (number == 0) return "0";

    const double magnitude = std::abs(number);
    const bool plain = magnitude >= 1e-9 && magnitude < 1e21;
    std::array<char, 64> text{};
    const auto written =
        std::to_chars(text.data(), text.data() + text.size(), number,
                      plain ? std::chars_format::fixed : std::chars_format::scientific);
    scratch.assign(text.data(), written.ptr);
    return scratch;
}

bool append_cell_text(std::string& into, std::string_view raw) {
    if (base::valid_utf8_prefix(raw) != raw.size() || has_forbidden_control(raw)) return false;
    while (true) {
        const auto place = raw.find("_x");
        into += raw.substr(0, place);
        if (place == std::string_view::npos) return true;
        raw.remove_prefix(place);
        const auto unit = escaped_unit(raw);
        if (unit) {
            append_unit(into, *unit);
        } else {
            into += '_';
        }
        raw.remove_prefix(unit ? 7 : 1);
    }
}

std::optional<std::int64_t> column_of(std::string_view reference) {
    std::int64_t column = 0;
    std::size_t letters = 0;
    for (const char symbol : reference) {
        const char upper =
            symbol >= 'a' && symbol <= 'z' ? static_cast<char>(symbol - 'a' + 'A') : symbol;
        if (upper < 'A' || upper > 'Z') break;
        if (++letters > 3) return std::nullopt;
        column = column * 26 + (upper - 'A' + 1);
    }
    return letters == 0 ? std::nullopt : std::optional{column - 1};
}

std::string column_letters(std::int64_t column) {
    std::string letters;
    for (std::int64_t left = column; left >= 0; left = left / 26 - 1) {
        letters.insert(letters.begin(), static_cast<char>('A' + left % 26));
    }
    return letters;
}

bool blank_cell(std::string_view text) {
    while (!text.empty()) {
        if (text.starts_with("\u00a0")) {
            text.remove_prefix(2);
        } else if (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' ||
                   text.front() == '\r') {
            text.remove_prefix(1);
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace opora::intake
