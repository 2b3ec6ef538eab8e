#pragma once

#include <cstdint>
#include <vector>

#include "opora/intake/bulk/bulk_header.hpp"
#include "opora/intake/bulk/bulk_names.hpp"
#include "opora/intake/bulk/bulk_part.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// Joins the parts of a file, in its order, into one batch, and frees them on the way. `first_line`
/// is the row number of the line after the headings.
///
/// Schools, classes and procedures are numbered in the order of their first row, whichever thread
/// met them first: the same file gives the same table. A participant code may occur once in a
/// procedure of a school; later rows with it are refused.
ports::ImportBatch assemble_bulk(std::vector<BulkPart> parts, std::int64_t first_line,
                                 const BulkHeader& header, const BulkNames& names);

}  // namespace opora::intake
