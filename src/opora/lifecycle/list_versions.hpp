#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opora/model/list_state.hpp"

namespace opora::lifecycle {

/// The list as a version of it stands: what was computed, with the verdicts that granted appeals
/// have given up to then. Such a listing says so in its notes, keeps its findings, and has no
/// probability: people judged, not the rules.
model::SchoolList with_decisions(model::SchoolList computed, const model::ListState& state,
                                 int version);

/// A school (or a teacher) whose verdict differs between two forms of a list.
struct VerdictMove {
    model::SchoolId school;
    model::TeacherId teacher;
    std::string school_name;
    std::optional<model::Verdict> before;  ///< Absent: was not looked at.
    std::optional<model::Verdict> after;   ///< Absent: is no longer looked at.
};

/// In the order of schools. The lists may look at different schools.
std::vector<VerdictMove> moves(const model::SchoolList& before, const model::SchoolList& after);

/// Whether the school or the teacher is told to be in: listed or under observation.
bool is_told(const model::Listing& listing);

/// Whom the list tells that it is in: listed or under observation. Sorted, each school once.
std::vector<model::SchoolId> told_schools(const model::SchoolList& list);

/// The listing of a school, and of a teacher where the list is one of teachers.
const model::Listing* find_listing(const model::SchoolList& list, const model::SchoolId& school,
                                   const model::TeacherId& teacher);

}  // namespace opora::lifecycle
