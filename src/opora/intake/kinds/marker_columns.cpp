#include "opora/intake/kinds/marker_columns.hpp"

#include <charconv>
#include <optional>
#include <string>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/model/procedure.hpp"

namespace opora::intake {

namespace {

std::optional<MarkerColumn> marker_column(std::string_view heading, const Subjects& subjects) {
    const std::string words = normalised(heading);
    MarkerColumn column;
    const auto [end, failure] =
        std::from_chars(words.data(), words.data() + words.size(), column.grade);
    if (failure != std::errc{} || column.grade < model::grade_min ||
        column.grade > model::grade_max) {
        return std::nullopt;
    }
    std::string_view rest =
        stripped(std::string_view{words}.substr(static_cast<std::size_t>(end - words.data())));
    constexpr std::string_view word = "класс";
    if (rest.starts_with(word)) rest = stripped(rest.substr(word.size()));
    const auto subject = subjects.find(rest, model::ProcedureType::vpr);
    if (!subject) return std::nullopt;
    column.subject = *subject;
    return column;
}

}  // namespace

std::vector<MarkerColumn> find_marker_columns(Headings& headings, const Subjects& subjects) {
    std::vector<MarkerColumn> columns;
    for (std::size_t place = 0; place < headings.cells.size(); ++place) {
        Heading& heading = headings.cells[place];
        if (heading.role != HeadingRole::unrecognised) continue;
        auto column = marker_column(heading.text, subjects);
        if (!column) continue;
        column->place = place;
        heading.role = HeadingRole::task;
        columns.push_back(std::move(*column));
    }
    return columns;
}

}  // namespace opora::intake
