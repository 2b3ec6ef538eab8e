#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/assessment_result.hpp"
#include "opora/model/procedure.hpp"

namespace opora::generation {

/// A synthetic work: its tasks, its scale and how hard it is.
///
/// Scales are close to published ones (DOMAIN 4.6 - 4.8), where such are known, and plausible
/// otherwise; they are no official documents. A score below `mark_from[0]` is a mark 2 (ЕГЭ: below
/// the minimum).
struct WorkForm {
    model::ProcedureType type;
    std::string_view subject;        ///< Code of methodology/subjects.yaml.
    std::string_view subject_title;  ///< «Русский язык».
    int grade = 0;
    std::vector<model::Task> tasks;           ///< Empty: only a mark (annual marks).
    std::int32_t score_max = 0;               ///< Sum of the tasks' maxima.
    std::array<std::int32_t, 3> mark_from{};  ///< First score of the marks 3, 4 and 5.
    double failing = 0.1;     ///< Share below `mark_from[0]` over all pupils of a large territory.
    double excellent = 0.15;  ///< Share at or above `mark_from[2]`.
    double chosen = 1.0;  ///< Share of the parallel that takes it (ОГЭ and ЕГЭ by choice).
    std::string_view rcoi_code;  ///< Subject code of РЦОИ lists; empty for ВПР.
    /// ЕГЭ: test score of the first sufficient primary score; 0 for works that have no test score
    /// (base mathematics).
    std::int32_t test_minimum = 0;
    std::int32_t short_tasks = 0;  ///< РЦОИ lists: so many first tasks have short answers.
};

/// All works of a school year, in a fixed order: ВПР by grade, ОГЭ, ЕГЭ.
std::span<const WorkForm> works();

/// The school's own yearly marks by grade and subject; their hidden score never leaves the
/// generator.
std::span<const WorkForm> annual_works();

/// The mark 2..5 of a score.
std::int32_t mark_of(const WorkForm& work, std::int32_t score);

/// The ЕГЭ test score of a primary score: linear on both sides of the minimum, 0 at 0 and 100 at
/// the maximum.
std::int32_t test_score_of(const WorkForm& work, std::int32_t score);

/// The procedure of a work in a year.
model::Procedure procedure_of(const WorkForm& work, model::SchoolYear year);

}  // namespace opora::generation
