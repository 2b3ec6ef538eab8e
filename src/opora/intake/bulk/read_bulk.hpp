#pragma once

#include <filesystem>
#include <string>

#include "opora/base/result.hpp"
#include "opora/intake/bulk/bulk_context.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// Reads bulk protocols from csv straight into a table of results, on two threads; 33 million rows
/// take a second or two.
///
/// Columns, in any order:
/// `school_id,subject,grade,year,class,score,mark[,type,programme_grade,participant,
/// journal_mark,t1..tn]`, separated by `;`, `,` or tab; one row is one line. For ЕГЭ `score` is the
/// test score. Up to 1,000 errors stand in the batch with their rows, more than that refuse the
/// file (`too_many_errors`). Columns of names and documents, and unknown ones, are never read. A
/// file in windows-1251 or with CR line ends takes the slow path.
base::Result<ports::ImportBatch> read_bulk_csv(const std::filesystem::path& path,
                                               const BulkContext& context);

/// The same from one table of any file that opens as a table, row by row. `file_sha256` stays
/// empty: the caller knows the file.
base::Result<ports::ImportBatch> read_bulk_table(TableReader& table, const std::string& file_name,
                                                 const BulkContext& context);

}  // namespace opora::intake
