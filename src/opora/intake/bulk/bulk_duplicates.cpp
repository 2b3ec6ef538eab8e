#include "opora/intake/bulk/bulk_duplicates.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/bulk/bulk_part.hpp"

namespace opora::intake {

namespace {

using model::ResultTable;

std::size_t hash_of(const ResultTable& table, std::size_t row) {
    constexpr std::size_t odd = 0x9E3779B97F4A7C15U;
    std::size_t hash = std::hash<std::string_view>{}(table.participant[row]);
    hash = (hash ^ table.school[row]) * odd;
    hash = ((hash >> 31U) ^ hash ^ table.procedure[row]) * odd;
    return hash ^ (hash >> 29U);
}

bool same_participant(const ResultTable& table, std::size_t left, std::size_t right) {
    return table.school[left] == table.school[right] &&
           table.procedure[left] == table.procedure[right] &&
           table.participant[left] == table.participant[right];
}

/// Rows whose participant stood already, in ascending order.
std::vector<std::size_t> duplicate_rows(const ResultTable& table) {
    constexpr std::uint32_t free_place = UINT32_MAX;
    std::size_t places = 16;
    while (places < table.rows() * 2) places *= 2;
    std::vector<std::uint32_t> met(places, free_place);
    std::vector<std::size_t> duplicates;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.participant[row].empty()) continue;
        std::size_t place = hash_of(table, row) & (places - 1);
        while (met[place] != free_place && !same_participant(table, met[place], row))
            place = (place + 1) & (places - 1);
        if (met[place] == free_place) {
            met[place] = static_cast<std::uint32_t>(row);
        } else {
            duplicates.push_back(row);
        }
    }
    return duplicates;
}

std::string text_of(const std::optional<std::int32_t>& number) {
    return number ? std::to_string(*number) : std::string{};
}

std::string cell_of(const model::AssessmentResult& result, std::size_t slot) {
    if (slot >= bulk_columns) {
        const std::size_t task = slot - bulk_columns;
        return task < result.points.size() ? text_of(result.points[task]) : std::string{};
    }
    switch (static_cast<BulkColumn>(slot)) {
        case BulkColumn::school_id:
            return result.school.value;
        case BulkColumn::subject:
            return result.procedure.subject.value;
        case BulkColumn::grade:
            return std::to_string(result.procedure.grade);
        case BulkColumn::year:
            return std::to_string(result.procedure.year.ending);
        case BulkColumn::class_name:
            return result.class_name;
        case BulkColumn::score:
            return text_of(result.test_score ? result.test_score : result.score);
        case BulkColumn::mark:
            return text_of(result.mark);
        case BulkColumn::type:
            return std::string{model::code(result.procedure.type)};
        case BulkColumn::programme_grade:
            return std::to_string(result.procedure.programme_grade);
        case BulkColumn::participant:
            return result.participant;
        case BulkColumn::journal_mark:
            return text_of(result.journal_mark);
    }
    return {};
}

constexpr std::string_view message = "код участника уже встречался в этой работе этой школы";

void tell(const BulkHeader& header, const model::AssessmentResult& result,
          ports::ImportBatch& batch) {
    const std::string& column = header.shown[static_cast<std::size_t>(BulkColumn::participant)];
    batch.errors.push_back({.code = "duplicate_participant",
                            .message = std::string{message},
                            .place = {header.file, header.sheet, result.source_row, column},
                            .expected = "один раз",
                            .found = {}});
    ports::FailedRow failed{.sheet = header.sheet,
                            .row = result.source_row,
                            .cells = {},
                            .reason = column + ": " + std::string{message}};
    for (std::size_t slot = 0; slot < header.unread_slot(); ++slot) {
        if (header.present[slot]) failed.cells.push_back(cell_of(result, slot));
    }
    batch.failed.rows.push_back(std::move(failed));
}

template <class T>
void erase_rows(std::vector<T>& column, const std::vector<std::size_t>& rows) {
    if (column.empty()) return;
    std::size_t kept = rows.front();
    std::size_t next = 0;
    for (std::size_t row = rows.front(); row < column.size(); ++row) {
        if (next < rows.size() && rows[next] == row) {
            ++next;
        } else {
            column[kept++] = std::move(column[row]);
        }
    }
    column.resize(kept);
}

void erase_rows(ResultTable& table, const std::vector<std::size_t>& rows, std::size_t tasks) {
    for (auto* column : {&table.score, &table.test_score, &table.mark, &table.journal_mark,
                         &table.below_minimum, &table.at_minimum}) {
        erase_rows(*column, rows);
    }
    erase_rows(table.school, rows);
    erase_rows(table.procedure, rows);
    erase_rows(table.class_name, rows);
    erase_rows(table.source_row, rows);
    erase_rows(table.participant, rows);
    if (tasks == 0) return;
    std::vector<std::size_t> points;
    for (const std::size_t row : rows) {
        for (std::size_t task = 0; task < tasks; ++task) points.push_back(row * tasks + task);
    }
    erase_rows(table.points, points);
    table.points_begin.resize(table.rows() + 1);
}

}  // namespace

std::int64_t refuse_duplicates(const BulkHeader& header, ports::ImportBatch& batch) {
    if (batch.results.participant.empty()) return 0;
    const auto duplicates = duplicate_rows(batch.results);
    if (duplicates.empty()) return 0;
    for (std::size_t i = 0; i < duplicates.size() && i < bulk_errors_max; ++i) {
        tell(header, batch.results.row(duplicates[i]), batch);
    }
    std::ranges::stable_sort(batch.errors, {},
                             [](const base::Error& error) { return error.place.row; });
    std::ranges::stable_sort(batch.failed.rows, {}, &ports::FailedRow::row);
    erase_rows(batch.results, duplicates, header.tasks);
    return std::ssize(duplicates);
}

}  // namespace opora::intake
