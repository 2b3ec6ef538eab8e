#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// A condition beside the step table: points of some tasks that a mark needs (literacy in Russian,
/// geometry).
struct SideCondition {
    std::int32_t mark = 3;  ///< The mark that needs it.
    std::int32_t points_min = 0;
    std::int32_t mark_otherwise = 2;  ///< The mark when the points are too few.
    std::vector<std::string>
        tasks;         ///< Numbers of the tasks or criteria that count, as in model::Task.
    std::string text;  ///< Russian: «за грамотность (ГК1–ГК4)».

    friend bool operator==(const SideCondition&, const SideCondition&) = default;
};

enum class MinimumPurpose : std::uint8_t { certificate, university };

/// A minimum test score of the ЕГЭ for one purpose. Only `certificate` counts in an identification.
struct MinimumScore {
    MinimumPurpose purpose = MinimumPurpose::certificate;
    std::int32_t score = 0;
    std::string source;  ///< When it differs from the scale's own.

    friend bool operator==(const MinimumScore&, const MinimumScore&) = default;
};

/// How scores of one procedure become marks, or which score is enough: one dated edition for one
/// subject.
///
/// Conversion = step table + side conditions. A region that fixed its own scale has an entry of its
/// own, which outranks the recommended one (empty region). A scale without years is known but
/// belongs to no year: it is never applied.
struct Scale {
    std::string edition;  ///< `oge-2022-2024`.
    ProcedureType type = ProcedureType::oge;
    SubjectCode subject;
    std::optional<int> programme_grade;
    std::optional<SchoolYear> year_first;
    std::optional<SchoolYear> year_last;
    TerritoryId region;
    std::array<std::optional<std::int32_t>, 3>
        first_scores;  ///< First primary score of the marks 3, 4, 5.
    std::optional<std::int32_t> score_max;
    std::vector<SideCondition> conditions;
    std::vector<MinimumScore> minima;             ///< Test scores (ЕГЭ).
    std::optional<std::int32_t> profile_minimum;  ///< Recommended for entry to a profile class.
    std::string evidence;                         ///< Evidence mark: C, C2, K …
    std::string source;                           ///< Document or address.

    friend bool operator==(const Scale&, const Scale&) = default;
};

}  // namespace opora::model
