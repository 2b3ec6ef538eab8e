#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "opora/base/expects.hpp"
#include "opora/generation/demo_parts.hpp"
#include "opora/generation/random.hpp"

namespace opora::generation {
namespace {

using model::ProcedureType;

constexpr model::SchoolYear year_before = demo_last_year - 1;
constexpr std::int64_t counted_from =
    10;  ///< Pupils of a procedure that shall make a school listed.

bool of_demo(const WorkForm& work) {
    constexpr std::array<std::string_view, 3> primary{"russian", "mathematics", "world_around"};
    constexpr std::array<std::string_view, 5> examined{"russian", "mathematics", "mathematics_base",
                                                       "social_studies", "geography"};
    const std::span<const std::string_view> kept =
        work.type == ProcedureType::vpr ? std::span<const std::string_view>{primary} : examined;
    return std::ranges::find(kept, work.subject) != kept.end();
}

std::int64_t participants(const CellRows& cell) {
    return std::ranges::count_if(cell.pupils,
                                 [](const PupilRow& row) { return row.mark.has_value(); });
}

std::int64_t failed(const CellRows& cell) {
    return std::ranges::count(cell.pupils, std::optional<std::int16_t>{2}, &PupilRow::mark);
}

void set_score(const CellRows& cell, PupilRow& row, std::int32_t score) {
    row.score = static_cast<std::int16_t>(std::clamp(score, 0, cell.work->score_max));
    row.mark = static_cast<std::int16_t>(mark_of(*cell.work, *row.score));
}

/// Moves the pupils nearest to the border across it, a little further than the border itself, until
/// so many fail.
void set_failed(CellRows& cell, std::int64_t wanted, Random& random) {
    const std::int32_t border = cell.work->mark_from[0];
    while (failed(cell) != wanted) {
        const bool lift = failed(cell) > wanted;
        PupilRow* nearest = nullptr;
        for (PupilRow& row : cell.pupils) {
            if (!row.mark || (*row.mark == 2) != lift) continue;
            const bool closer = nearest == nullptr || (lift ? *row.score > *nearest->score
                                                            : *row.score < *nearest->score);
            if (closer) nearest = &row;
        }
        OPORA_EXPECTS(nearest != nullptr);
        set_score(cell, *nearest, lift ? border + random.below(3) : border - 1 - random.below(3));
    }
}

/// The largest number of failing pupils that stays clearly below the limit of 30 %: under a
/// quarter.
void keep_clearly_below(CellRows& cell, Random& random) {
    const std::int64_t most = (participants(cell) - 1) / 4;
    if (participants(cell) > 0 && failed(cell) > most) set_failed(cell, most, random);
}

/// At least 34 % failing.
void make_low(CellRows& cell, Random& random) {
    const std::int64_t least = (participants(cell) * 34 + 99) / 100;
    if (failed(cell) < least) set_failed(cell, least, random);
}

bool is(const CellRows& cell, ProcedureType type, std::string_view subject, int grade, int year) {
    return cell.work->type == type && cell.work->subject == subject && cell.work->grade == grade &&
           cell.year.ending == year;
}

/// One school did not hold the works of a grade in the last year, so that the list has an
/// «unknown».
bool left_out(const SchoolProfile& profile, const CellRows& cell) {
    return profile.school.login == "edu000119" && cell.work->type == ProcedureType::vpr &&
           cell.work->grade == 7 && cell.year == demo_last_year;
}

void fill_absent(CellRows& cell) {
    for (PupilRow& row : cell.pupils) {
        if (!row.score) set_score(cell, row, cell.work->mark_from[0] + 3);
    }
}

/// The documentation explains this school: 8 of 25 in mathematics of grade 5 and 6 of 19 in the
/// Russian ОГЭ, both by one pupil only, and nothing else.
void shape_example(std::vector<CellRows>& cells, Random& random) {
    for (CellRows& cell : cells) {
        if (is(cell, ProcedureType::vpr, "mathematics", 5, 2024)) {
            fill_absent(cell);
            set_failed(cell, 8, random);
        } else if (is(cell, ProcedureType::oge, "russian", 9, 2024)) {
            fill_absent(cell);
            set_failed(cell, 6, random);
        } else if (cell.year >= year_before) {
            keep_clearly_below(cell, random);
        }
    }
}

/// Russian and mathematics of the grades with enough pupils carry the listing.
void shape_listed(std::vector<CellRows>& cells, Random& random) {
    int low = 0;
    for (CellRows& cell : cells) {
        const bool carries = cell.year == demo_last_year && participants(cell) >= counted_from &&
                             cell.work->subject == "mathematics" && cell.work->grade >= 5 &&
                             low < 3;
        if (!carries) continue;
        make_low(cell, random);
        ++low;
    }
    OPORA_EXPECTS(low >= 2);
}

}  // namespace

std::vector<CellRows> demo_cells(const SchoolProfile& profile) {
    const TerritorySpec spec = demo_spec();
    Random random{{spec.seed, 0x64656D6F, static_cast<std::uint64_t>(profile.number)}};
    const bool example = profile.school.login == "edu000107";
    SchoolProfile drawn = profile;
    if (example) drawn.kind = SchoolKind::plain;
    std::vector<CellRows> cells;
    for (auto year = spec.first; year <= spec.last; year = year + 1) {
        PlannedYear plan = plan_year(spec, drawn, 1.0, year);
        for (CellRows& cell : draw_year(spec, drawn, 1.0, plan, JournalMarks::drawn)) {
            if (!of_demo(*cell.work) || cell.pupils.empty() || left_out(profile, cell)) continue;
            cells.push_back(std::move(cell));
        }
    }
    if (example) {
        shape_example(cells, random);
    } else if (profile.kind == SchoolKind::low) {
        shape_listed(cells, random);
    } else {
        for (CellRows& cell : cells) {
            if (cell.year >= year_before) keep_clearly_below(cell, random);
        }
    }
    return cells;
}

namespace {

/// Turns `count` of the marks `from` into `to`, spread evenly over the district.
void turn(std::span<std::int16_t* const> marks, std::int64_t count, std::int16_t from,
          std::int16_t to) {
    std::vector<std::int16_t*> candidates;
    for (std::int16_t* mark : marks) {
        if (*mark == from) candidates.push_back(mark);
    }
    const auto size = std::ssize(candidates);
    OPORA_EXPECTS(count <= size);
    for (std::int64_t i = 0; i < count; ++i)
        *candidates[static_cast<std::size_t>(i * size / count)] = to;
}

std::int64_t at_least(std::span<std::int16_t* const> marks, std::int16_t limit) {
    return std::ranges::count_if(marks, [&](const std::int16_t* mark) { return *mark >= limit; });
}

/// Makes `wanted` marks stand at `limit` or higher by turning marks across that limit.
void set_at_least(std::span<std::int16_t* const> marks, std::int16_t limit, std::int64_t wanted) {
    const auto below = static_cast<std::int16_t>(limit - 1);
    const std::int64_t missing = wanted - at_least(marks, limit);
    if (missing > 0) turn(marks, missing, below, limit);
    if (missing < 0) turn(marks, -missing, limit, below);
}

}  // namespace

void calibrate_annual_marks(std::vector<DemoSchool>& schools) {
    for (const DemoSeries& series : demo_series) {
        std::vector<std::int16_t*> marks;
        for (DemoSchool& school : schools) {
            for (CellRows& cell : school.annual) {
                if (cell.year.ending != series.year) continue;
                for (PupilRow& row : cell.pupils) {
                    if (row.mark) marks.push_back(&*row.mark);
                }
            }
        }
        const auto n = std::ssize(marks);
        set_at_least(marks, 3, (n * series.success_tenths + 500) / 1000);
        set_at_least(marks, 4, (n * series.quality_tenths + 500) / 1000);
    }
}

}  // namespace opora::generation
