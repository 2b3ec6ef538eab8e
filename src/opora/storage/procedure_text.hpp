#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opora/model/assessment_result.hpp"
#include "opora/model/procedure.hpp"

namespace opora::storage {

/// «2024/vpr/5/5/main/russian»: year, type, programme grade, grade, period, subject. The column
/// `procedure` of fact files.
std::string procedure_text(const model::Procedure& procedure);
/// Reads procedure_text; anything else is a corrupt store (StorageError).
model::Procedure read_procedure_text(std::string_view text);

/// One line per work, sorted: the procedure, the score maximum («-» when unknown), then number,
/// maximum and difficulty of each task, all separated by tabs. Backslash, tab and line end are
/// written \\ \t \n. Equal works are written once.
std::string works_text(const std::vector<model::Work>& works);
std::vector<model::Work> read_works_text(std::string_view text);

/// Texts one per line with the same escapes.
/// Appends a text so that it holds neither tabs nor line ends.
void add_escaped(std::string& to, std::string_view text);

std::string lines_text(const std::vector<std::string>& texts);
std::vector<std::string> read_lines_text(std::string_view text);

}  // namespace opora::storage
