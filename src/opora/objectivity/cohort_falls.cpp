#include <algorithm>
#include <cmath>
#include <map>

#include "opora/objectivity/level_signs.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/random_effects.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::objectivity {

namespace {

constexpr double fall_min = 1;  // Standard deviations of school means.
constexpr double quantile_lowest = 0.025;

/// The work that the same pupils wrote a year later.
std::optional<ProcedureNumber> next_of(const indicators::Evidence& evidence,
                                       const model::Procedure& before) {
    using enum model::ProcedureType;
    model::Procedure next = before;
    next.year = before.year + 1;
    next.grade = next.programme_grade = before.grade + 1;
    for (const model::ProcedureType type : {vpr, before.grade == 8 ? oge : ege}) {
        if (type == oge && before.grade != 8) continue;
        if (type == ege && before.grade != 10) continue;
        next.type = type;
        if (const auto found = evidence.find_procedure(next)) return found;
    }
    return std::nullopt;
}

struct Change {
    SchoolNumber school = 0;
    double value = 0;
    double sampling = 0;
    std::int32_t n = 0;
};

/// Changes of the schools of one region between two works.
void add_rows(const std::vector<Change>& changes, ProcedureNumber before, std::vector<Row>& rows) {
    if (std::ssize(changes) < schools_min) {
        for (const Change& one : changes) {
            rows.push_back(untested(one.school, ObjectivitySign::cohort_fall, before,
                                    Untested::few_schools, one.n));
        }
        return;
    }
    std::vector<double> values;
    statistics::RandomEffects effects;
    for (const Change& one : changes) {
        values.push_back(one.value);
        effects.look(one.value, one.sampling);
    }
    effects.settle();
    std::ranges::sort(values);
    const double median = statistics::quantile_of_sorted(values, 0.5);
    const double lowest = statistics::quantile_of_sorted(values, quantile_lowest);
    for (const Change& one : changes) {
        const double z = (one.value - median) / std::sqrt(effects.between() + one.sampling);
        const bool fallen = one.value < -fall_min && one.value <= lowest;
        rows.push_back({.school = one.school,
                        .sign = ObjectivitySign::cohort_fall,
                        .procedure = before,
                        .n = one.n,
                        .observed = static_cast<float>(one.value),
                        .expected = static_cast<float>(median),
                        .statistic = static_cast<float>(z),
                        .p = fallen ? statistics::normal_probability(z) : 1.0});
    }
}

}  // namespace

std::vector<Row> cohort_falls(const Material& material) {
    const indicators::Evidence& evidence = material.evidence;
    const Standings standings{material, {.first = material.year - 1, .last = material.year}};
    std::vector<Row> rows;
    for (ProcedureNumber before = 0; before < evidence.procedures().size(); ++before) {
        if (!is_vpr(evidence.procedures()[before], material.year - 1)) continue;
        const auto after = next_of(evidence, evidence.procedures()[before]);
        if (!after) continue;
        std::map<std::uint32_t, std::vector<Change>> changes;  // By region.
        for (SchoolNumber school = 0; school < evidence.schools().size(); ++school) {
            if (evidence.cell(school, before) == nullptr) continue;
            const auto then = standings.standing(school, before);
            const auto now = standings.standing(school, *after);
            const bool followed = evidence.cell(school, *after) != nullptr;
            if (then.standing && now.standing) {
                changes[evidence.territory(school, indicators::Scope::region)].push_back(
                    {school, now.standing->value - then.standing->value,
                     now.standing->sampling + then.standing->sampling,
                     static_cast<std::int32_t>(std::min(now.standing->n, then.standing->n))});
            } else {
                rows.push_back(untested(school, ObjectivitySign::cohort_fall, before,
                                        !followed
                                            ? Untested::no_other_year
                                            : (then.standing ? now.untested : then.untested)));
            }
        }
        for (const auto& [region, some] : changes) add_rows(some, before, rows);
    }
    return rows;
}

}  // namespace opora::objectivity
