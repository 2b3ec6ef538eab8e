#include "opora/intake/tables/csv_reader.hpp"

#include <utility>

#include "opora/intake/tables/cell_text.hpp"

namespace opora::intake {

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;

}  // namespace

CsvReader::CsvReader(std::string file_name, ByteSource source, const CsvDialect& dialect,
                     const TableLimits& limits)
    : file_name_{std::move(file_name)},
      source_{std::move(source)},
      dialect_{dialect},
      limits_{limits},
      buffer_(chunk_bytes),
      skip_hint_{dialect.names_separator} {}

base::Result<bool> CsvReader::next(TableRow& row) {
    while (!error_ && !at_end()) {
        ++row_number_;
        row.number = row_number_;
        if (!read_row(row)) break;
        const bool hint = std::exchange(skip_hint_, false);
        if (!row.cells.empty() && !hint) return true;
    }
    if (error_) return base::Unexpected{*error_};
    row.cells.clear();
    return false;
}

bool CsvReader::fill() {
    if (drained_ || error_) return false;
    auto read = source_(buffer_);
    if (!read) {
        error_ = std::move(read).error();
        error_->place.file = file_name_;
        return false;
    }
    drained_ = *read < buffer_.size();
    begin_ = 0;
    end_ = *read;
    return end_ > 0;
}

bool CsvReader::read_row(TableRow& row) {
    std::size_t used = 0;
    for (std::size_t column = 0;; ++column) {
        const After after = read_field();
        if (after == After::broken) return false;
        if (!raw_.empty()) {
            if (std::cmp_greater_equal(column, limits_.columns_max)) {
                return fail("too_wide",
                            "в строке слишком много столбцов: проверьте разделитель полей");
            }
            if (row.cells.size() <= column) row.cells.resize(column + 1);
            for (std::size_t skipped = used; skipped <= column; ++skipped)
                row.cells[skipped].clear();
            if (!take_cell(row.cells[column], column)) return false;
            if (!blank_cell(row.cells[column])) used = column + 1;
        }
        if (after == After::row) break;
    }
    row.cells.resize(used);
    return true;
}

CsvReader::After CsvReader::read_field() {
    raw_.clear();
    if (at_end()) return error_ ? After::broken : After::row;
    const bool read = buffer_[begin_] == '"' ? read_quoted() : read_plain();
    return read ? finish_field() : After::broken;
}

bool CsvReader::append_raw(std::size_t bytes) {
    raw_.append(buffer_.data() + begin_, bytes);
    begin_ += bytes;
    if (std::cmp_less_equal(raw_.size(), limits_.cell_bytes_max)) return true;
    if (inside_quotes_) {
        return fail("quote_unbalanced",
                    "в строке открыта кавычка, которая не закрыта: удвойте кавычки внутри текста "
                    "или сохраните таблицу как xlsx");
    }
    return fail("cell_too_long",
                "значение слишком длинное: проверьте разделитель полей и концы строк");
}

/// From the opening quote to the one that closes it; spaces behind it are passed over.
bool CsvReader::read_quoted() {
    inside_quotes_ = true;
    ++begin_;
    while (true) {
        if (at_end()) {
            return !error_ && fail("quote_unbalanced",
                                   "в строке открыта кавычка, которая не закрыта до конца файла: "
                                   "удвойте кавычки внутри текста или сохраните таблицу как xlsx");
        }
        const std::string_view rest{buffer_.data() + begin_, end_ - begin_};
        const auto quote = rest.find('"');
        if (!append_raw(quote == std::string_view::npos ? rest.size() : quote)) return false;
        if (quote == std::string_view::npos) continue;
        ++begin_;
        if (at_end() || buffer_[begin_] != '"') break;
        if (!append_raw(1)) return false;
    }
    inside_quotes_ = false;
    while (!at_end() && buffer_[begin_] == ' ') ++begin_;
    if (error_) return false;
    if (at_end()) return true;
    const char next = buffer_[begin_];
    if (next == dialect_.separator || next == '\n' || next == '\r') return true;
    return fail("quote_unbalanced",
                "после закрывающей кавычки стоит текст: удвойте кавычки внутри текста или "
                "сохраните таблицу как xlsx");
}

bool CsvReader::read_plain() {
    while (!at_end()) {
        std::size_t stop = begin_;
        while (stop < end_ && buffer_[stop] != dialect_.separator && buffer_[stop] != '\n' &&
               buffer_[stop] != '\r')
            ++stop;
        const bool found = stop < end_;
        if (!append_raw(stop - begin_)) return false;
        if (found) return true;
    }
    return !error_;
}

CsvReader::After CsvReader::finish_field() {
    if (at_end()) return error_ ? After::broken : After::row;
    const char symbol = buffer_[begin_++];
    if (symbol == dialect_.separator) return After::field;
    if (symbol == '\r' && !at_end() && buffer_[begin_] == '\n') ++begin_;
    return error_ ? After::broken : After::row;
}

bool CsvReader::take_cell(std::string& value, std::size_t column) {
    if (raw_.find('\0') != std::string::npos) {
        return fail("nul_byte",
                    "в файле недопустимые нулевые байты: он повреждён или это не текст; сохраните "
                    "таблицу заново");
    }
    if (append_decoded(value, raw_, dialect_.encoding)) return true;
    return fail("encoding_broken",
                "знаки записаны не в кодировке файла (" + std::string{title(dialect_.encoding)} +
                    "): в файле смешаны кодировки; сохраните его заново как «CSV UTF-8» или xlsx",
                column_letters(static_cast<std::int64_t>(column)));
}

bool CsvReader::fail(std::string_view code, std::string_view message, std::string_view column) {
    error_ = base::Error{.code = std::string{code},
                         .message = std::string{message},
                         .place = {file_name_, {}, row_number_, std::string{column}},
                         .expected = {},
                         .found = {}};
    return false;
}

}  // namespace opora::intake
