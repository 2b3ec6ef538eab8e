#include "opora/intake/tables/sheet_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "opora/intake/tables/cell_text.hpp"

namespace opora::intake {

namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return number;
}

bool is_true(std::optional<std::string_view> attribute) {
    return attribute && (*attribute == "1" || *attribute == "true");
}

/// The types of cells (ISO 29500-1, 18.18.11) as texts that outlive the scanner's buffer.
std::string_view cell_type(std::optional<std::string_view> attribute) {
    if (!attribute) return "";
    for (const std::string_view known : {"s", "str", "inlineStr", "b", "e", "d"}) {
        if (*attribute == known) return known;
    }
    return "";
}

}  // namespace

SheetReader::SheetReader(std::shared_ptr<Workbook> book, std::size_t sheet_index)
    : book_{std::move(book)}, sheet_{book_->parts().sheets.at(sheet_index)} {}

base::Result<bool> SheetReader::next(TableRow& row) {
    if (error_) return base::Unexpected{*error_};
    if (finished_) return false;
    if (!scanner_ && !open()) return base::Unexpected{*error_};
    while (find_row(row)) {
        std::size_t used = 0;
        if (!read_cells(row, used)) return base::Unexpected{*error_};
        row.cells.resize(used);
        if (used == 0) continue;
        if (hidden_row_ && notes_.hidden_rows++ == 0) notes_.first_hidden_row = row.number;
        return true;
    }
    if (error_) return base::Unexpected{*error_};
    row.cells.clear();
    return false;
}

bool SheetReader::open() {
    auto loaded = book_->load_shared_strings();
    if (!loaded) {
        error_ = std::move(loaded).error();
    } else if (auto bytes = book_->sheet_bytes(sheet_)) {
        scanner_.emplace(std::move(bytes).value());
        return true;
    } else {
        error_ = std::move(bytes).error();
    }
    error_->place.file = book_->file_name();
    error_->place.sheet = sheet_.name;
    return false;
}

/// Goes to the next row. After the last one the rest of the sheet is read too: its end proves that
/// the file is whole.
bool SheetReader::find_row(TableRow& row) {
    while (true) {
        switch (scanner_->next()) {
            case XmlToken::start:
                if (inside_data_ && scanner_->name() == "row") return enter_row(row);
                if (scanner_->name() == "sheetData") inside_data_ = true;
                if (scanner_->name() == "col") note_column();
                if (scanner_->name() == "mergeCell") note_merged();
                break;
            case XmlToken::end:
                if (scanner_->name() == "sheetData") inside_data_ = false;
                break;
            case XmlToken::text:
                break;
            case XmlToken::finish:
                finished_ = true;
                return false;
            case XmlToken::broken:
                return fail_scanner();
        }
    }
}

bool SheetReader::enter_row(TableRow& row) {
    const auto reference = scanner_->raw_attribute("r");
    const auto number = reference ? whole_number(*reference) : std::optional{row_number_ + 1};
    if (!number || *number <= row_number_) {
        return fail("rows_out_of_order",
                    "строки листа пронумерованы неверно: сохраните таблицу заново как xlsx");
    }
    if (*number > book_->limits().rows_max) {
        return fail("too_large",
                    "на листе больше строк, чем допускает Excel: разделите таблицу на части");
    }
    row_number_ = *number;
    row.number = row_number_;
    hidden_row_ = is_true(scanner_->raw_attribute("hidden"));
    last_column_ = -1;
    return true;
}

void SheetReader::note_column() {
    if (!notes_.first_hidden_column.empty() || !is_true(scanner_->raw_attribute("hidden"))) return;
    const auto first = whole_number(scanner_->raw_attribute("min").value_or(""));
    if (first && *first > 0 && *first <= book_->limits().columns_max) {
        notes_.first_hidden_column = column_letters(*first - 1);
    }
}

/// An area within one row is a heading or a title.
void SheetReader::note_merged() {
    constexpr std::size_t areas_max = 1'000;
    const std::string area{scanner_->raw_attribute("ref").value_or("")};
    const std::size_t colon = area.find(':');
    if (colon == std::string::npos || notes_.merged.size() >= areas_max) return;
    const auto row_of = [](std::string_view cell) {
        return whole_number(cell.substr(std::min(cell.find_first_of("0123456789"), cell.size())));
    };
    const auto first = row_of(std::string_view{area}.substr(0, colon));
    const auto last = row_of(std::string_view{area}.substr(colon + 1));
    if (first && last && *first < *last) notes_.merged.emplace_back(area, *last);
}

bool SheetReader::read_cells(TableRow& row, std::size_t& used) {
    int depth = 1;
    while (depth > 0) {
        switch (scanner_->next()) {
            case XmlToken::start:
                if (depth == 1 && scanner_->name() == "c") {
                    if (!read_cell(row, used)) return false;
                } else {
                    ++depth;
                }
                break;
            case XmlToken::end:
                --depth;
                break;
            case XmlToken::text:
                break;
            case XmlToken::finish:
            case XmlToken::broken:
                return fail_scanner();
        }
    }
    return true;
}

