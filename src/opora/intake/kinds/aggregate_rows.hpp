#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/work_head.hpp"
#include "opora/tally/cell.hpp"

namespace opora::intake {

/// What all aggregate forms share: whose row it is, which work it is, how many took part.
class AggregateSheet {
public:
    AggregateSheet(Session& session, std::string sheet, const HeadedTable& headed);

    /// Begins a row. False for a row that is not a school's: the region, the district, a note; it
    /// is counted.
    bool begin(TableRow& row);
    /// Begins a row that belongs to the group of an earlier one.
    void begin_detail(TableRow& row) { rows_.begin(row); }

    /// School and procedure of the row, as a cell without counts; nothing when the row has reasons
    /// against it.
    std::optional<tally::Cell> cell();
    /// «Кол-во участников» of the row or of the lines above the headings.
    std::optional<std::int32_t> participants();

    /// A percent of a column of the file; a blank is 0, because a form leaves empty what nobody
    /// reached.
    std::optional<base::Fraction> percent(std::size_t place);

    ProtocolRows& rows() { return rows_; }
    const WorkHead& head() const { return head_; }
    std::string_view group() const { return rows_.cell(group_); }
    const TableRow& row() const { return *row_; }

    /// Keeps the cell or refuses the row.
    void finish_row(std::optional<tally::Cell> cell);
    void warn_misfit();

private:
    const model::School* school(bool& other_group);

    Session& session_;
    std::string sheet_;
    WorkHead head_;
    ProtocolRows rows_;
    std::size_t year_, grade_, subject_, school_, school_name_, group_, n_;
    const TableRow* row_ = nullptr;
    const model::School* found_ = nullptr;
    bool has_school_column_ = false;
};

}  // namespace opora::intake
