#include "opora/typology/spread.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/base/parallel.hpp"
#include "opora/indicators/catalogue.hpp"
#include "opora/statistics/jackknife.hpp"
#include "opora/typology/variance_sums.hpp"

namespace opora::typology {

namespace {

using indicators::SchoolNumber;
using Values = std::vector<std::optional<double>>;  ///< By statistic.

struct Named {
    std::string_view code;
    std::string_view title;
};

constexpr std::array<Named, 5> school_statistics{{
    {"school_deviation", "Разброс между школами (стандартное отклонение)"},
    {"intraclass", "Доля различий между школами во всех различиях учеников"},
    {"low_gini", "Неравномерность низких результатов по школам (индекс Джини)"},
    {"low_in_worst_quarter", "Доля низких результатов в худших школах с четвертью учеников"},
    {"low_holding_half", "Доля учеников в школах, где половина всех низких результатов"},
}};

bool is_in(std::span<const std::uint8_t> included, SchoolNumber school) {
    return included.empty() || included[school] != 0;
}

/// Number and sum of the results of both groups of a gap.
struct Sides {
    std::array<double, 2> n{};
    std::array<double, 2> sum{};
};

/// All that the statistics of a year are computed from, for some of the schools.
struct YearSums {
    VarianceSums variance;
    std::vector<Sides> sides;
};

/// One year, dealt into the groups of the jackknife.
class Year {
public:
    Year(const indicators::Evidence& evidence, const indicators::StandardScores& scores,
         std::span<const PupilGroups> gaps, std::span<const std::uint32_t> group_of,
         std::size_t groups, const SpreadOptions& options)
        : options_{options},
          gaps_{gaps},
          group_of_{group_of},
          low_{low_results(evidence, scores.year(), options.included)},
          whole_{empty(evidence)},
          parts_(groups, empty(evidence)) {
        for (const indicators::StandardCell& cell : scores.cells()) {
            const SchoolNumber school = evidence.candidates()[cell.candidate].school;
            if (!is_in(options.included, school)) continue;
            add(whole_, cell, school);
            add(parts_[group_of[school]], cell, school);
        }
        for (indicators::CandidateNumber i = 0; i < scores.candidates(); ++i) {
            const bool counted = !scores.cells_of(i).empty() &&
                                 is_in(options.included, evidence.candidates()[i].school);
            schools_ += counted ? 1 : 0;
        }
    }

    std::int64_t schools() const { return schools_; }
    std::int64_t results() const { return std::llround(whole_.variance.results()); }
    std::size_t groups() const { return parts_.size(); }
    Values whole() const { return values(whole_, low_); }
    Values without(std::size_t group) const {
        YearSums rest{whole_.variance.without(parts_[group].variance), whole_.sides};
        for (std::size_t i = 0; i < rest.sides.size(); ++i) {
            for (std::size_t side = 0; side < 2; ++side) {
                rest.sides[i].n[side] -= parts_[group].sides[i].n[side];
                rest.sides[i].sum[side] -= parts_[group].sides[i].sum[side];
            }
        }
        std::vector<statistics::UnitCount> low;
        for (SchoolNumber school = 0; school < low_.size(); ++school) {
            if (group_of_[school] != group) low.push_back(low_[school]);
        }
        return values(rest, low);
    }

private:
    YearSums empty(const indicators::Evidence& evidence) const {
        return {VarianceSums{evidence.procedures().size()}, std::vector<Sides>(gaps_.size())};
    }

    void add(YearSums& sums, const indicators::StandardCell& cell, SchoolNumber school) const {
        sums.variance.add(cell);
        for (std::size_t i = 0; i < gaps_.size(); ++i) {
            const std::uint8_t side = gaps_[i].side[school];
            if (side == 0) continue;
            sums.sides[i].n[side - 1u] += static_cast<double>(cell.n);
            sums.sides[i].sum[side - 1u] += cell.sum;
        }
    }

    Values values(const YearSums& sums, std::span<const statistics::UnitCount> low) const {
        Values all(school_statistics.size());
        if (const auto components = sums.variance.components()) {
            all[0] = std::sqrt(components->between);
            const double both = components->between + components->within;
            if (both > 0) all[1] = components->between / both;
        }
        if (const auto found = statistics::concentration(low)) {
            all[2] = found->gini;
            all[3] = found->in_worst_quarter;
            all[4] = found->members_holding_half;
        }
        for (const Sides& sides : sums.sides) {
            const bool enough =
                sides.n[0] >= options_.results_min && sides.n[1] >= options_.results_min;
            all.push_back(enough
                              ? std::optional{sides.sum[0] / sides.n[0] - sides.sum[1] / sides.n[1]}
                              : std::nullopt);
        }
        return all;
    }

    SpreadOptions options_;
    std::span<const PupilGroups> gaps_;
    std::span<const std::uint32_t> group_of_;
    std::vector<statistics::UnitCount> low_;
    YearSums whole_;
    std::vector<YearSums> parts_;
    std::int64_t schools_ = 0;
};

/// What was computed of a year: the whole and without each group.
struct Computed {
    Values whole;
    std::vector<Values> without;
};

Computed computed(const Year& year) {
    Computed result{year.whole(), std::vector<Values>(year.groups())};
    base::in_parallel(year.groups(), 4, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) result.without[i] = year.without(i);
    });
    return result;
}

