#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "opora/objectivity/class_signs.hpp"
#include "opora/statistics/correlation.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::objectivity {

namespace {

struct ClassMember {
    const DetailTable::Entry* entry = nullptr;
    const ClassResult* result = nullptr;
    double log_deviation = 0;
    double high = 0;     ///< z1
    double even = 0;     ///< z2
    double answers = 0;  ///< z3 and z4 together, where they are known,
    double spread = 2;   ///< and the variance of z1 - z2 - z3 - z4.

    double score() const { return (high - even - answers) / std::sqrt(spread); }
};

/// Coefficients of y = c0 + c1 x + c2 x², by least squares; x is a standard score.
using Curve = std::array<double, 3>;

double at(const Curve& curve, double x) { return curve[0] + x * (curve[1] + x * curve[2]); }

/// Solves the normal equations by elimination with pivots; false when x takes too few values.
bool fit(std::span<const double> x, std::span<const double> y, Curve& curve) {
    std::array<std::array<double, 4>, 3> m{};
    for (std::size_t k = 0; k < x.size(); ++k) {
        const std::array<double, 3> terms{1, x[k], x[k] * x[k]};
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = 0; j < 3; ++j) m[i][j] += terms[i] * terms[j];
            m[i][3] += terms[i] * y[k];
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        std::size_t pivot = i;
        for (std::size_t k = i + 1; k < 3; ++k) {
            if (std::abs(m[k][i]) > std::abs(m[pivot][i])) pivot = k;
        }
        std::swap(m[i], m[pivot]);
        if (std::abs(m[i][i]) < 1e-9 * static_cast<double>(x.size())) return false;
        for (std::size_t k = 0; k < 3; ++k) {
            if (k == i) continue;
            const double times = m[k][i] / m[i][i];
            for (std::size_t j = i; j < 4; ++j) m[k][j] -= times * m[i][j];
        }
    }
    for (std::size_t i = 0; i < 3; ++i) curve[i] = m[i][3] / m[i][i];
    return true;
}

/// Distance between the quartiles of a normal distribution in standard deviations.
constexpr double quartiles_apart = 1.3489795;

/// Squared standard deviation by the quartiles, and the median.
struct Middle {
    double median = 0;
    double variance = 0;
};

Middle middle_of(std::vector<double> values) {
    std::ranges::sort(values);
    const double apart =
        statistics::quantile_of_sorted(values, 0.75) - statistics::quantile_of_sorted(values, 0.25);
    const double deviation = apart / quartiles_apart;
    return {statistics::quantile_of_sorted(values, 0.5), deviation * deviation};
}

class ClassGroup {
public:
    explicit ClassGroup(std::vector<ClassMember> members) : members_{std::move(members)} {}

    /// The reason why nothing can be said.
    Untested judge() {
        if (std::ssize(members_) < schools_min) return Untested::few_schools;
        double squares = 0;
        double freedom = 0;
        double harmonic = 0;
        std::vector<double> means;
        for (const ClassMember& one : members_) {
            squares += one.result->squares;
            freedom += one.result->n - 1;
            harmonic += 1.0 / one.result->n;
            means.push_back(one.result->mean);
        }
        within_ = squares / freedom;
        const auto count = static_cast<double>(members_.size());
        const Middle middle = middle_of(means);
        mean_ = middle.median;
        const double between = std::max(0.0, middle.variance - within_ * harmonic / count);
        for (ClassMember& one : members_) {
            const double variance = between + within_ / one.result->n;
            if (variance <= 0) return Untested::no_spread;
            one.high = (one.result->mean - mean_) / std::sqrt(variance);
        }
        return judge_spreads();
    }

