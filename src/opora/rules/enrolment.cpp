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
    for (std::size_t grade = 0; grade < facts_.size(); ++grade) {
        facts_[grade] = evidence.fact_number(fmt::format("enrolled_grade_{}", grade));
    }
}

std::optional<std::int64_t> EnrolledPupils::of(const indicators::Evidence& evidence,
                                               indicators::CandidateNumber candidate,
                                               indicators::ProcedureNumber procedure) const {
    const model::Procedure& work = evidence.procedures()[procedure];
    const indicators::Candidate& who = evidence.candidates()[candidate];
    if (!who.teacher.value.empty() || !written_by_all(work)) return std::nullopt;
    const auto grade = static_cast<std::size_t>(work.grade);
    if (grade >= facts_.size() || facts_[grade] == indicators::nothing) return std::nullopt;
    const auto enrolled = evidence.fact(who.school, facts_[grade], work.year);
    if (!enrolled) return std::nullopt;
    return enrolled->numerator / enrolled->denominator;
}

}  // namespace opora::rules
