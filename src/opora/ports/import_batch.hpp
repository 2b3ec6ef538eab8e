#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/base/error.hpp"
#include "opora/model/context_facts.hpp"
#include "opora/model/questionnaire.hpp"
#include "opora/model/result_table.hpp"
#include "opora/model/school.hpp"
#include "opora/model/teacher.hpp"
#include "opora/model/territory.hpp"
#include "opora/tally/cell.hpp"

namespace opora::ports {

/// The rows of registers that one file brings. Empty vectors for what the file does not hold.
struct RegisterRows {
    std::vector<model::Territory> territories;
    std::vector<model::School> schools;
    std::vector<model::SchoolFact> facts;
    std::vector<model::ImportedIndicator> indicators;
    std::vector<model::ReferenceValue> references;
    std::vector<model::ObjectivityMarker> markers;
    std::vector<model::Teacher> teachers;
    std::vector<model::TeachingLoad> loads;
    std::vector<model::AnswerTally> answers;

    friend bool operator==(const RegisterRows&, const RegisterRows&) = default;
};

/// What an aggregate form tells of a whole territory: the rows of the country, the region or the
/// municipality that stand above the schools' ones.
struct TerritoryForm {
    model::TerritoryId territory;
    model::Procedure procedure;
    tally::CellCounts counts;
    /// False where the form does not say how many took part: the counts then are shares of a round
    /// number.
    bool participants_known = true;

    friend bool operator==(const TerritoryForm&, const TerritoryForm&) = default;
};

/// A row that was refused: its cells as text, for the file of failed rows. Cells of personal
/// columns are blank.
struct FailedRow {
    std::string sheet;
    std::int64_t row = 0;
    std::vector<std::string> cells;
    std::string reason;  ///< Russian, all reasons of the row.
    /// False for an accepted row that stands here because a protocol replaces all results of its
    /// school and procedure: the corrected file must hold them all.
    bool refused = true;
};

/// What stands above the rows of one sheet. A protocol's lines above its headings (subject, grade,
/// year) are kept, so that the file of failed rows is a protocol again.
struct SheetHead {
    std::string sheet;
    std::vector<std::vector<std::string>> preamble;
    std::vector<std::string> headings;
};

/// The rows that failed, with their headings, ready to be corrected in a spreadsheet and sent
/// again.
struct FailedRows {
    std::vector<std::string> headings;  ///< Of the first sheet.
    std::vector<FailedRow> rows;
    std::vector<SheetHead>
        heads;  ///< One per sheet with failed rows; empty when `headings` says all.
};

/// All that was understood of one file, and all that was not: the result of reading, nothing is
/// stored yet.
///
/// `results` and `aggregates` are facts; `rows` go to the register. School keys of the file are
/// still resolved to SchoolId by the reader, which is given the register's schools.
struct ImportBatch {
    std::string kind;         ///< Code of the file kind, see docs/data.md: `vpr-f1`, `schools` …
    std::string file;         ///< Name of the file without its folder.
    std::string file_sha256;  ///< Of the bytes of the file.
    model::ResultTable results;
    std::vector<tally::Cell> aggregates;
    std::vector<TerritoryForm> territory_forms;
    std::vector<model::Work> form_works;  ///< What aggregate forms tell of works: their tasks.
    RegisterRows rows;
    base::Errors errors;  ///< Why rows, sheets or the file are refused.
    /// The file is the wrong one (too many errors, swapped columns): no row of it may be taken.
    bool refused = false;
    base::Errors
        warnings;  ///< Nothing is refused: a declared count that differs, an unknown subject code …
    FailedRows failed;
};

}  // namespace opora::ports
