#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/model/procedure.hpp"

namespace opora::intake {

/// What the lines above the headings of a ВПР form say of the work. Forms differ: «ВПР 2025
/// Математика 5 класс» in one cell, «Предмет» and its value in two, «Предмет: Математика», with or
/// without a date and a school.
struct WorkHead {
    model::ProcedureType type = model::ProcedureType::vpr;
    std::optional<model::SchoolYear> year;
    bool year_conflict = false;  ///< The title and the date name different years; the date counts.
    bool autumn_assumed = false;  ///< Only «по программе …» says that the work was held in autumn.
    std::optional<int> grade;            ///< Of the participants.
    std::optional<int> programme_grade;  ///< When it is named apart.
    std::optional<model::SubjectCode> subject;
    std::string subject_text;  ///< As written, when a line «Предмет» is there.
    std::optional<std::int32_t> score_max;
    std::optional<std::int32_t> declared;  ///< «Кол-во участников».
    std::string school;  ///< Login or the text of a line «ОО»; empty when there is none.
};

WorkHead read_work_head(std::span<const TableRow> above, const Subjects& subjects);

/// The same facts as lines above the headings, for a file that must be understood again.
std::vector<std::vector<std::string>> written_head(const WorkHead& head, const Subjects& subjects);

}  // namespace opora::intake
