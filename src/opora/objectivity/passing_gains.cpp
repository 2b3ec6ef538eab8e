#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "opora/objectivity/class_signs.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/random_effects.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::objectivity {

namespace {

/// Mean and variance of pupils of a region in one work.
struct Pupils {
    double n = 0;
    double sum = 0;
    double squares = 0;

    void add(const tally::CellCounts& counts) {
        n += counts.scored;
        sum += static_cast<double>(counts.score_sum);
        squares += static_cast<double>(counts.score_squares);
    }
    double mean() const { return sum / n; }
    double variance() const { return n > 1 ? squares / n - mean() * mean() : 0; }
};

struct Standing {
    double value = 0;
    double sampling = 0;
    std::int32_t n = 0;
};

/// One class over three years.
struct Course {
    SchoolNumber school = 0;
    std::uint32_t name = 0;
    std::int32_t n = 0;
    double gain = 0;
    double gain_sampling = 0;
    double loss = 0;
    double loss_sampling = 0;
};

/// The same work in the grade and the year `steps` on.
std::optional<ProcedureNumber> on(const indicators::Evidence& evidence,
                                  const model::Procedure& from, int steps) {
    model::Procedure other = from;
    other.year = from.year + steps;
    other.grade += steps;
    other.programme_grade += steps;
    return evidence.find_procedure(other);
}

std::string_view letters(std::string_view key) {
    return key.substr(std::min(key.find_first_not_of("0123456789"), key.size()));
}

/// Pupils of every region in every work of the three years.
using PupilTable = std::map<std::pair<ProcedureNumber, std::uint32_t>, Pupils>;

PupilTable pupils_of(const Material& material) {
    const indicators::Evidence& evidence = material.evidence;
    PupilTable table;
    for (const EvidenceCell& cell : evidence.cells()) {
        const model::Procedure& held = evidence.procedures()[cell.procedure];
        if (held.type != model::ProcedureType::vpr || held.year < material.year - 2) continue;
        const auto region = evidence.territory(cell.candidate, indicators::Scope::region);
        table[{cell.procedure, region}].add(cell.counts);
    }
    return table;
}

using Entries = std::vector<const DetailTable::Entry*>;

class Courses {
public:
    Courses(const Material& material, const PupilTable& pupils, ProcedureNumber middle)
        : material_{material}, pupils_{pupils}, middle_{middle} {
        const model::Procedure& held = material.evidence.procedures()[middle];
        before_ = on(material.evidence, held, -1);
        after_ = on(material.evidence, held, 1);
    }

    std::vector<Row> rows(const Entries& entries) const {
        std::vector<Row> rows;
        std::map<std::uint32_t, std::vector<Course>> courses;  // By region.
        for (const auto* entry : entries) {
            for (const ClassResult& one : material_.details.classes(*entry)) {
                const auto region = region_of(entry->school);
                Untested why = Untested::none;
                const auto course = course_of(entry->school, one, why);
                if (course) {
                    courses[region].push_back(*course);
                } else {
                    rows.push_back(row(entry->school, one.name, one.n, why));
                }
            }
        }
        for (const auto& [region, some] : courses) add_rows(some, rows);
        return rows;
    }

private:
    std::uint32_t region_of(SchoolNumber school) const {
        return material_.evidence.territory(school, indicators::Scope::region);
    }

    Row row(SchoolNumber school, std::uint32_t name, std::int32_t n, Untested why) const {
        Row row = untested(school, ObjectivitySign::passing_gain, middle_, why, n);
        row.class_name = name;
        return row;
    }

    const ClassResult* same_class(SchoolNumber school, std::uint32_t name,
                                  ProcedureNumber work) const {
        const auto* entry = material_.details.find(school, work);
        if (entry == nullptr) return nullptr;
        const auto names = material_.details.class_names();
        for (const ClassResult& one : material_.details.classes(*entry)) {
            if (letters(names[one.name]) == letters(names[name])) return &one;
        }
        return nullptr;
    }

