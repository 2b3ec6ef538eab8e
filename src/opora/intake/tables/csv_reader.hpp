#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/tables/byte_source.hpp"
#include "opora/intake/tables/csv_dialect.hpp"
#include "opora/intake/tables/table_reader.hpp"

namespace opora::intake {

/// A csv file by RFC 4180: fields in quotes may hold separators, line ends and doubled quotes; a
/// quote inside a field without quotes is text. Rows end with LF, CRLF or CR and are numbered as a
/// spreadsheet shows them: one per record, blank ones included.
class CsvReader : public TableReader {
public:
    /// `source` begins behind the byte order mark.
    CsvReader(std::string file_name, ByteSource source, const CsvDialect& dialect,
              const TableLimits& limits);

    const std::string& sheet() const override { return no_sheet_; }
    base::Result<bool> next(TableRow& row) override;

private:
    enum class After : std::uint8_t { field, row, broken };

    bool fill();
    bool at_end() { return begin_ == end_ && !fill(); }
    bool read_row(TableRow& row);
    After read_field();
    bool read_quoted();
    bool read_plain();
    After finish_field();
    bool append_raw(std::size_t bytes);
    bool take_cell(std::string& value, std::size_t column);
    bool fail(std::string_view code, std::string_view message, std::string_view column = {});

    std::string file_name_;
    std::string no_sheet_;
    ByteSource source_;
    CsvDialect dialect_;
    TableLimits limits_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool drained_ = false;
    bool skip_hint_ = false;
    bool inside_quotes_ = false;
    std::int64_t row_number_ = 0;
    std::string raw_;
    std::optional<base::Error> error_;
};

}  // namespace opora::intake
