#include <algorithm>
#include <cmath>
#include <map>

#include "opora/objectivity/level_signs.hpp"
#include "opora/statistics/random.hpp"

namespace opora::objectivity {

namespace {

/// Schools that a slope and the spread around it need.
constexpr std::int64_t regression_schools_min = 20;

/// One school with both results; `vpr` is shrunken by its reliability.
struct Pair {
    SchoolNumber school = 0;
    std::int32_t n = 0;
    double vpr_seen = 0;
    double vpr = 0;
    double vpr_variance = 0;  ///< Of the true standing, given what was seen.
    double examination = 0;
    double sampling = 0;
};

struct Line {
    double intercept = 0;
    double slope = 0;
    double between = 0;  ///< Variance of residuals beyond sampling.
};

std::optional<Line> fitted(const std::vector<Pair>& pairs) {
    const auto count = static_cast<double>(pairs.size());
    double x = 0;
    double y = 0;
    for (const Pair& pair : pairs) {
        x += pair.vpr;
        y += pair.examination;
    }
    x /= count;
    y /= count;
    double xx = 0;
    double xy = 0;
    for (const Pair& pair : pairs) {
        xx += (pair.vpr - x) * (pair.vpr - x);
        xy += (pair.vpr - x) * (pair.examination - y);
    }
    if (xx <= 0) return std::nullopt;
    Line line{.slope = xy / xx};
    line.intercept = y - line.slope * x;
    double excess = 0;
    for (const Pair& pair : pairs) {
        const double residual = pair.examination - line.intercept - line.slope * pair.vpr;
        excess += residual * residual - pair.sampling - line.slope * line.slope * pair.vpr_variance;
    }
    line.between = std::max(0.0, excess / (count - 2));
    return line;
}

void add_rows(const std::vector<Pair>& pairs, ProcedureNumber vpr, std::vector<Row>& rows) {
    const auto line = std::ssize(pairs) < regression_schools_min ? std::nullopt : fitted(pairs);
    const Untested why = std::ssize(pairs) < regression_schools_min ? Untested::few_schools
                         : !line                                    ? Untested::no_spread
                                                                    : Untested::none;
    for (const Pair& pair : pairs) {
        if (why != Untested::none) {
            rows.push_back(
                untested(pair.school, ObjectivitySign::examination_gap, vpr, why, pair.n));
            continue;
        }
        const double expected = line->intercept + line->slope * pair.vpr;
        const double variance =
            line->between + pair.sampling + line->slope * line->slope * pair.vpr_variance;
        const double z = (pair.examination - expected) / std::sqrt(variance);
        const bool opposite = pair.vpr_seen > 0 && pair.examination < 0;
        rows.push_back({.school = pair.school,
                        .sign = ObjectivitySign::examination_gap,
                        .procedure = vpr,
                        .n = pair.n,
                        .observed = static_cast<float>(pair.examination),
                        .expected = static_cast<float>(expected),
                        .second_observed = static_cast<float>(pair.vpr_seen),
                        .statistic = static_cast<float>(z),
                        .p = opposite ? statistics::normal_probability(z) : 1.0});
    }
}

std::optional<ProcedureNumber> examination_of(const indicators::Evidence& evidence,
                                              const model::Procedure& vpr) {
    const bool basic = 5 <= vpr.grade && vpr.grade <= 8;
    if (!basic && vpr.grade != 10) return std::nullopt;
    model::Procedure examination = vpr;
    examination.type = basic ? model::ProcedureType::oge : model::ProcedureType::ege;
    examination.grade = examination.programme_grade = basic ? 9 : 11;
    return evidence.find_procedure(examination);
}

}  // namespace

std::vector<Row> examination_gaps(const Material& material) {
    const indicators::Evidence& evidence = material.evidence;
    const Standings standings{material, {.first = material.year, .last = material.year}};
    std::vector<Row> rows;
    for (ProcedureNumber vpr = 0; vpr < evidence.procedures().size(); ++vpr) {
        if (!is_vpr(evidence.procedures()[vpr], material.year)) continue;
        const auto examination = examination_of(evidence, evidence.procedures()[vpr]);
        if (!examination) continue;
        std::map<std::uint32_t, std::vector<Pair>> pairs;  // By region.
        for (SchoolNumber school = 0; school < evidence.schools().size(); ++school) {
            if (evidence.cell(school, vpr) == nullptr) continue;
            const auto work = standings.standing(school, vpr);
            const auto state = standings.standing(school, *examination);
            if (!work.standing || !state.standing) {
                const bool taken = evidence.cell(school, *examination) != nullptr;
                rows.push_back(untested(school, ObjectivitySign::examination_gap, vpr,
                                        !taken ? Untested::no_examination
                                               : (work.standing ? state.untested : work.untested)));
                continue;
            }
            const GroupModel& model = standings.group(school, vpr);
            const double between =
                model.between / (model.school_deviation * model.school_deviation);
            const double reliability = between / (between + work.standing->sampling);
            pairs[evidence.territory(school, indicators::Scope::region)].push_back(
                {.school = school,
                 .n = static_cast<std::int32_t>(std::min(work.standing->n, state.standing->n)),
                 .vpr_seen = work.standing->value,
                 .vpr = reliability * work.standing->value,
                 .vpr_variance = between * (1 - reliability),
                 .examination = state.standing->value,
                 .sampling = state.standing->sampling});
        }
        for (const auto& [region, some] : pairs) add_rows(some, vpr, rows);
    }
    return rows;
}

}  // namespace opora::objectivity
