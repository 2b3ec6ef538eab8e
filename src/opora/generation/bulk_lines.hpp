#pragma once

#include <string>
#include <string_view>

#include "opora/generation/school_results.hpp"

namespace opora::generation {

/// Heading of bulk protocols: the seven columns every reader knows, then the type of the procedure.
inline constexpr std::string_view bulk_heading =
    "school_id,subject,grade,year,class,score,mark,type\n";

/// Appends the rows of one procedure of one school. Blank score and mark: an absent pupil. ЕГЭ rows
/// bring the test score as score (base mathematics has none), and mark 2 for a score below the
/// minimum.
void append_bulk_lines(std::string& lines, std::string_view school_id, const CellRows& cell);

}  // namespace opora::generation
