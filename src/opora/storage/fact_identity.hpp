#pragma once

#include <span>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/result_table.hpp"
#include "opora/tally/cell.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::storage {

/// The identity of a table of results: SHA-256 (hex) of its canonical form, which depends neither
/// on the order of the rows nor on the place of a row in its source file, nor on how or by what the
/// rows are stored.
///
/// Canonical form, numbers unsigned and big-endian, «text» = length in 2 bytes and its UTF-8 bytes:
///
///   identity = SHA-256( "opora facts 1\n", text length of `works` in 4 bytes, `works`, digest of
///   each school ) works    = works_text() of procedure_text.hpp schools  in the order of the bytes
///   of their ids; digest of a school = SHA-256( text id, its procedures ) procedure, in the order
///   (year, type, subject, programme grade, grade, period) =
///              text procedure_text(), number of rows in 4 bytes, its rows
///   rows     sorted by their bytes, equal rows repeated; a row =
///              score + 32768 in 2 bytes (0 = missing), test score likewise, mark in 1 byte (0 =
///              missing), journal mark likewise, 3 x below minimum + at minimum in 1 byte (each 0
///              missing, 1 no, 2 yes), parts in 1 byte: 1 class, 2 variant, 4 participant, 8
///              points; then those parts that are there: text class, text variant, text
///              participant, number of points in 2 bytes and each + 32768 in 2 bytes.
model::FactIdentity identity_of(const model::ResultTable& table, const tally::RowGroups& groups);

/// The identity of aggregate cells sorted by (school, procedure): SHA-256 of "opora aggregates 1\n"
/// and for each cell text school id, text procedure_text(), the counts and the two parts of its
/// detail as cell_codec.hpp encodes them, each with its length in 4 bytes; where the forms
/// describe works, then "works\n", the length of works_text() in 4 bytes and works_text(). The rows
/// of the source file are not a part.
model::FactIdentity identity_of(std::span<const tally::Cell> cells, std::string_view works);

}  // namespace opora::storage
