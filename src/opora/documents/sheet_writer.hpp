#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/workbook_writer.hpp"

namespace opora::documents {

struct SheetColumn {
    std::string_view heading;
    double width = 12;
};

/// Writes one table to a workbook and goes on to a further sheet, with the same headings, where
/// Excel's sheet ends.
class SheetWriter {
public:
    SheetWriter(base::WorkbookWriter& book, std::string name, std::vector<SheetColumn> columns,
                std::vector<std::string> caption = {});

    void next_row();
    void text(std::string_view text, base::CellStyle style = base::CellStyle::wrapped);
    /// A missing number leaves its cell empty.
    void number(std::optional<double> number, base::CellStyle style = base::CellStyle::plain);
    void skip() { ++column_; }

private:
    void open_sheet();

    base::WorkbookWriter& book_;
    std::string name_;
    std::vector<SheetColumn> columns_;
    std::vector<std::string> caption_;
    std::int64_t sheets_ = 0;
    std::int64_t row_ = 0;
    int column_ = 0;
};

}  // namespace opora::documents
