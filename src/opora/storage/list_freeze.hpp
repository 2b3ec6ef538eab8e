#pragma once

#include <string>
#include <string_view>

#include "opora/ports/import_batch.hpp"

namespace opora::storage {

/// The register's rows that bear on verdicts as one text, without names of people, and back.
std::string encode_rows(ports::RegisterRows rows);
ports::RegisterRows decode_rows(std::string_view text);

}  // namespace opora::storage
