#include <algorithm>
#include <cmath>

#include "opora/application/growth.hpp"
#include "opora/application/identifying.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/indicators/standard_scores.hpp"
#include "opora/statistics/false_discovery.hpp"
#include "opora/statistics/random.hpp"

namespace opora::application {

namespace {

using indicators::Evidence;
using model::TeacherResult;
using model::TeacherStrength;

constexpr double z95 = 1.959963984540054;

bool examination(model::ProcedureType type) {
    return type == model::ProcedureType::oge || type == model::ProcedureType::ege ||
           type == model::ProcedureType::gve;
}

/// Sums over the procedures of one teacher and kind, as in `standard_results`.
struct Sums {
    std::int64_t results = 0;
    std::int32_t procedures = 0;
    double sum = 0;
    double spread = 0;

    void add(const indicators::StandardCell& cell, const indicators::StandardVariance& variance) {
        const auto n = static_cast<double>(cell.n);
        results += cell.n;
        ++procedures;
        sum += cell.sum;
        spread += n * n * variance.procedures + n * variance.pupils;
    }

    std::optional<TeacherResult> result() const {
        if (results == 0 || !(spread > 0)) return std::nullopt;
        const auto n = static_cast<double>(results);
        const double value = sum / n;
        const double error = std::sqrt(spread) / n;
        return TeacherResult{.results = results,
                             .procedures = procedures,
                             .value = value,
                             .standard_error = error,
                             .low = value - z95 * error,
                             .high = value + z95 * error};
    }
};

struct TeacherSums {
    Sums examinations;
    Sums vpr;
};

void add_year(const Evidence& teachers, const Evidence& schools, model::SchoolYear year,
              std::vector<TeacherSums>& sums) {
    const indicators::StandardScores scores{teachers, year, schools};
    const auto variance = indicators::standard_variance(scores);
    if (!variance) return;
    for (const indicators::StandardCell& cell : scores.cells()) {
        const model::ProcedureType type = teachers.procedures()[cell.procedure].type;
        if (examination(type)) sums[cell.candidate].examinations.add(cell, *variance);
        if (type == model::ProcedureType::vpr) sums[cell.candidate].vpr.add(cell, *variance);
    }
}

/// Judges one kind of assessment over all teachers who have enough results in it.
void judge(std::vector<TeacherStrength>& teachers,
           std::optional<TeacherResult> TeacherStrength::*kind, const GrowthOptions& options) {
    std::vector<TeacherResult*> judged;
    std::vector<double> p;
    for (TeacherStrength& teacher : teachers) {
        auto& result = teacher.*kind;
        if (!result || result->results < options.results_min) continue;
        judged.push_back(&*result);
        p.push_back(statistics::normal_probability(-result->value / result->standard_error));
    }
    const std::vector<double> q = statistics::benjamini_hochberg(p);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        judged[i]->q = q[i];
        judged[i]->strong = q[i] <= options.level;
    }
}

}  // namespace

std::vector<TeacherStrength> find_strong_teachers(ports::Store& store, const LoadedEvidence& loaded,
                                                  const GrowthOptions& options) {
    return find_strong_teachers(teacher_evidence(store, loaded), loaded.evidence, options);
}

std::vector<TeacherStrength> find_strong_teachers(const Evidence& teachers, const Evidence& schools,
                                                  const GrowthOptions& options) {
    std::vector<TeacherSums> sums(teachers.candidates().size());
    for (int back = options.window - 1; back >= 0; --back) {
        add_year(teachers, schools, options.year - back, sums);
    }
    std::vector<TeacherStrength> result;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const model::School& school =
            teachers.school_of(static_cast<indicators::CandidateNumber>(i));
        if (options.territory && !lies_in(teachers, school, *options.territory)) continue;
        TeacherStrength one{.teacher = teachers.candidates()[i].teacher,
                            .school = school.id,
                            .examinations = sums[i].examinations.result(),
                            .vpr = sums[i].vpr.result()};
        if (one.examinations || one.vpr) result.push_back(std::move(one));
    }
    judge(result, &TeacherStrength::examinations, options);
    judge(result, &TeacherStrength::vpr, options);
    return result;
}

}  // namespace opora::application
