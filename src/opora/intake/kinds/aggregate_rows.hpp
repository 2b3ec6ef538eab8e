#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/territory_index.hpp"
#include "opora/intake/kinds/work_head.hpp"
#include "opora/tally/cell.hpp"

namespace opora::intake {

/// What all aggregate forms share: whose row it is, which work it is, how many took part.
class AggregateSheet {
public:
    AggregateSheet(Session& session, std::string sheet, const HeadedTable& headed);

    /// Begins a row: a school's, or that of a territory of the register or of the whole sample.
    /// False for any other, of which a warning tells.
    bool begin(TableRow& row);
    /// Begins a row that belongs to the group of an earlier one.
    void begin_detail(TableRow& row) { rows_.begin(row); }

    /// School (empty for a territory) and procedure of the row, as a cell without counts; nothing
    /// when the row has reasons against it.
    std::optional<tally::Cell> cell();
    /// «Кол-во участников» of the row or of the lines above the headings. A territory whose row
    /// does not say it has a round number, large enough to keep its percents.
    std::optional<std::int32_t> participants();
    /// The same for a row without a number of its own.
    std::optional<std::int32_t> participants_elsewhere();
    std::int32_t participants_max() const;
    bool of_territory() const { return territory_.has_value(); }

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
    std::optional<model::TerritoryId> territory();
    model::TerritoryId country();
    bool keep(tally::Cell cell);

    Session& session_;
    std::string sheet_;
    WorkHead head_;
    ProtocolRows rows_;
    std::size_t year_, grade_, subject_, municipality_, school_, school_name_, group_, n_;
    const TableRow* row_ = nullptr;
    const model::School* found_ = nullptr;
    TerritoryIndex territories_;
    std::optional<model::TerritoryId> territory_;  ///< Of the row, if it is a territory's.
    bool participants_known_ = true;
    bool has_school_column_ = false;
};

}  // namespace opora::intake
