#include "opora/intake/bulk/bulk_assembly.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <thread>
#include <utility>

#include "opora/base/russian.hpp"
#include "opora/intake/bulk/bulk_duplicates.hpp"

namespace opora::intake {

namespace {

constexpr std::size_t subject_warnings_max = 100;

std::size_t rows_of(const std::vector<BulkPart>& parts) {
    std::size_t rows = 0;
    for (const BulkPart& part : parts) rows += part.rows;
    return rows;
}

/// Numbers in the order of first appearance. Gives the old number of each new one.
template <class Number>
std::vector<std::uint32_t> renumber(std::vector<BulkPart>& parts,
                                    PartColumn<Number> BulkPart::*column, std::size_t names,
                                    std::vector<Number>& into) {
    constexpr std::uint32_t unmet = UINT32_MAX;
    std::vector<std::uint32_t> fresh(names, unmet);
    std::vector<std::uint32_t> met;
    into.reserve(rows_of(parts));
    for (BulkPart& part : parts) {
        PartColumn<Number>& numbers = part.*column;
        for (std::size_t row = 0; row < part.rows; ++row) {
            std::uint32_t& number = fresh[numbers[row]];
            if (number == unmet) {
                number = static_cast<std::uint32_t>(met.size());
                met.push_back(numbers[row]);
            }
            into.push_back(static_cast<Number>(number));
        }
        numbers.release();
    }
    return met;
}

/// A column of numbers as it is; it stays empty when no row has a value.
void join(std::vector<BulkPart>& parts, PartColumn<std::int16_t> BulkPart::*column,
          std::vector<std::int16_t>& into) {
    const auto has_values = [&](const BulkPart& part) {
        const PartColumn<std::int16_t>& values = part.*column;
        return part.rows > 0 && values.used() &&
               std::any_of(&values[0], &values[0] + part.rows,
                           [](std::int16_t value) { return value != model::ResultTable::absent; });
    };
    const bool needed = std::ranges::any_of(parts, has_values);
    if (needed) into.reserve(rows_of(parts));
    for (BulkPart& part : parts) {
        PartColumn<std::int16_t>& values = part.*column;
        if (needed && part.rows > 0) into.insert(into.end(), &values[0], &values[0] + part.rows);
        values.release();
    }
}

void join_lines(std::vector<BulkPart>& parts, std::int64_t first_line,
                std::vector<std::int32_t>& into) {
    into.reserve(rows_of(parts));
    for (BulkPart& part : parts) {
        for (std::size_t row = 0; row < part.rows; ++row) {
            into.push_back(static_cast<std::int32_t>(first_line - 1 + part.line[row]));
        }
        part.line.release();
        first_line += part.lines;
    }
}

void join_participants(std::vector<BulkPart>& parts, std::vector<std::string>& into) {
    const auto named = [](const BulkPart& part) {
        return std::ranges::any_of(part.participant,
                                   [](const std::string& code) { return !code.empty(); });
    };
    if (std::ranges::any_of(parts, named)) {
        into.reserve(rows_of(parts));
        for (BulkPart& part : parts) std::ranges::move(part.participant, std::back_inserter(into));
    }
    for (BulkPart& part : parts) part.participant = {};
}

void join_points(std::vector<BulkPart>& parts, std::size_t tasks, model::ResultTable& table) {
    if (tasks == 0) return;
    const std::size_t rows = rows_of(parts);
    table.points.reserve(rows * tasks);
    for (BulkPart& part : parts) {
        table.points.insert(table.points.end(), part.points.begin(), part.points.end());
        part.points = {};
    }
    table.points_begin.reserve(rows + 1);
    for (std::size_t row = 0; row <= rows; ++row)
        table.points_begin.push_back(static_cast<std::uint32_t>(row * tasks));
}

void join_classes(std::vector<BulkPart>& parts, const BulkNames& names, model::ResultTable& table) {
    const bool used =
        std::ranges::any_of(parts, [](const BulkPart& part) { return part.class_name.used(); });
    if (!used) return;
    for (const std::uint32_t old :
         renumber(parts, &BulkPart::class_name, names.classes().size(), table.class_name)) {
        table.classes.number(names.classes()[old]);
    }
}

/// Each piece of work fills columns of its own, so that two threads share them.
void join_rows(std::vector<BulkPart>& parts, std::int64_t first_line, const BulkHeader& header,
               const BulkNames& names, model::ResultTable& table) {
    const auto first = [&] {
        for (const std::uint32_t old :
             renumber(parts, &BulkPart::school, names.schools().size(), table.school)) {
            table.schools.number(names.schools()[old]);
        }
        join(parts, &BulkPart::score, table.score);
        join(parts, &BulkPart::mark, table.mark);
        join(parts, &BulkPart::journal_mark, table.journal_mark);
        join_classes(parts, names, table);
    };
    const auto second = [&] {
        for (const std::uint32_t old :
             renumber(parts, &BulkPart::procedure, names.procedures().size(), table.procedure)) {
            table.procedures.push_back(names.procedures()[old]);
        }
        join_lines(parts, first_line, table.source_row);
        join(parts, &BulkPart::below_minimum, table.below_minimum);
        join(parts, &BulkPart::at_minimum, table.at_minimum);
        join(parts, &BulkPart::test_score, table.test_score);
    };
    {
        const std::jthread helper{second};
        first();
    }
    join_participants(parts, table.participant);
    join_points(parts, header.tasks, table);
}

/// Errors of the parts with the rows of the file.
void join_errors(std::vector<BulkPart>& parts, std::int64_t first_line, ports::ImportBatch& batch) {
    for (BulkPart& part : parts) {
        for (base::Error& error : part.errors) {
            error.place.row = *error.place.row + first_line - 1;
            batch.errors.push_back(std::move(error));
        }
        for (ports::FailedRow& failed : part.failed) {
            failed.row += first_line - 1;
            batch.failed.rows.push_back(std::move(failed));
        }
        first_line += part.lines;
    }
}

/// Keeps the first errors of the file and says how many there are; then the file as a whole is
/// refused.
void limit_errors(std::int64_t error_count, const BulkHeader& header, ports::ImportBatch& batch) {
    if (std::cmp_less_equal(error_count, bulk_errors_max)) return;
    batch.errors.resize(bulk_errors_max);
    const std::int64_t last_row = *batch.errors.back().place.row;
    std::erase_if(batch.failed.rows,
                  [&](const ports::FailedRow& row) { return row.row > last_row; });
    batch.errors.push_back({.code = "too_many_errors",
                            .message = "в файле " +
                                       base::counted(error_count, {"ошибка", "ошибки", "ошибок"}) +
                                       ", показаны первые " +
                                       base::grouped(static_cast<std::int64_t>(bulk_errors_max)) +
                                       ": проверьте, тот ли это файл и не перепутаны ли столбцы",
                            .place = {header.file, header.sheet, std::nullopt, {}},
                            .expected = {},
                            .found = {}});
}

void add_subject_warnings(const BulkHeader& header, const BulkNames& names,
                          base::Errors& warnings) {
    std::size_t told = 0;
    for (const std::string& subject : names.unknown_subjects()) {
        if (++told > subject_warnings_max) return;
        warnings.push_back(
            {.code = "subject_code_unknown",
             .message = "числового кода предмета нет в справочнике: он сохраняется как есть",
             .place = {header.file, header.sheet, std::nullopt,
                       header.shown[static_cast<std::size_t>(BulkColumn::subject)]},
             .expected = {},
             .found = subject});
    }
}

}  // namespace

ports::ImportBatch assemble_bulk(std::vector<BulkPart> parts, std::int64_t first_line,
                                 const BulkHeader& header, const BulkNames& names) {
    ports::ImportBatch batch;
    batch.kind = "bulk";
    batch.file = header.file;
    batch.warnings = header.warnings;
    add_subject_warnings(header, names, batch.warnings);
    for (std::size_t slot = 0; slot < header.unread_slot(); ++slot) {
        if (header.present[slot]) batch.failed.headings.push_back(header.shown[slot]);
    }
    std::int64_t error_count = 0;
    for (const BulkPart& part : parts) error_count += part.error_count;
    join_errors(parts, first_line, batch);
    join_rows(parts, first_line, header, names, batch.results);
    error_count += refuse_duplicates(header, batch);
    limit_errors(error_count, header, batch);
    return batch;
}

}  // namespace opora::intake
