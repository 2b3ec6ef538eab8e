#pragma once

#include <cstdint>

#include "opora/intake/bulk/bulk_header.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// Takes out of the results every row whose participant code stood already in the same procedure of
/// the same school, and adds the errors and refused rows in their places by row. Gives the number
/// of such rows; at most `bulk_errors_max` of them are told.
std::int64_t refuse_duplicates(const BulkHeader& header, ports::ImportBatch& batch);

}  // namespace opora::intake
