#include <algorithm>
#include <cmath>

#include "opora/generation/latent_scale.hpp"
#include "opora/generation/random.hpp"
#include "opora/generation/school_results.hpp"

namespace opora::generation {
namespace {

constexpr double held_probability = 0.99;
constexpr double effect_step = 0.05;

std::uint64_t key(int number) { return static_cast<std::uint64_t>(number); }

bool teaches(const model::School& school, int grade) {
    return model::grade_low(school) <= grade && grade <= model::grade_high(school);
}

std::ptrdiff_t low_procedures(const PlannedYear& plan) {
    return std::ranges::count_if(
        plan.cells, [](const PlannedCell& cell) { return cell.true_failing >= low_share; });
}

void shift(PlannedYear& plan, double step) {
    for (PlannedCell& cell : plan.cells) {
        cell.effect += step;
        cell.true_failing = failing_probability(latent_scale(*cell.work), cell.effect);
    }
}

/// Moves the whole school until the planted kind holds in this year.
void plant(PlannedYear& plan, SchoolKind kind) {
    if (kind == SchoolKind::low && plan.cells.size() >= 2) {
        while (low_procedures(plan) < 2) shift(plan, -effect_step);
    }
    if (kind != SchoolKind::low) {
        while (low_procedures(plan) > 1) shift(plan, effect_step);
    }
}

}  // namespace

std::int32_t parallel_size(const TerritorySpec& spec, const SchoolProfile& profile,
                           double size_scale, int grade, model::SchoolYear year) {
    const int cohort = year.ending - grade;
    Random random{{spec.seed, 0x73697A65, key(profile.number), key(cohort)}};
    double expected = profile.parallel * (1.0 + 0.12 * random.normal());
    if (profile.kind == SchoolKind::small) {
        expected = std::clamp(expected, 5.0, 12.0);
    } else {
        expected = std::max(expected * size_scale, 3.0);
    }
    const auto prescribed = profile.cohort_sizes.find(cohort);
    if (prescribed != profile.cohort_sizes.end()) expected = prescribed->second;
    const double stay = grade >= 10 ? profile.stays_after_nine : 1.0;
    return static_cast<std::int32_t>(std::floor(expected * stay + 0.5));
}

PlannedYear plan_year(const TerritorySpec& spec, const SchoolProfile& profile, double size_scale,
                      model::SchoolYear year) {
    Random of_year{{spec.seed, 0x79656172, key(profile.number), key(year.ending)}};
    const double effect = profile.effect + of_year.normal(0, year_deviation);
    PlannedYear plan{.year = year};
    std::size_t position = 0;
    for (const WorkForm& work : works()) {
        ++position;
        Random lasting{{spec.seed, 0x776F726B, key(profile.number), position}};
        const double cell_effect =
            effect + lasting.normal(0, procedure_deviation) + of_year.normal(0, occasion_deviation);
        // The mandatory examinations are always held; a low school keeps Russian and mathematics
        // everywhere, so that its kind can be seen.
        const bool mandatory =
            work.chosen == 1.0 && (work.type != model::ProcedureType::vpr ||
                                   (profile.kind == SchoolKind::low &&
                                    (work.subject == "russian" || work.subject == "mathematics")));
        const bool held = of_year.chance(held_probability) || mandatory || profile.holds_everything;
        if (!held || !teaches(profile.school, work.grade)) continue;
        const double pupils =
            work.chosen * parallel_size(spec, profile, size_scale, work.grade, year);
        if (pupils < 1.5) continue;
        plan.cells.push_back(
            {&work, cell_effect, failing_probability(latent_scale(work), cell_effect), pupils});
    }
    if (spec.planting == Planting::separated) plant(plan, profile.kind);
    return plan;
}

SchoolKind true_kind(const TerritorySpec& spec, const PlannedYear& plan, SchoolKind kind) {
    if (spec.planting == Planting::separated) return kind;
    if (low_procedures(plan) >= 2) return SchoolKind::low;
    return kind == SchoolKind::low ? SchoolKind::plain : kind;
}

std::optional<double> true_fail_share(const PlannedYear& plan) {
    double failing = 0;
    double pupils = 0;
    for (const PlannedCell& cell : plan.cells) {
        failing += cell.true_failing * cell.expected_pupils;
        pupils += cell.expected_pupils;
    }
    if (plan.cells.empty()) return std::nullopt;
    return failing / pupils;
}

}  // namespace opora::generation
