#pragma once

#include <string>

#include "opora/intake/tables/table_reader.hpp"

namespace opora::intake {

/// Tells what people may not see of a sheet that was read (hidden rows and columns), and what they
/// see that is not there (areas merged below the headings). Warnings; call after the last row.
base::Errors sheet_warnings(const TableReader& table, std::int64_t heading_row,
                            const std::string& file);

}  // namespace opora::intake
