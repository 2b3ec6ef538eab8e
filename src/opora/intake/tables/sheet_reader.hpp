#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "opora/intake/tables/table_reader.hpp"
#include "opora/intake/tables/workbook.hpp"
#include "opora/intake/tables/xml_scanner.hpp"

namespace opora::intake {

/// One sheet of a workbook, row by row.
///
/// A cell stands where its reference says («C5»), or beside the cell before it when it has none.
/// The parts of a merged area keep what the file gives them: the value in the first cell, nothing
/// in the others. Hidden rows and columns are read like the others; `notes` tells of all three.
class SheetReader : public TableReader {
public:
    SheetReader(std::shared_ptr<Workbook> book, std::size_t sheet_index);

    const std::string& sheet() const override { return sheet_.name; }
    base::Result<bool> next(TableRow& row) override;
    SheetNotes notes() const override { return notes_; }

private:
    /// A cell while it is read.
    struct Cell {
        std::int64_t column = 0;
        std::string_view type;  ///< As the attribute `t` says it; empty for a number.
        bool has_value = false;
        bool has_formula = false;
    };

    bool open();
    bool find_row(TableRow& row);
    bool enter_row(TableRow& row);
    void note_column();
    void note_merged();
    bool read_cells(TableRow& row, std::size_t& used);
    bool read_cell(TableRow& row, std::size_t& used);
    bool read_content(Cell& cell);
    bool finish_cell(const Cell& cell, std::string& value);
    bool shared_text(std::string& value);
    bool number(const Cell& cell, std::string& value);
    bool fail(std::string_view code, std::string_view message, std::string_view column = {});
    bool fail_scanner();

    std::shared_ptr<Workbook> book_;
    WorkbookParts::Sheet sheet_;
    std::optional<XmlScanner> scanner_;
    bool inside_data_ = false;
    bool finished_ = false;
    bool hidden_row_ = false;
    SheetNotes notes_;
    std::int64_t row_number_ = 0;
    std::int64_t last_column_ = -1;
    std::string raw_;
    std::string scratch_;
    std::optional<base::Error> error_;
};

}  // namespace opora::intake
