#include "opora/intake/kinds/failed_rows.hpp"

#include "opora/base/workbook_writer.hpp"

namespace opora::intake {

namespace {

constexpr std::string_view reason_heading = "Причина отказа";

enum class Taken : std::uint8_t { whole_schools, refused_rows };

base::Result<base::Done> collect_sheet(TableReader& table, const AffectedSheet& sheet, Taken taken,
                                       ports::FailedRows& failed) {
    failed.heads.push_back(sheet.head);
    TableRow row;
    while (OPORA_TRY(table.next(row))) {
        if (row.number <= sheet.heading_row || is_comment(row) || sheet.headings.repeated_in(row))
            continue;
        const auto refused = sheet.refused.find(row.number);
        std::string school;
        for (const std::size_t place : sheet.school_columns) {
            if (place < row.cells.size()) school += row.cells[place] + '\x1f';
        }
        const bool beside =
            taken == Taken::whole_schools && (sheet.any_school || sheet.schools.contains(school));
        if (refused == sheet.refused.end() && !beside) continue;
        failed.rows.push_back(
            {.sheet = sheet.head.sheet,
             .row = row.number,
             .cells = sheet.headings.shown(row),
             .reason = refused != sheet.refused.end() ? refused->second : std::string{},
             .refused = refused != sheet.refused.end()});
    }
    return base::Done{};
}

/// Writes one sheet; the reasons stand in a column of their own behind the last one.
void write_sheet(base::WorkbookWriter& writer, const ports::FailedRows& failed,
                 const ports::SheetHead& head) {
    writer.sheet(head.sheet.empty() ? "Строки с ошибками" : head.sheet);
    std::int64_t line = 0;
    for (const auto& cells : head.preamble) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) writer.text(line, static_cast<int>(i), cells[i]);
        }
        ++line;
    }
    const int reason_column = static_cast<int>(head.headings.size());
    for (int i = 0; i < reason_column; ++i) {
        writer.text(line, i, head.headings[static_cast<std::size_t>(i)], base::CellStyle::heading);
    }
    writer.text(line++, reason_column, reason_heading, base::CellStyle::heading);
    for (const ports::FailedRow& row : failed.rows) {
        if (row.sheet != head.sheet) continue;
        for (std::size_t i = 0;
             i < row.cells.size() && std::ssize(head.headings) > static_cast<std::ptrdiff_t>(i);
             ++i) {
            if (!row.cells[i].empty()) writer.text(line, static_cast<int>(i), row.cells[i]);
        }
        if (row.refused) {
            writer.text(line, reason_column, row.reason, base::CellStyle::wrong);
        }
        ++line;
    }
}

}  // namespace

base::Result<base::Done> collect_failed_rows(const std::filesystem::path& path, Session& session) {
    if (session.affected.empty()) return base::Done{};
    TableFile file = OPORA_TRY(open_table(path));
    ports::FailedRows& failed = session.batch.failed;
    const Taken taken = session.stopped() ? Taken::refused_rows : Taken::whole_schools;
    for (const AffectedSheet& sheet : session.affected) {
        if (sheet.table < file.tables.size())
            OPORA_TRY(collect_sheet(*file.tables[sheet.table], sheet, taken, failed));
    }
    if (!failed.heads.empty()) failed.headings = failed.heads.front().headings;
    return base::Done{};
}

void write_failed_rows(const ports::FailedRows& failed, const std::filesystem::path& path) {
    base::WorkbookWriter writer{path};
    if (failed.heads.empty()) {
        write_sheet(
            writer, failed,
            {failed.rows.empty() ? std::string{} : failed.rows.front().sheet, {}, failed.headings});
    }
    for (const ports::SheetHead& head : failed.heads) write_sheet(writer, failed, head);
    writer.close();
}

}  // namespace opora::intake
