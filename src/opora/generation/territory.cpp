#include "opora/generation/territory.hpp"

#include <algorithm>
#include <iterator>

#include "opora/base/expects.hpp"
#include "opora/generation/context.hpp"
#include "opora/generation/names.hpp"

namespace opora::generation {
namespace {

/// Expected rows of one year per pupil of a parallel.
double rows_per_parallel_pupil(const SchoolProfile& profile) {
    double rows = 0;
    for (const WorkForm& work : works()) {
        if (work.grade < model::grade_low(profile.school) ||
            work.grade > model::grade_high(profile.school)) {
            continue;
        }
        const double stay = work.grade >= 10 ? profile.stays_after_nine : 1.0;
        const double held = work.type == model::ProcedureType::vpr ? 0.99 : 1.0;
        rows += work.chosen * stay * held;
    }
    return rows;
}

/// How many times larger than natural the ordinary schools must be for the wanted number of rows.
/// Small schools keep their size: they are defined by it.
double size_scale(const TerritorySpec& spec) {
    if (!spec.protocols) return 1.0;
    double fixed = 0;
    double scaled = 0;
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const SchoolProfile profile = school_profile(spec, number);
        const double rows = profile.parallel * rows_per_parallel_pupil(profile);
        (profile.kind == SchoolKind::small ? fixed : scaled) += rows;
    }
    if (scaled == 0) return 1.0;
    return std::max((static_cast<double>(*spec.protocols) - fixed) / scaled, 0.01);
}

}  // namespace

Generator::Generator(const TerritorySpec& spec) : spec_{spec} {
    OPORA_EXPECTS(1 <= spec.schools && spec.schools <= schools_max);
    OPORA_EXPECTS(spec.first <= spec.last);
    size_scale_ = size_scale(spec);
}

std::vector<model::Territory> Generator::territories() const {
    std::vector<model::Territory> territories;
    for (std::int32_t number = 1; number <= spec_.schools; number += municipality_schools) {
        const std::int32_t municipality = (number - 1) / municipality_schools;
        const std::int32_t region = municipality / region_municipalities;
        if (municipality % region_municipalities == 0) {
            territories.push_back(
                {region_of(number), model::TerritoryLevel::region, region_name(region), {}, {}});
        }
        territories.push_back({municipality_of(number),
                               model::TerritoryLevel::municipality,
                               municipality_name(spec_.seed, municipality),
                               region_of(number),
                               {}});
    }
    return territories;
}

SchoolOutput Generator::school(std::int32_t number, JournalMarks journal) const {
    OPORA_EXPECTS(1 <= number && number <= spec_.schools);
    SchoolOutput output;
    output.profile = school_profile(spec_, number);
    for (auto year = spec_.first; year <= spec_.last; year = year + 1) {
        const PlannedYear plan = plan_year(spec_, output.profile, size_scale_, year);
        output.truth.push_back({number,
                                year,
                                true_kind(spec_, plan, output.profile.kind),
                                distortion_of(output.profile),
                                true_fail_share(plan),
                                {}});
        for (const PlannedCell& cell : plan.cells) {
            output.truth.back().procedures.emplace_back(cell.work, cell.true_failing);
        }
        std::ranges::move(draw_year(spec_, output.profile, size_scale_, plan, journal),
                          std::back_inserter(output.cells));
        if (spec_.annual_marks) {
            std::ranges::move(draw_annual_marks(spec_, output.profile, size_scale_, year),
                              std::back_inserter(output.cells));
        }
        std::ranges::move(context_facts(spec_, output.profile, size_scale_, year),
                          std::back_inserter(output.facts));
    }
    return output;
}

SchoolStaff Generator::staff(std::int32_t number) const {
    return school_staff(spec_, school_profile(spec_, number), size_scale_);
}

}  // namespace opora::generation
