#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opora/tally/cell.hpp"

namespace opora::storage {

/// Compact bytes of the parts of a cell for the BLOB columns of a tally file.
///
/// All numbers are LEB128 (7 bits a byte, low bits first, the high bit says that more follow).
///   histogram = number of leading zeros, number of further entries, those entries
///   counts    = the fields of CellCounts in the order of their declaration
///   detail    = 1 and the 16 journal pairs row by row, or 0 when all are zero;
///               tasks; tasks of mark 2, 3, 4, 5; number of classes, each: length and bytes of its
///               name, counts
///   tasks     = number of tasks, each: missing, number of counts, the counts
std::string encode_histogram(const std::vector<std::int32_t>& histogram);
std::string encode(const tally::CellCounts& counts);
/// All of a detail but the histogram; `counts` are those of its cell.
std::string encode(const tally::CellDetail& detail, const tally::CellCounts& counts);

/// Bytes that nothing above wrote are a corrupt store (StorageError).
std::vector<std::int32_t> decode_histogram(std::string_view bytes);
tally::CellDetail decode_detail(std::string_view bytes, const tally::CellCounts& counts);

}  // namespace opora::storage
