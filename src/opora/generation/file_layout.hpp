#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "opora/generation/territory.hpp"

namespace opora::generation {

/// Writes the protocols of one municipality as schools and exam centres send them: a Ф1 workbook
/// per school, subject and grade below `out/vpr/YEAR`, an exam list per subject and municipality
/// below `out/oge/YEAR` and `out/ege/YEAR`, the school's yearly marks as bulk csv below
/// `out/annual`. One file in eight is untidy, in ways that a correct importer reads through.
/// Returns how many files were written.
std::int64_t write_protocol_files(const std::filesystem::path& out, const Generator& generator,
                                  const std::vector<SchoolOutput>& schools,
                                  const std::string& municipality);

}  // namespace opora::generation
