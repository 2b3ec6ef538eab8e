#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/bulk/bulk_context.hpp"

namespace opora::intake {

enum class BulkColumn : std::uint8_t {
    school_id,
    subject,
    grade,
    year,
    class_name,
    score,
    mark,
    type,
    programme_grade,
    participant,
    journal_mark,
};
constexpr std::size_t bulk_columns = 11;

/// Which column of a file of bulk protocols holds what.
///
/// Each thing that is read has a slot: the columns in the order of BulkColumn, then the tasks
/// t1..tn, then one slot that takes what is not read.
struct BulkHeader {
    std::string file;
    std::string sheet;
    std::vector<std::string> headings;  ///< By column of the file, as it writes them.
    std::vector<std::uint16_t> slots;   ///< By column of the file.
    std::vector<std::string>
        shown;  ///< By slot without the last: the file's heading, else the English name.
    std::vector<bool> present;  ///< By slot without the last.
    std::size_t tasks = 0;
    base::Errors warnings;  ///< Columns that are not read; their values are never printed.

    std::size_t slot_count() const { return bulk_columns + tasks + 1; }
    std::size_t unread_slot() const { return bulk_columns + tasks; }
    bool has(BulkColumn column) const { return present[static_cast<std::size_t>(column)]; }
};

/// Reads the row of headings. Needed: school_id, subject, grade, year, and score or mark.
/// `columns_missing`, `column_repeated`, `tasks_missing`.
base::Result<BulkHeader> read_bulk_header(const std::vector<std::string>& headings,
                                          const BulkContext& context, std::string file,
                                          std::string sheet);

/// Whether a heading names a person or a document; such columns are dropped unread.
bool looks_personal(std::string_view heading);

}  // namespace opora::intake
