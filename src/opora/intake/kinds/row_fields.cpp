#include "opora/intake/kinds/row_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/protocol_rows.hpp"

namespace opora::intake {

RowFields::RowFields(Session& session, const Headings& headings, std::string sheet,
                     const TableRow& row)
    : session_{session}, headings_{headings}, sheet_{std::move(sheet)}, row_{row} {}

std::string_view RowFields::cell(std::string_view column) const {
    return headings_.cell(row_, session_.kind.number(column));
}

std::string RowFields::heading(std::string_view column) const {
    const std::size_t number = session_.kind.number(column);
    const auto& place = headings_.places[number];
    return place ? headings_.cells[*place].text : session_.kind.columns[number].title;
}

base::Place RowFields::place(std::string_view column) const {
    return {session_.report.file(), sheet_, row_.number, heading(column)};
}

void RowFields::fail(std::string_view column, std::string code, std::string message,
                     std::string expected) {
    const bool personal = session_.kind.columns[session_.kind.number(column)].personal;
    errors_.push_back({.code = std::move(code),
                       .message = std::move(message),
                       .place = place(column),
                       .expected = std::move(expected),
                       .found = personal ? std::string{} : std::string{cell(column)}});
}

void RowFields::warn(std::string_view column, std::string_view code, std::string_view message) {
    session_.report.warn_row(code, message, sheet_, row_.number, heading(column));
}

std::string RowFields::text(std::string_view column) const { return std::string{cell(column)}; }

std::string RowFields::needed_text(std::string_view column) {
    std::string value = text(column);
    if (value.empty()) fail(column, "blank", "Значение не заполнено.", "заполненная ячейка");
    return value;
}

std::optional<std::int32_t> RowFields::whole(std::string_view column, WholeRange range) {
    const std::string_view value = cell(column);
    if (is_missing(value)) return std::nullopt;
    const auto number = whole_number(value);
    const std::string expected =
        range.highest == INT32_MAX
            ? fmt::format("целое число не меньше {}", range.lowest)
            : fmt::format("целое число от {} до {}", range.lowest, range.highest);
    if (!number) {
        fail(column, "not_whole", "Здесь должно быть целое число.", expected);
        return std::nullopt;
    }
    if (*number < range.lowest || *number > range.highest) {
        fail(column, "out_of_range", "Число вне допустимых границ.", expected);
        return std::nullopt;
    }
    return number;
}

std::optional<base::Fraction> RowFields::decimal(std::string_view column) {
    const std::string_view value = cell(column);
    if (is_missing(value)) return std::nullopt;
    auto number = decimal_number(value);
    if (!number) fail(column, "not_number", "Здесь должно быть число.", "число, например 47,3");
    return number;
}

std::optional<base::Fraction> RowFields::share(std::string_view column) {
    const std::string_view value = cell(column);
    if (is_missing(value)) return std::nullopt;
    const auto number = share_number(value, true);
    if (!number || number->numerator < 0 || number->numerator > number->denominator) {
        fail(column, "not_share", "Здесь должна быть доля или процент.",
             "доля от 0 до 1 или процент от 0 до 100");
        return std::nullopt;
    }
    return number;
}

std::optional<bool> RowFields::flag(std::string_view column) {
    const std::string_view value = cell(column);
    if (value.empty()) return std::nullopt;
    const auto answer = yes_no(value);
    if (!answer)
        fail(column, "not_flag", "Здесь должно быть «да» или «нет».", "да / нет, + / -, 1 / 0");
    return answer;
}

std::optional<model::SchoolYear> RowFields::year(std::string_view column) {
    const std::string_view value = cell(column);
    if (is_missing(value)) return std::nullopt;
    const auto found = school_year(value);
    if (!found) fail(column, "not_year", "Учебный год записан непонятно.", "2024 или 2023/24");
    return found;
}

std::optional<model::SchoolYear> RowFields::needed_year() {
    if (cell("year").empty()) {
        if (session_.context.year) return session_.context.year;
        fail("year", "blank", "Учебный год не указан.", "2024 или 2023/24");
        return std::nullopt;
    }
    const auto found = year("year");
    if (!found) {
        if (good()) fail("year", "not_year", "Учебный год записан непонятно.", "2024 или 2023/24");
        return std::nullopt;
    }
    const std::size_t before = errors_.size();
    check_year(session_.context, *found, place("year"), text("year"), errors_);
    return errors_.size() == before ? found : std::nullopt;
}

const model::School* RowFields::needed_school() {
    std::string key = text("school_id");
    std::string_view column = "school_id";
    if (key.empty() && session_.kind.find("school_name") != nullptr &&
        !cell("school_name").empty()) {
        column = "school_name";
        key = text(column);
    }
    if (const model::School* school = session_.index.find(key)) return school;
    errors_.push_back(unknown_school(key, place(column)));
    return nullptr;
}

std::string_view RowFields::choice(std::string_view column, std::string_view list) {
    const std::string_view value = cell(column);
    if (is_missing(value)) return {};
    const std::string_view code = session_.dictionaries().synonyms.value(list, value);
    if (code.empty()) {
        fail(column, "unknown_word", "Такое значение здесь неизвестно.",
             session_.kind.find(column)->description);
    }
    return code;
}

std::optional<model::SubjectCode> RowFields::needed_subject(std::string_view column,
                                                            model::ProcedureType type) {
    const std::string value = needed_text(column);
    if (value.empty()) return std::nullopt;
    if (const auto subject = session_.dictionaries().subjects.find(value, type)) return subject;
    if (!whole_number(value)) {
        warn(column, "unknown_subject",
             "Предмета нет в словаре предметов: он сохранён под своим названием.");
    }
    return model::SubjectCode{normalised(value)};
}

void RowFields::refuse() {
    std::vector<std::string> cells = headings_.shown(row_);
    ports::FailedRows& failed = session_.batch.failed;
    const auto head = std::ranges::find(failed.heads, sheet_, &ports::SheetHead::sheet);
    if (head == failed.heads.end()) {
        failed.heads.push_back({sheet_, {}, headings_.shown_headings()});
        if (failed.headings.empty()) failed.headings = failed.heads.back().headings;
    }
    failed.rows.push_back({.sheet = sheet_,
                           .row = row_.number,
                           .cells = std::move(cells),
                           .reason = reason_of(errors_)});
    session_.report.refuse_row(std::move(errors_));
    errors_.clear();
}

base::Result<HeadedTable> find_register_headings(TableReader& table, Session& session) {
    HeadedTable headed =
        OPORA_TRY(find_headings(table, session.kind, session.dictionaries().synonyms));
    if (!headed.found) return headed;
    session.understood = true;
    warn_unknown_columns(session, table.sheet(), headed.headings, headed.row.number);
    return headed;
}

}  // namespace opora::intake
