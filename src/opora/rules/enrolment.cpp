#include "opora/rules/enrolment.hpp"

#include <fmt/format.h>

namespace opora::rules {

namespace {

constexpr int grade_of_two_mathematics = 7;  // From here ВПР have a basic and an advanced work.

bool written_by_all(const model::Procedure& procedure) {
    if (procedure.period != model::Period::main) return false;
    const bool russian = procedure.subject.value == "russian";
    const bool mathematics = procedure.subject.value == "mathematics";
    if (procedure.type == model::ProcedureType::vpr) {
        return russian || (mathematics && procedure.grade < grade_of_two_mathematics);
    }
    if (procedure.type == model::ProcedureType::oge) return russian || mathematics;
    return procedure.type == model::ProcedureType::ege && russian;
}

}  // namespace

EnrolledPupils::EnrolledPupils(const indicators::Evidence& evidence) {
    for (const model::Procedure& procedure : evidence.procedures()) {
        facts_.push_back(written_by_all(procedure) ? evidence.fact_number(fmt::format(
                                                         "enrolled_grade_{}", procedure.grade))
                                                   : indicators::nothing);
    }
}

std::optional<std::int64_t> EnrolledPupils::of(const indicators::Evidence& evidence,
                                               indicators::CandidateNumber candidate,
                                               indicators::ProcedureNumber procedure) const {
    const indicators::Candidate& who = evidence.candidates()[candidate];
    if (!who.teacher.value.empty() || facts_[procedure] == indicators::nothing) return std::nullopt;
    const auto enrolled =
        evidence.fact(who.school, facts_[procedure], evidence.procedures()[procedure].year);
    if (!enrolled) return std::nullopt;
    return enrolled->numerator / enrolled->denominator;
}

}  // namespace opora::rules
