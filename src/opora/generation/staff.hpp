#pragma once

#include <vector>

#include "opora/generation/profile.hpp"
#include "opora/model/context_facts.hpp"
#include "opora/model/teacher.hpp"

namespace opora::generation {

struct SchoolStaff {
    std::vector<model::Teacher> teachers;
    std::vector<model::TeachingLoad> loads;
    std::vector<model::SchoolFact> facts;  ///< Counts of the last year.
};

/// Who teaches the works' subjects to which class in which year; one load in twenty is shared by
/// two teachers.
SchoolStaff school_staff(const TerritorySpec& spec, const SchoolProfile& profile,
                         double size_scale);

/// The staff counts that a list of teachers implies, in a year.
std::vector<model::SchoolFact> staff_facts(const std::vector<model::Teacher>& teachers,
                                           const model::SchoolId& school, model::SchoolYear year);

/// Young: at most 35 years old with at most 3 years of work.
bool is_young(const model::Teacher& teacher, model::SchoolYear year);

}  // namespace opora::generation
