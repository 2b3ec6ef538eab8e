#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "opora/indicators/evidence.hpp"

namespace opora::rules {

/// How many pupils a procedure could have had: those enrolled in its grade, as the passport of the
/// school says (facts enrolled_grade_1 … enrolled_grade_12).
///
/// Asked only of works that every pupil of a grade writes: Russian in ВПР, ОГЭ and ЕГЭ, mathematics
/// in ОГЭ and, up to grade 6, in ВПР (above, pupils divide between the basic and the advanced
/// work). Other subjects are chosen by the pupil or drawn for one class of a parallel, so that
/// enrolment says nothing of who was expected; retakes are for a few by their nature.
class EnrolledPupils {
public:
    EnrolledPupils() = default;  ///< Of no evidence: not to be asked.
    explicit EnrolledPupils(const indicators::Evidence& evidence);

    /// Nothing when the work is not for all or no passport of that year tells the number. A
    /// teacher's pupils are not the school's, so that a teacher is never asked.
    std::optional<std::int64_t> of(const indicators::Evidence& evidence,
                                   indicators::CandidateNumber candidate,
                                   indicators::ProcedureNumber procedure) const;

private:
    std::vector<std::uint32_t> facts_;  ///< By procedure: number of its fact, or nothing.
};

}  // namespace opora::rules