std::optional<double> difference(std::optional<double> a, std::optional<double> b) {
    return a && b ? std::optional{*a - *b} : std::nullopt;
}

void put_value(model::SpreadValue& value, const Computed& year, std::size_t statistic) {
    value.value = year.whole[statistic];
    if (!value.value) return;
    std::vector<std::optional<double>> without;
    for (const Values& one : year.without) without.push_back(one[statistic]);
    if (const auto estimate = statistics::jackknife(*value.value, without)) {
        value.low = estimate->low;
        value.high = estimate->high;
    }
}

void put_change(model::SpreadValue& value, const Computed& year, const Computed& before,
                std::size_t statistic) {
    value.change = difference(year.whole[statistic], before.whole[statistic]);
    if (!value.change) return;
    std::vector<std::optional<double>> without;
    for (std::size_t i = 0; i < year.without.size(); ++i) {
        without.push_back(difference(year.without[i][statistic], before.without[i][statistic]));
    }
    if (const auto estimate = statistics::jackknife(*value.change, without)) {
        value.change_low = estimate->low;
        value.change_high = estimate->high;
    }
}

/// Group of the jackknife of every school; schools with results are dealt round in the order of
/// their ids.
std::vector<std::uint32_t> dealt(const indicators::Evidence& evidence,
                                 std::span<const indicators::StandardScores> years,
                                 std::span<const std::uint8_t> included, std::size_t& groups) {
    std::vector<bool> present(evidence.schools().size(), false);
    for (const indicators::StandardScores& year : years) {
        for (const indicators::StandardCell& cell : year.cells()) {
            const SchoolNumber school = evidence.candidates()[cell.candidate].school;
            if (is_in(included, school)) present[school] = true;
        }
    }
    groups =
        statistics::jackknife_groups(static_cast<std::size_t>(std::ranges::count(present, true)));
    std::vector<std::uint32_t> group_of(present.size(), 0);
    std::size_t number = 0;
    for (std::size_t school = 0; school < present.size(); ++school) {
        if (present[school]) group_of[school] = static_cast<std::uint32_t>(number++ % groups);
    }
    return group_of;
}

std::string missing_reason(std::size_t statistic, const SpreadOptions& options) {
    if (statistic < 2)
        return "нужны хотя бы две школы с общей процедурой и школа с двумя учениками";
    if (statistic < school_statistics.size()) return "низких результатов нет";
    return "в одной из групп меньше результатов, чем " + std::to_string(options.results_min);
}

}  // namespace

std::vector<statistics::UnitCount> low_results(const indicators::Evidence& evidence,
                                               model::SchoolYear year,
                                               std::span<const std::uint8_t> included) {
    const auto* low_share = indicators::find_procedure_indicator("low_share");
    std::vector<statistics::UnitCount> units(evidence.schools().size());
    for (const indicators::EvidenceCell& cell : evidence.cells()) {
        if (evidence.procedures()[cell.procedure].year != year) continue;
        const model::Measurement low = low_share->measure(cell.counts);
        const SchoolNumber school = evidence.candidates()[cell.candidate].school;
        if (!low.known() || !is_in(included, school)) continue;
        statistics::UnitCount& unit = units[school];
        const auto weight = static_cast<double>(cell.weight);
        unit.members += static_cast<double>(low.ratio.denominator) / weight;
        unit.counted += static_cast<double>(low.ratio.numerator) / weight;
    }
    return units;
}

std::vector<model::SpreadValue> spread(const indicators::Evidence& evidence,
                                       std::span<const indicators::StandardScores> years,
                                       std::span<const PupilGroups> gaps,
                                       const SpreadOptions& options) {
    std::vector<model::SpreadValue> values;
    std::size_t groups = 0;
    const std::vector<std::uint32_t> group_of = dealt(evidence, years, options.included, groups);
    std::optional<Computed> before;
    for (const indicators::StandardScores& scores : years) {
        const Year year{evidence, scores, gaps, group_of, groups, options};
        const bool enough = year.schools() >= options.schools_min;
        std::optional<Computed> now;
        if (enough) now = computed(year);
        for (std::size_t i = 0; i < school_statistics.size() + gaps.size(); ++i) {
            const bool gap = i >= school_statistics.size();
            const std::size_t g = gap ? i - school_statistics.size() : 0;
            model::SpreadValue value{
                .code = gap ? gaps[g].code : std::string{school_statistics[i].code},
                .title = gap ? gaps[g].title : std::string{school_statistics[i].title},
                .year = scores.year(),
                .schools = year.schools(),
                .results = year.results()};
            if (now) put_value(value, *now, i);
            if (now && before) put_change(value, *now, *before, i);
            if (!enough) {
                value.reason =
                    "школ с результатами меньше, чем " + std::to_string(options.schools_min);
            } else if (!value.value) {
                value.reason = missing_reason(i, options);
            }
            values.push_back(std::move(value));
        }
        before = std::move(now);
    }
    return values;
}

}  // namespace opora::typology
