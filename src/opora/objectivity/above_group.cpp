#include <cmath>

#include "opora/objectivity/level_signs.hpp"
#include "opora/statistics/random.hpp"

namespace opora::objectivity {

namespace {

constexpr double z_95 = 1.959964;

Row compared(SchoolNumber school, ProcedureNumber procedure, const GroupModel& model,
             const SchoolMean& own) {
    const double sampling = model.within / static_cast<double>(own.n);
    const double own_spread = own.squares / static_cast<double>(own.n - 1);
    const double own_error = std::sqrt(own_spread / static_cast<double>(own.n));
    const bool apart =
        own.mean - z_95 * own_error > model.mean + z_95 * std::sqrt(model.mean_variance);
    const double z = (own.mean - model.mean) / std::sqrt(model.between + sampling);
    return {.school = school,
            .sign = ObjectivitySign::above_group,
            .procedure = procedure,
            .n = static_cast<std::int32_t>(own.n),
            .observed = static_cast<float>(own.mean),
            .expected = static_cast<float>(model.mean),
            .statistic = static_cast<float>(z),
            .p = apart ? statistics::normal_probability(-z) : 1.0};
}

}  // namespace

std::vector<Row> above_group(const Material& material) {
    const indicators::Evidence& evidence = material.evidence;
    const Standings standings{material,
                              {.first = material.year,
                               .last = material.year,
                               .ordinary_only = true,
                               .by_reference = true}};
    std::vector<Row> rows;
    for (const EvidenceCell& cell : evidence.cells()) {
        if (!is_vpr(evidence.procedures()[cell.procedure], material.year)) continue;
        const GroupModel& model = standings.group(cell.candidate, cell.procedure);
        const auto own = Standings::mean_of(cell, model.by_scores);
        Untested why = Untested::none;
        if (is_special(evidence.schools()[cell.candidate])) {
            why = Untested::special_school;
        } else if (!own) {
            why = Untested::no_scores;
        } else if (own->n < participants_min) {
            why = Untested::few_participants;
        } else if (model.schools < schools_min) {
            why = Untested::few_schools;
        } else if (!model.comparable()) {
            why = Untested::no_spread;
        }
        rows.push_back(why == Untested::none
                           ? compared(cell.candidate, cell.procedure, model, *own)
                           : untested(cell.candidate, ObjectivitySign::above_group, cell.procedure,
                                      why, own ? static_cast<std::int32_t>(own->n) : 0));
    }
    return rows;
}

}  // namespace opora::objectivity
