#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"

namespace opora::model {

/// What in the results of a school can point to non-objective assessment. None of them is a proof.
enum class ObjectivitySign : std::uint8_t {
    border_spike,       ///< O1: a peak of scores at the borders of marks.
    above_group,        ///< O2: a mean above the group of comparable schools.
    cohort_fall,        ///< O3: results of a cohort fall when it moves on.
    journal_gap,        ///< O4: marks of the work against marks of the journal.
    examination_gap,    ///< O5: ВПР high, the state examination in the subject low.
    homogeneous_class,  ///< O6: a high mean with a small spread within a class.
    passing_gain,       ///< O7: a gain of a class that is lost the year after.
};
constexpr std::size_t objectivity_signs = 7;

/// Why a sign was not looked for in a result; `none` means that it was.
enum class Untested : std::uint8_t {
    none,
    few_participants,  ///< Fewer than the sign needs.
    no_scores,         ///< The tallies hold no scores, or no histogram of them.
    no_scale,          ///< No official borders of marks.
    no_support,        ///< Too few scores away from the borders for a smooth curve.
    few_schools,       ///< Too few schools to compare with.
    no_spread,         ///< Everybody has the same result: nothing to compare.
    special_school,    ///< A gymnasium or a lyceum is not compared with ordinary schools.
    no_other_year,     ///< No result of the same cohort or class in the other years.
    no_journal,        ///< No marks of the journal.
    no_examination,    ///< No state examination in the subject.
};

/// One sign in one result of a school.
///
/// `observed` and `expected` are in the unit of the sign (docs/statistics/objectivity.md says which
/// for each), `second_observed` and `second_expected` its other half.
struct ObjectivityRow {
    SchoolId school;
    ObjectivitySign sign = ObjectivitySign::border_spike;
    std::optional<Procedure> procedure;  ///< Absent: all works of the year together.
    std::string class_name;              ///< Of signs of a class.
    Untested untested = Untested::none;
    bool approximate = false;  ///< Enough participants for an approximate answer only.
    std::int32_t n = 0;
    double statistic = 0;  ///< z, or chi-square for the journal.
    double observed = 0;
    double expected = 0;
    double second_observed = 0;
    double second_expected = 0;
    double p = 1;
    double q = 1;
    bool marked = false;

    friend bool operator==(const ObjectivityRow&, const ObjectivityRow&) = default;
};

/// `border_spike` …: the code in csv and json.
std::string_view code(ObjectivitySign sign);
/// «пик баллов на границе отметки» …
std::string_view title(ObjectivitySign sign);
std::string_view code(Untested reason);
/// «нет официальной шкалы» …
std::string_view title(Untested reason);

}  // namespace opora::model
