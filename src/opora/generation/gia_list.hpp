#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opora/generation/school_results.hpp"
#include "opora/generation/text_file.hpp"
#include "opora/model/school.hpp"

namespace opora::generation {

struct GiaSchool {
    model::School school;
    const CellRows* rows = nullptr;
};

/// The list of an exam centre (РЦОИ, DOMAIN 4.5) of one ОГЭ or ЕГЭ in one year.
///
/// The personal columns hold obviously invented people, so that it can be tested that nobody keeps
/// them.
struct GiaList {
    const WorkForm* work = nullptr;
    model::SchoolYear year;
    std::string municipality_code;
    std::vector<GiaSchool> schools;
    std::uint64_t seed = 1;  ///< Of the answers.
};

enum class LineEnd : std::uint8_t { lf, crlf };

/// Throws std::runtime_error when the disk refuses.
void write_gia_list(const std::filesystem::path& path, const GiaList& list, TextEncoding encoding,
                    LineEnd line_end);

}  // namespace opora::generation
