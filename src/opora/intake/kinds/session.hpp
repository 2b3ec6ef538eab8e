#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "opora/intake/kinds/file_report.hpp"
#include "opora/intake/kinds/headings.hpp"
#include "opora/intake/kinds/school_index.hpp"
#include "opora/intake/read_file.hpp"

namespace opora::intake {

/// A sheet of a protocol with refused rows: enough to find, in a second reading, the rows that
/// belong to the same schools.
struct AffectedSheet {
    std::size_t table = 0;  ///< Which table of the file.
    std::int64_t heading_row = 0;
    Headings headings;
    ports::SheetHead head;
    std::vector<std::size_t> school_columns;  ///< Columns of the file that name the school.
    std::set<std::string> schools;            ///< Their cells in refused rows.
    bool any_school = false;  ///< A refused row named no known school: it may belong to any.
    std::map<std::int64_t, std::string> refused;  ///< Row -> reasons.
};

/// The reading of one file.
struct Session {
    Session(const ReadContext& read_context, const Kind& file_kind, std::string file_name)
        : context{read_context},
          kind{file_kind},
          index{read_context.schools},
          report{std::move(file_name), batch} {
        batch.kind = kind.code;
        batch.file = report.file();
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const Dictionaries& dictionaries() const { return *context.dictionaries; }
    bool stopped() const { return report.refused_rows() >= refused_rows_max; }

    const ReadContext& context;
    const Kind& kind;
    SchoolIndex index;
    ports::ImportBatch batch;
    FileReport report;
    std::vector<AffectedSheet> affected;
    /// Schools and works of which an aggregate form has already brought a cell.
    std::set<std::pair<std::string, model::Procedure>> aggregated;
    std::size_t table = 0;  ///< Number of the table that is read now.
    std::vector<std::size_t>
        unmarked;  ///< Rows of results of which the file says that they got no mark.
    std::int64_t heading_row = 0;  ///< Of the table that is read now; 0: not found.
    bool understood = false;       ///< Some table had the headings of the kind.
};

/// Adds the refusal of a year that cannot be: before 2000, after the last expected one, or not the
/// one asked for.
void check_year(const ReadContext& context, model::SchoolYear year, const base::Place& place,
                const std::string& found, base::Errors& errors);

/// The error for a school that the register does not have.
base::Error unknown_school(std::string_view key, const base::Place& place);

}  // namespace opora::intake
