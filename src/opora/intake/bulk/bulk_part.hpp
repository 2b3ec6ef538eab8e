#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "opora/base/error.hpp"
#include "opora/intake/bulk/part_column.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// How many errors and refused rows are told one by one.
constexpr std::size_t bulk_errors_max = 1'000;

/// The good rows of one piece of a file, numbered by BulkNames, and what was wrong with the others.
/// Row numbers of errors count from the part's first line, 1.
struct BulkPart {
    std::int64_t lines = 0;  ///< All lines, blank and refused ones included.
    std::size_t rows = 0;    ///< Good ones.

    PartColumn<std::uint32_t> school;
    PartColumn<std::uint32_t> procedure;
    PartColumn<std::uint32_t> line;  ///< From 1.
    PartColumn<std::uint16_t> class_name;
    PartColumn<std::int16_t> score;
    PartColumn<std::int16_t> test_score;
    PartColumn<std::int16_t> mark;
    PartColumn<std::int16_t> journal_mark;
    PartColumn<std::int16_t> below_minimum;
    PartColumn<std::int16_t> at_minimum;
    std::vector<std::string> participant;
    std::vector<std::int16_t> points;  ///< As many per row as the file has tasks.

    std::int64_t error_count = 0;
    std::int64_t refused_rows = 0;
    base::Errors errors;                   ///< The first ones.
    std::vector<ports::FailedRow> failed;  ///< The first ones.
    base::Errors file_errors;              ///< What ends the reading of the whole file.
};

}  // namespace opora::intake
