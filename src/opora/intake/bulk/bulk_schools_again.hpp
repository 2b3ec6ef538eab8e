#pragma once

#include "opora/base/result.hpp"
#include "opora/intake/bulk/bulk_context.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// How many rows of schools with refused rows are put into the file of failed rows.
constexpr std::size_t bulk_schools_rows_max = 100'000;

/// Adds to the refused rows of bulk protocols the accepted rows of the same schools, from a second
/// reading of the table: an import replaces all results of a school in a procedure, so that
/// corrected rows sent back alone would push out the good ones. A refused row whose school is not
/// known may belong to any school, and brings all rows. Where there are too many of them
/// only the refused rows stay, with the warning `failed_rows_alone`.
base::Result<base::Done> add_schools_of_refused(TableReader& table, const BulkContext& context,
                                                ports::ImportBatch& batch);

}  // namespace opora::intake
