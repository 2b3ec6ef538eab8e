#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/generation/profile.hpp"
#include "opora/generation/work.hpp"

namespace opora::generation {

/// What will happen in one school and procedure, before pupils are drawn.
struct PlannedCell {
    const WorkForm* work = nullptr;
    double effect = 0;  ///< Of school and procedure together, on the latent scale.
    double true_failing =
        0;  ///< Probability that a pupil of the school fails, before any inflation.
    double expected_pupils = 0;
};

struct PlannedYear {
    model::SchoolYear year;
    std::vector<PlannedCell> cells;  ///< Held procedures only, in the order of works().
};

/// One pupil's line. A pupil without score and mark was absent.
struct PupilRow {
    std::int16_t class_number = 0;  ///< 0 is «А».
    std::int16_t pupil = 0;         ///< Number in the parallel, from 0.
    std::optional<std::int16_t> score;
    std::optional<std::int16_t> mark;
    std::optional<std::int16_t> journal_mark;
};

struct CellRows {
    const WorkForm* work = nullptr;
    model::SchoolYear year;
    double true_failing = 0;
    std::vector<PupilRow> pupils;
};

/// Pupils of a grade in a year, from its cohort: the same children a year later are nearly as many.
std::int32_t parallel_size(const TerritorySpec& spec, const SchoolProfile& profile,
                           double size_scale, int grade, model::SchoolYear year);

/// Procedures of the school in the year and their truth. A low school gets at least two with a true
/// failing probability of 0.30 or more, every other school at most one.
PlannedYear plan_year(const TerritorySpec& spec, const SchoolProfile& profile, double size_scale,
                      model::SchoolYear year);

/// The word of truth.csv: the planted kind, or what the shares of the year truly are.
SchoolKind true_kind(const TerritorySpec& spec, const PlannedYear& plan, SchoolKind kind);

enum class JournalMarks : std::uint8_t { none, drawn };

/// The pupils of a planned year. Marks in the journal are drawn only on request: they cost time.
std::vector<CellRows> draw_year(const TerritorySpec& spec, const SchoolProfile& profile,
                                double size_scale, const PlannedYear& plan, JournalMarks journal);

/// The school's own yearly marks; rows without scores.
std::vector<CellRows> draw_annual_marks(const TerritorySpec& spec, const SchoolProfile& profile,
                                        double size_scale, model::SchoolYear year);

/// Mean of the true failing probabilities, weighted by expected pupils; nothing without procedures.
std::optional<double> true_fail_share(const PlannedYear& plan);

/// Classes of a parallel: about 25 pupils each.
int class_count(std::int32_t pupils);

/// «5А».
std::string class_name(int grade, std::int32_t class_number);

constexpr double low_share = 0.30;  ///< Federal rule, DOMAIN 1.1.

}  // namespace opora::generation