    std::optional<Standing> standing(SchoolNumber school, const ClassResult& one,
                                     ProcedureNumber work) const {
        const auto found = pupils_.find({work, region_of(school)});
        const double variance = found == pupils_.end() ? 0 : found->second.variance();
        if (variance <= 0) return std::nullopt;
        return Standing{(one.mean - found->second.mean()) / std::sqrt(variance), 1.0 / one.n,
                        one.n};
    }

    std::optional<Course> course_of(SchoolNumber school, const ClassResult& one,
                                    Untested& why) const {
        why = Untested::no_other_year;
        if (!before_ || !after_) return std::nullopt;
        const ClassResult* before = same_class(school, one.name, *before_);
        const ClassResult* after = same_class(school, one.name, *after_);
        if (before == nullptr || after == nullptr) return std::nullopt;
        why = Untested::few_participants;
        if (std::min({before->n, one.n, after->n}) < class_participants_min) return std::nullopt;
        why = Untested::no_spread;
        const auto first = standing(school, *before, *before_);
        const auto middle = standing(school, one, middle_);
        const auto last = standing(school, *after, *after_);
        if (!first || !middle || !last) return std::nullopt;
        why = Untested::none;
        return Course{.school = school,
                      .name = one.name,
                      .n = std::min({before->n, one.n, after->n}),
                      .gain = middle->value - first->value,
                      .gain_sampling = middle->sampling + first->sampling,
                      .loss = middle->value - last->value,
                      .loss_sampling = middle->sampling + last->sampling};
    }

    void add_rows(const std::vector<Course>& courses, std::vector<Row>& rows) const {
        if (std::ssize(courses) < schools_min) {
            for (const Course& one : courses) {
                rows.push_back(row(one.school, one.name, one.n, Untested::few_schools));
            }
            return;
        }
        std::vector<double> gains;
        std::vector<double> losses;
        statistics::RandomEffects gain_effects;
        statistics::RandomEffects loss_effects;
        for (const Course& one : courses) {
            gains.push_back(one.gain);
            losses.push_back(one.loss);
            gain_effects.look(one.gain, one.gain_sampling);
            loss_effects.look(one.loss, one.loss_sampling);
        }
        gain_effects.settle();
        loss_effects.settle();
        const double gain_middle = statistics::quantile(gains, 0.5);
        const double loss_middle = statistics::quantile(losses, 0.5);
        for (const Course& one : courses) {
            const double gain =
                (one.gain - gain_middle) / std::sqrt(gain_effects.between() + one.gain_sampling);
            const double loss =
                (one.loss - loss_middle) / std::sqrt(loss_effects.between() + one.loss_sampling);
            const double weaker = std::min(gain, loss);
            Row made = row(one.school, one.name, one.n, Untested::none);
            made.observed = static_cast<float>(one.gain);
            made.expected = static_cast<float>(gain_middle);
            made.second_observed = static_cast<float>(one.loss);
            made.second_expected = static_cast<float>(loss_middle);
            made.statistic = static_cast<float>(weaker);
            const bool both = one.gain > 0 && one.loss > 0;
            made.p = both ? statistics::normal_probability(-weaker) : 1.0;
            rows.push_back(made);
        }
    }

    const Material& material_;
    const PupilTable& pupils_;
    ProcedureNumber middle_;
    std::optional<ProcedureNumber> before_;
    std::optional<ProcedureNumber> after_;
};

}  // namespace

std::vector<Row> passing_gains(const Material& material) {
    const PupilTable pupils = pupils_of(material);
    std::map<ProcedureNumber, Entries> works;
    for (const auto& entry : material.details.entries()) {
        const model::Procedure& held = material.evidence.procedures()[entry.procedure];
        if (is_vpr(held, material.year - 1)) works[entry.procedure].push_back(&entry);
    }
    std::vector<Row> rows;
    for (const auto& [work, entries] : works) {
        const auto some = Courses{material, pupils, work}.rows(entries);
        rows.insert(rows.end(), some.begin(), some.end());
    }
    return rows;
}

}  // namespace opora::objectivity
