#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "opora/intake/kinds/session.hpp"

namespace opora::intake {

struct WholeRange {
    std::int32_t lowest = 0;
    std::int32_t highest = INT32_MAX;
};

/// One row of a register: typed cells by column code, and the reasons against the row.
///
/// A question about a cell that cannot be read as asked adds a reason and answers «nothing»; a
/// blank answers «nothing» without a reason, unless the column is asked for by a `needed_`
/// question.
class RowFields {
public:
    RowFields(Session& session, const Headings& headings, std::string sheet, const TableRow& row);

    std::string text(std::string_view column) const;
    std::string needed_text(std::string_view column);
    std::optional<std::int32_t> whole(std::string_view column, WholeRange range);
    std::optional<base::Fraction> decimal(std::string_view column);
    std::optional<base::Fraction> share(std::string_view column);
    std::optional<bool> flag(std::string_view column);
    std::optional<model::SchoolYear> year(std::string_view column);

    /// The column `year`, or the year given for the whole file.
    std::optional<model::SchoolYear> needed_year();
    /// The school of `school_id`, or by its name when that column is blank.
    const model::School* needed_school();
    /// A word of a list of synonyms.yaml; "" for a blank.
    std::string_view choice(std::string_view column, std::string_view list);
    /// A subject by code or name; unknown texts are kept, normalised, with a warning.
    std::optional<model::SubjectCode> needed_subject(std::string_view column,
                                                     model::ProcedureType type);

    void fail(std::string_view column, std::string code, std::string message,
              std::string expected = {});
    void warn(std::string_view column, std::string_view code, std::string_view message);

    bool good() const { return errors_.empty(); }
    const TableRow& row() const { return row_; }
    base::Place place(std::string_view column) const;

    /// Hands the refused row over to the batch. Only for a row that is not good.
    void refuse();

private:
    std::string_view cell(std::string_view column) const;
    std::string heading(std::string_view column) const;

    Session& session_;
    const Headings& headings_;
    std::string sheet_;
    const TableRow& row_;
    base::Errors errors_;
};

/// Reads the rows below the headings of every table of a register file, one call of `take` a row. A
/// row that is not good afterwards is refused.
template <class Take>
base::Result<base::Done> read_register(TableReader& table, Session& session, Take take);

/// The part of read_register that does not depend on `take`: reads up to the headings. Not found is
/// no error here: other sheets may have them.
base::Result<HeadedTable> find_register_headings(TableReader& table, Session& session);

template <class Take>
base::Result<base::Done> read_register(TableReader& table, Session& session, Take take) {
    const HeadedTable headed = OPORA_TRY(find_register_headings(table, session));
    if (!headed.found) return base::Done{};
    TableRow row;
    while (!session.stopped() && OPORA_TRY(table.next(row))) {
        if (is_comment(row) || headed.headings.repeated_in(row)) continue;
        RowFields fields{session, headed.headings, table.sheet(), row};
        take(fields, headed.headings);
        if (!fields.good()) fields.refuse();
    }
    return base::Done{};
}

}  // namespace opora::intake
