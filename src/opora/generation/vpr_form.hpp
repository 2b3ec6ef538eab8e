#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opora/generation/school_results.hpp"
#include "opora/model/school.hpp"

namespace opora::generation {

/// The small disorders of real files; a correct importer reads the same results through all of
/// them.
struct VprMess {
    bool numbers_as_text = false;  ///< «12» instead of 12.
    bool decimal_comma = false;    ///< «12,0»; only together with text.
    bool latin_letters = false;    ///< Latin K in «3K1», Latin X for a missing answer.
    bool difficulty_row = true;    ///< Letters Б, П, В above the header.
    bool helper_sheet = false;     ///< A sheet before the form that says nothing.
    int rows_above_header = 0;     ///< Blank rows that push the header down.
    int declared_too_many = 0;     ///< The declared count is larger than the rows by so many.
};

/// One school in a form.
struct VprSchool {
    model::School school;
    const CellRows* rows = nullptr;
};

/// The form «Ф1 Индивидуальные результаты» (DOMAIN 4.3) of one work in one year, of one school or
/// of several.
struct VprForm {
    const WorkForm* work = nullptr;
    model::SchoolYear year;
    std::string municipality;
    std::vector<VprSchool> schools;
    std::uint64_t seed = 1;  ///< Of the points per task.
};

/// Throws std::runtime_error when the disk refuses.
void write_vpr_form(const std::filesystem::path& path, const VprForm& form,
                    const VprMess& mess = {});

}  // namespace opora::generation
