#pragma once

#include <cstdint>
#include <vector>

#include "opora/intake/bulk/bulk_file.hpp"
#include "opora/intake/bulk/bulk_header.hpp"
#include "opora/intake/bulk/bulk_names.hpp"
#include "opora/intake/bulk/bulk_part.hpp"

namespace opora::intake {

/// Reads the lines of a file from `data_begin` on (the beginning of a line) in blocks on two
/// threads, one part for each block. A line belongs to the block in which it begins.
///
/// Only a file that cannot be read to its end, or a line of more than a megabyte (`line_too_long`),
/// is an error.
base::Result<std::vector<BulkPart>> read_blocks(const BulkFile& file, std::int64_t data_begin,
                                                char separator, const BulkHeader& header,
                                                BulkNames& names, const BulkContext& context);

}  // namespace opora::intake