    void add_rows(Untested why, std::vector<Row>& rows) const {
        for (const ClassMember& one : members_) {
            Row row = untested(one.entry->school, ObjectivitySign::homogeneous_class,
                               one.entry->procedure, why, one.result->n);
            row.class_name = one.result->name;
            if (why == Untested::none) {
                const double score = one.score();
                row.observed = static_cast<float>(one.result->mean);
                row.expected = static_cast<float>(mean_);
                row.second_observed = static_cast<float>(std::exp(one.log_deviation));
                row.second_expected = static_cast<float>(std::exp(at(curve_, one.high)));
                row.statistic = static_cast<float>(score);
                const bool direction = one.high > 0 && one.even < 0;
                row.p = direction ? statistics::normal_probability(-score) : 1.0;
            }
            rows.push_back(row);
        }
    }

private:
    Untested judge_spreads() {
        std::vector<double> highs;
        std::vector<double> logarithms;
        for (const ClassMember& one : members_) {
            highs.push_back(one.high);
            logarithms.push_back(one.log_deviation);
        }
        if (!fit(highs, logarithms, curve_)) return Untested::no_spread;
        // Cube roots of variances are nearly normal, logarithms are not: a small class is even by
        // chance more often than they say.
        std::vector<double> distances;
        double chance = 0;
        for (const ClassMember& one : members_) {
            const double free = one.result->n - 1;
            const double ratio = std::exp(2 * (one.log_deviation - at(curve_, one.high)));
            distances.push_back(std::cbrt(ratio) - (1 - 2 / (9 * free)));
            chance += 2 / (9 * free);
        }
        const Middle middle = middle_of(distances);
        const double beyond =
            std::max(0.0, middle.variance - chance / static_cast<double>(members_.size()));
        for (std::size_t i = 0; i < members_.size(); ++i) {
            const double variance = beyond + 2.0 / (9 * (members_[i].result->n - 1));
            members_[i].even = (distances[i] - middle.median) / std::sqrt(variance);
        }
        judge_answers();
        return Untested::none;
    }

    /// Adds what the answers of whole parallels say.
    void judge_answers() {
        std::vector<ClassMember*> known;
        for (ClassMember& one : members_) {
            const bool whole = one.entry->class_count == 1 && one.entry->answers.heterogeneity >= 0;
            if (whole) known.push_back(&one);
        }
        if (std::ssize(known) < schools_min) return;
        std::vector<std::vector<double>> scores{{}};
        for (const ClassMember* one : known) scores[0].push_back(one->even);
        for (const auto value : {&Answers::heterogeneity, &Answers::missing}) {
            auto standard = standard_answers(known, value);
            if (!standard.empty()) scores.push_back(std::move(standard));
        }
        double spread = 1 + static_cast<double>(scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                spread += 2 * statistics::pearson(scores[i], scores[j]).value_or(0.0);
            }
        }
        // Scores that mostly cancel each other add nothing that could be measured.
        if (scores.size() < 2 || spread < 1) return;
        for (std::size_t k = 0; k < known.size(); ++k) {
            known[k]->spread = spread;
            for (std::size_t i = 1; i < scores.size(); ++i) known[k]->answers += scores[i][k];
        }
    }

    /// A value of answers about its curve, in standard deviations by the quartiles; empty where
    /// most parallels have the same one.
    static std::vector<double> standard_answers(const std::vector<ClassMember*>& known,
                                                float Answers::*value) {
        std::vector<double> highs;
        std::vector<double> values;
        for (const ClassMember* one : known) {
            highs.push_back(one->high);
            values.push_back(static_cast<double>(one->entry->answers.*value));
        }
        Curve curve{};
        if (!fit(highs, values, curve)) return {};
        std::vector<double> scores;
        for (std::size_t k = 0; k < known.size(); ++k) {
            // Sampling spreads shrink with the root of n.
            scores.push_back((values[k] - at(curve, highs[k])) * std::sqrt(known[k]->result->n));
        }
        const Middle middle = middle_of(scores);
        if (middle.variance <= 0) return {};
        for (double& one : scores) one = (one - middle.median) / std::sqrt(middle.variance);
        return scores;
    }

    std::vector<ClassMember> members_;
    double within_ = 0;
    double mean_ = 0;
    Curve curve_{};
};

/// Half a point of score stands for a class in which everybody has the same one.
double log_deviation(const ClassResult& one) {
    constexpr double finest = 0.25;
    return 0.5 * std::log(std::max(finest, one.squares / (one.n - 1)));
}

}  // namespace

std::vector<Row> homogeneous_classes(const Material& material) {
    std::map<std::pair<ProcedureNumber, std::uint32_t>, std::vector<ClassMember>> groups;
    std::vector<Row> rows;
    for (const auto& entry : material.details.entries()) {
        if (!is_vpr(material.evidence.procedures()[entry.procedure], material.year)) continue;
        const auto region = material.evidence.territory(entry.school, indicators::Scope::region);
        for (const ClassResult& one : material.details.classes(entry)) {
            if (one.n < class_participants_min) {
                Row row = untested(entry.school, ObjectivitySign::homogeneous_class,
                                   entry.procedure, Untested::few_participants, one.n);
                row.class_name = one.name;
                rows.push_back(row);
                continue;
            }
            groups[{entry.procedure, region}].push_back(
                {.entry = &entry, .result = &one, .log_deviation = log_deviation(one)});
        }
    }
    for (auto& [key, members] : groups) {
        ClassGroup group{std::move(members)};
        const Untested why = group.judge();
        group.add_rows(why, rows);
    }
    return rows;
}

}  // namespace opora::objectivity
