#include "opora/model/result_table.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::model {

namespace {

/// Appends to a column that stays empty until a row has a value for it.
template <class T>
void append(std::vector<T>& column, std::size_t rows_before, bool has_value, T value, T missing) {
    if (column.empty() && !has_value) return;
    if (column.empty()) column.assign(rows_before, missing);
    column.push_back(has_value ? value : missing);
}

void append_number(std::vector<std::int16_t>& column, std::size_t rows_before,
                   const std::optional<std::int32_t>& value) {
    OPORA_EXPECTS(!value || (*value > ResultTable::absent && *value <= INT16_MAX));
    append(column, rows_before, value.has_value(), static_cast<std::int16_t>(value.value_or(0)),
           ResultTable::absent);
}

void append_flag(std::vector<std::int16_t>& column, std::size_t rows_before,
                 const std::optional<bool>& value) {
    append_number(column, rows_before,
                  value ? std::optional<std::int32_t>{*value ? 1 : 0} : std::nullopt);
}

void append_text(std::vector<std::uint16_t>& column, std::size_t rows_before,
                 Dictionary& dictionary, const std::string& text) {
    if (column.empty() && text.empty()) return;
    const std::uint32_t blank = dictionary.number("");
    if (column.empty()) column.assign(rows_before, static_cast<std::uint16_t>(blank));
    const std::uint32_t number = dictionary.number(text);
    OPORA_EXPECTS(number <= UINT16_MAX);
    column.push_back(static_cast<std::uint16_t>(number));
}

std::optional<std::int32_t> number_at(const std::vector<std::int16_t>& column, std::size_t row) {
    if (column.empty() || column[row] == ResultTable::absent) return std::nullopt;
    return column[row];
}

std::optional<bool> flag_at(const std::vector<std::int16_t>& column, std::size_t row) {
    const auto number = number_at(column, row);
    return number ? std::optional<bool>{*number != 0} : std::nullopt;
}

}  // namespace

std::uint32_t Dictionary::number(std::string_view text) {
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(texts_.back(), number);
    return number;
}

std::uint32_t ResultTable::procedure_number(const Procedure& wanted) {
    // A file holds few procedures and its rows come in runs: the last one is the likely one.
    if (!procedure.empty() && procedures[procedure.back()] == wanted) return procedure.back();
    const auto found = std::ranges::find(procedures, wanted);
    if (found != procedures.end()) {
        return static_cast<std::uint32_t>(found - procedures.begin());
    }
    procedures.push_back(wanted);
    return static_cast<std::uint32_t>(procedures.size() - 1);
}

void ResultTable::add(const AssessmentResult& result) {
    const std::size_t before = rows();
    const std::uint32_t procedure_now = procedure_number(result.procedure);

    append_text(class_name, before, classes, result.class_name);
    append_text(variant, before, variants, result.variant);
    append_number(score, before, result.score);
    append_number(test_score, before, result.test_score);
    append_number(mark, before, result.mark);
    append_number(journal_mark, before, result.journal_mark);
    append_flag(below_minimum, before, result.below_minimum);
    append_flag(at_minimum, before, result.at_minimum);
    append(participant, before, !result.participant.empty(), result.participant, std::string{});

    if (!points_begin.empty() || !result.points.empty()) {
        if (points_begin.empty()) points_begin.assign(before + 1, 0);
        for (const auto& point : result.points) points.push_back(point.value_or(absent));
        points_begin.push_back(static_cast<std::uint32_t>(points.size()));
    }
    source_row.push_back(result.source_row);
    procedure.push_back(procedure_now);
    school.push_back(schools.number(result.school.value));
}

AssessmentResult ResultTable::row(std::size_t index) const {
    OPORA_EXPECTS(index < rows());
    AssessmentResult result;
    result.procedure = procedures[procedure[index]];
    result.school = SchoolId{std::string{schools.text(school[index])}};
    if (!class_name.empty()) result.class_name = classes.text(class_name[index]);
    if (!variant.empty()) result.variant = variants.text(variant[index]);
    if (!participant.empty()) result.participant = participant[index];
    result.score = number_at(score, index);
    result.test_score = number_at(test_score, index);
    result.mark = number_at(mark, index);
    result.journal_mark = number_at(journal_mark, index);
    result.below_minimum = flag_at(below_minimum, index);
    result.at_minimum = flag_at(at_minimum, index);
    for (const std::int16_t point : points_of(index)) {
        result.points.push_back(point == absent ? std::nullopt : std::optional{point});
    }
    result.source_row = source_row[index];
    return result;
}

std::span<const std::int16_t> ResultTable::points_of(std::size_t index) const {
    if (points_begin.empty()) return {};
    return std::span{points}.subspan(points_begin[index],
                                     points_begin[index + 1] - points_begin[index]);
}

}  // namespace opora::model
