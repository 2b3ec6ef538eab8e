#pragma once

#include <filesystem>

#include "opora/application/adapters.hpp"
#include "opora/application/list_desk.hpp"

namespace opora::application {

enum class Paper : std::uint8_t {
    order,     ///< Docx; of a list that is not approved, a draft with lines to fill in.
    workbook,  ///< Xlsx.
    letter,    ///< Docx, to one school.
};

/// What is written of a list.
struct PaperRequest {
    Paper paper = Paper::order;
    model::SchoolId school;    ///< Of a letter.
    model::TeacherId teacher;  ///< The same, where the list is one of teachers.
    std::filesystem::path out;
    DocumentDetails details;  ///< Of a list without an order; an approved one brings its own.
};

/// Writes a paper of the list as its newest version stands. An approved list's papers say its order
/// and the seal of its approval, so that they are the same whenever they are written. Errors
/// `school_unknown`, those of templates.
base::Result<base::Done> write_paper(const Adapters& adapters,
                                     const std::filesystem::path& directory,
                                     const ListDossier& dossier, const PaperRequest& request);

}  // namespace opora::application
