#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "opora/base/fraction.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

enum class Education : std::uint8_t { unknown, secondary, higher };
enum class QualificationCategory : std::uint8_t { unknown, none, first, highest };

/// A teacher. The name stays in the register and never reaches facts, logs or errors.
struct Teacher {
    TeacherId id;
    SchoolId school;
    std::string name;
    Education education = Education::unknown;
    QualificationCategory category = QualificationCategory::unknown;
    std::optional<std::int32_t> birth_year;
    std::optional<std::int32_t> experience_years;
    std::optional<std::int32_t> arrived_year;  ///< Calendar year of arrival at the school.

    friend bool operator==(const Teacher&, const Teacher&) = default;
};

/// Who taught a subject to a class in a year, and which share of its hours (a shared class is
/// weighted by it).
struct TeachingLoad {
    TeacherId teacher;
    SchoolId school;
    SchoolYear year;
    SubjectCode subject;
    std::string class_name;      ///< «5А», as in protocols.
    base::Fraction share{1, 1};  ///< Of the hours, 0..1.

    friend bool operator==(const TeachingLoad&, const TeachingLoad&) = default;
};

}  // namespace opora::model
