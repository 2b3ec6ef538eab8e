#include "opora/generation/school_results.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "opora/generation/latent_scale.hpp"
#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

constexpr double general_ability_share =
    0.6;  ///< Of a pupil's variance: the same in all works of the year.
constexpr double absence_probability = 0.01;
constexpr double lift_probability = 0.8;  ///< Where scores are lifted.
constexpr std::int32_t lift_reach = 2;    ///< Scores so far below a border are lifted onto it.
constexpr std::int32_t class_size = 25;

std::uint64_t key(int number) { return static_cast<std::uint64_t>(number); }

/// What a parallel brings into every work of a year.
struct Parallel {
    int grade = 0;
    std::vector<double> ability;
    std::vector<double> mathematics_track;  ///< Uniform; below one half sits the base examination.
};

Parallel draw_parallel(const TerritorySpec& spec, const SchoolProfile& profile, double size_scale,
                       int grade, model::SchoolYear year) {
    const auto size =
        static_cast<std::size_t>(parallel_size(spec, profile, size_scale, grade, year));
    Random random{{spec.seed, 0x7075706C, key(profile.number), key(year.ending), key(grade)}};
    Parallel parallel{.grade = grade};
    parallel.ability.resize(size);
    for (double& ability : parallel.ability) ability = random.normal();
    if (grade == 11) {
        parallel.mathematics_track.resize(size);
        for (double& track : parallel.mathematics_track) track = random.uniform();
    }
    return parallel;
}

bool takes_part(const WorkForm& work, const Parallel& parallel, std::size_t pupil, Random& random) {
    if (work.chosen == 1.0) return true;
    if (work.subject == "mathematics_base") return parallel.mathematics_track[pupil] < work.chosen;
    if (work.type == model::ProcedureType::ege && work.subject == "mathematics") {
        return parallel.mathematics_track[pupil] >= 1.0 - work.chosen;
    }
    return random.chance(work.chosen);
}

/// A lifted score stands at the border or one point above it.
std::int32_t lifted(const WorkForm& work, std::int32_t score, Random& random) {
    for (const std::int32_t border : work.mark_from) {
        if (border - lift_reach <= score && score < border && random.chance(lift_probability)) {
            return border + (random.chance(0.25) ? 1 : 0);
        }
    }
    return score;
}

std::int16_t class_of(std::size_t pupil, std::size_t size) {
    const auto classes = static_cast<std::size_t>(class_count(static_cast<std::int32_t>(size)));
    return static_cast<std::int16_t>(pupil * classes / size);
}

CellRows draw_cell(const PlannedCell& cell, const Parallel& parallel, Distortion distortion,
                   Random& random) {
    const LatentScale scale = latent_scale(*cell.work);
    const double own = std::sqrt(1.0 - general_ability_share);
    const double general = std::sqrt(general_ability_share);
    const std::size_t size = parallel.ability.size();
    CellRows rows{.work = cell.work, .true_failing = cell.true_failing};
    rows.pupils.reserve(size);
    for (std::size_t pupil = 0; pupil < size; ++pupil) {
        if (!takes_part(*cell.work, parallel, pupil, random)) continue;
        PupilRow row{.class_number = class_of(pupil, size),
                     .pupil = static_cast<std::int16_t>(pupil)};
        const double own_ability =
            cell.effect + general * parallel.ability[pupil] + own * random.normal();
        const double theta =
            shown_ability(distortion, *cell.work, row.class_number, cell.effect, own_ability);
        if (!random.chance(absence_probability)) {
            std::int32_t score = score_of(*cell.work, scale, theta);
            if (lifts_scores(distortion)) score = lifted(*cell.work, score, random);
            row.score = static_cast<std::int16_t>(score);
            row.mark = static_cast<std::int16_t>(mark_of(*cell.work, score));
        }
        rows.pupils.push_back(row);
    }
    return rows;
}

void add_journal_marks(std::vector<CellRows>& cells, Distortion distortion, Random random) {
    for (CellRows& cell : cells) {
        for (PupilRow& row : cell.pupils) {
            // An absent pupil has a journal mark all the same; it says nothing about the work.
            row.journal_mark = journal_mark(row.mark.value_or(3), distortion, random);
        }
    }
}

}  // namespace

std::vector<CellRows> draw_year(const TerritorySpec& spec, const SchoolProfile& profile,
                                double size_scale, const PlannedYear& plan, JournalMarks journal) {
    Random random{{spec.seed, 0x726F7773, key(profile.number), key(plan.year.ending)}};
    std::vector<CellRows> cells;
    cells.reserve(plan.cells.size());
    Parallel parallel;
    for (const PlannedCell& cell : plan.cells) {
        if (parallel.grade != cell.work->grade) {
            parallel = draw_parallel(spec, profile, size_scale, cell.work->grade, plan.year);
        }
        cells.push_back(draw_cell(cell, parallel, distortion_of(profile), random));
        cells.back().year = plan.year;
    }
    if (journal == JournalMarks::drawn) {
        add_journal_marks(
            cells, distortion_of(profile),
            Random{{spec.seed, 0x6A726E6C, key(profile.number), key(plan.year.ending)}});
    }
    return cells;
}

std::vector<CellRows> draw_annual_marks(const TerritorySpec& spec, const SchoolProfile& profile,
                                        double size_scale, model::SchoolYear year) {
    Random random{{spec.seed, 0x616E6E75, key(profile.number), key(year.ending)}};
    std::vector<CellRows> cells;
    for (const WorkForm& work : annual_works()) {
        if (work.grade < model::grade_low(profile.school) ||
            work.grade > model::grade_high(profile.school)) {
            continue;
        }
        const Parallel parallel = draw_parallel(spec, profile, size_scale, work.grade, year);
        // A school marks its own pupils against its own level: only half of its effect is seen.
        const PlannedCell cell{&work, 0.5 * profile.effect + random.normal(0, procedure_deviation)};
        cells.push_back(draw_cell(cell, parallel, Distortion::none, random));
        cells.back().year = year;
        for (PupilRow& row : cells.back().pupils) row.score.reset();
    }
    return cells;
}

int class_count(std::int32_t pupils) { return std::max(1, (pupils + class_size / 2) / class_size); }

std::string class_name(int grade, std::int32_t class_number) {
    constexpr std::array<std::string_view, 12> letters{"А", "Б", "В", "Г", "Д", "Е",
                                                       "Ж", "З", "И", "К", "Л", "М"};
    const auto letter = static_cast<std::size_t>(class_number) % letters.size();
    return std::to_string(grade) + std::string{letters[letter]};
}

}  // namespace opora::generation
