#pragma once

#include <cstdint>
#include <string_view>

#include "opora/generation/territory_spec.hpp"
#include "opora/generation/work.hpp"
#include "opora/model/school.hpp"
#include "opora/statistics/random.hpp"

namespace opora::generation {

/// How the results of a school were made to look better than they are: the truth that the signs of
/// non-objective assessment are measured against. The same in every year.
enum class Distortion : std::uint8_t {
    none,
    inflated,  ///< Scores lifted over borders, and journals that agree: schools of that kind.
    borders,   ///< Scores lifted over the borders of marks, honest journals.
    helped,    ///< All ВПР of the school are helped; the ОГЭ is not.
    primary,   ///< ВПР of grade 4 are helped; the same children write honestly in grade 5.
    passing,   ///< Class «А» of grades 5 and 7 is helped, the year before and after it is not.
    copied,    ///< Class «А» hands in nearly one work, and a good one.
    journal,   ///< Marks in the journal are far above those of the works.
};

/// The word of truth.csv.
std::string_view code(Distortion distortion);

/// What is planted in a school that is not of the kind `inflated`: one of the others with
/// probability `spec.distorted`, where the school teaches grades 4 to 9 and is not `small`. Draws
/// from a stream of its own, so that nothing else changes with it.
Distortion draw_distortion(const TerritorySpec& spec, SchoolKind kind, const model::School& school,
                           std::int32_t number);

/// Whether scores just below a border are lifted onto it.
bool lifts_scores(Distortion distortion);

/// The ability that a pupil's work shows instead of the own one; `effect`, the part of school and
/// work in it, is common to all pupils.
double shown_ability(Distortion distortion, const WorkForm& work, std::int32_t class_number,
                     double effect, double own);

/// The mark in the journal beside a mark of the work. Honest journals are kinder than works: a
/// fifth of the pupils stands higher in the journal, a tenth lower.
std::int16_t journal_mark(std::int16_t mark, Distortion distortion, statistics::Random& random);

}  // namespace opora::generation
