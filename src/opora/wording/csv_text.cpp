#include "opora/wording/csv_text.hpp"

namespace opora::wording {

namespace {

/// Excel strips spaces before it looks for a formula.
bool looks_like_formula(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return false;
    return std::string_view{"=+-@\t\r\n"}.find(text[first]) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
    std::string quoted = "\"";
    for (const char symbol : text) {
        if (symbol == '"') quoted += '"';
        quoted += symbol;
    }
    return quoted + '"';
}

}  // namespace

std::string csv_row(const std::vector<CsvCell>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) row += ',';
        const bool disarmed = !cells[i].number && looks_like_formula(cells[i].text);
        row += quoted(disarmed ? "'" + cells[i].text : cells[i].text);
    }
    return row + "\r\n";
}

std::string csv_headings(const std::vector<std::string_view>& headings) {
    std::vector<CsvCell> cells;
    for (const std::string_view heading : headings) {
        cells.push_back(CsvCell::of_text(std::string{heading}));
    }
    return csv_row(cells);
}

}  // namespace opora::wording