bool SheetReader::read_cell(TableRow& row, std::size_t& used) {
    const auto reference = scanner_->raw_attribute("r");
    const auto column = reference ? column_of(*reference) : std::optional{last_column_ + 1};
    if (!column || *column <= last_column_) {
        return fail("cells_out_of_order",
                    "ячейки строки стоят не по порядку: сохраните таблицу заново как xlsx");
    }
    last_column_ = *column;
    Cell cell{.column = *column, .type = cell_type(scanner_->raw_attribute("t"))};
    raw_.clear();
    if (!read_content(cell)) return false;
    if (!cell.has_value && !cell.has_formula) return true;
    if (cell.column >= book_->limits().columns_max) {
        return fail("too_wide", "в таблице слишком много столбцов", column_letters(cell.column));
    }
    const auto place = static_cast<std::size_t>(cell.column);
    if (row.cells.size() <= place) row.cells.resize(place + 1);
    for (std::size_t skipped = used; skipped < place; ++skipped) row.cells[skipped].clear();
    std::string& value = row.cells[place];
    value.clear();
    if (!finish_cell(cell, value)) return false;
    if (blank_cell(value)) {
        for (std::size_t skipped = used; skipped <= place; ++skipped) row.cells[skipped].clear();
    } else {
        used = place + 1;
    }
    return true;
}

/// Collects the raw text of `v` or `is` up to the end of the cell.
bool SheetReader::read_content(Cell& cell) {
    int depth = 1;
    bool inside_value = false;
    while (depth > 0) {
        switch (scanner_->next()) {
            case XmlToken::start:
                if (depth == 1 && scanner_->name() == "is") {
                    cell.has_value = true;
                    if (!collect_text(*scanner_, raw_)) return fail_scanner();
                    break;
                }
                inside_value = depth == 1 && scanner_->name() == "v";
                cell.has_value = cell.has_value || inside_value;
                cell.has_formula = cell.has_formula || (depth == 1 && scanner_->name() == "f");
                ++depth;
                break;
            case XmlToken::end:
                --depth;
                inside_value = false;
                break;
            case XmlToken::text:
                if (inside_value) raw_ += scanner_->text();
                break;
            case XmlToken::finish:
            case XmlToken::broken:
                return fail_scanner();
        }
        if (std::cmp_greater(raw_.size(), book_->limits().cell_bytes_max)) {
            return fail("cell_too_long", "ячейка длиннее, чем допускает Excel (32 767 знаков)",
                        column_letters(cell.column));
        }
    }
    return true;
}

bool SheetReader::finish_cell(const Cell& cell, std::string& value) {
    const bool text_type = cell.type == "str" || cell.type == "inlineStr";
    if (cell.has_formula && (!cell.has_value || (raw_.empty() && !text_type))) {
        return fail("formula_without_value",
                    "в ячейке формула без вычисленного значения: откройте файл в табличном "
                    "редакторе, дайте ему пересчитать "
                    "формулы и сохраните, или вставьте вместо формул значения",
                    column_letters(cell.column));
    }
    if (raw_.empty()) return true;
    if (cell.type == "s") return shared_text(value);
    if (cell.type == "b") {
        value = raw_ == "0" || raw_ == "false" ? "FALSE" : "TRUE";
        return true;
    }
    if (cell.type.empty()) return number(cell, value);
    if (!append_cell_text(value, raw_)) {
        return fail("encoding_broken", "в ячейке недопустимые знаки", column_letters(cell.column));
    }
    return true;
}

bool SheetReader::shared_text(std::string& value) {
    const auto index = whole_number(raw_);
    const auto text = index && *index >= 0
                          ? book_->shared_strings().text(static_cast<std::size_t>(*index))
                          : std::nullopt;
    if (!text) {
        return fail("shared_string_missing",
                    "книга повреждена: текст ячейки в ней не найден; сохраните её заново как xlsx",
                    column_letters(last_column_));
    }
    value = *text;
    return true;
}

bool SheetReader::number(const Cell& cell, std::string& value) {
    const auto text = number_text(raw_, scratch_);
    if (!text) {
        return fail("number_broken",
                    "книга повреждена: вместо числа записано иное; сохраните её заново как xlsx",
                    column_letters(cell.column));
    }
    value = *text;
    return true;
}

bool SheetReader::fail(std::string_view code, std::string_view message, std::string_view column) {
    error_ =
        base::Error{.code = std::string{code},
                    .message = std::string{message},
                    .place = {book_->file_name(), sheet_.name, row_number_, std::string{column}},
                    .expected = {},
                    .found = {}};
    if (row_number_ == 0) error_->place.row.reset();
    return false;
}

bool SheetReader::fail_scanner() {
    if (scanner_->error().code.empty())
        return fail("xml_broken", "файл обрывается: скопируйте или сохраните его заново");
    return fail(scanner_->error().code, scanner_->error().message);
}

}  // namespace opora::intake
