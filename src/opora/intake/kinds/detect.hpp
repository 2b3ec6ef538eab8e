#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/intake/kinds/kind.hpp"
#include "opora/intake/tables/table_reader.hpp"

namespace opora::intake {

/// The first rows of a table, as far as its kind can be told from them.
std::vector<TableRow> first_rows(TableReader& table, base::Result<bool>& state);

/// The kind of a table by its first rows: headings that fit best, and the titles that forms print
/// above them. nullptr when none fits.
const Kind* kind_of(const std::vector<Kind>& kinds, const std::vector<TableRow>& rows,
                    const std::string& sheet, const Synonyms& synonyms, const Subjects& subjects);

}  // namespace opora::intake
