#include "opora/application/territory_series.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "opora/application/indicator_report.hpp"
#include "opora/base/rational.hpp"

namespace opora::application {

using indicators::Evidence;
using indicators::ProcedureIndicator;
using indicators::SchoolNumber;
using indicators::Scope;
using model::Measurement;
using model::Missing;

namespace {

struct Pooled {
    tally::CellCounts counts;
    std::set<SchoolNumber> schools;
    std::optional<indicators::ProcedureNumber> procedure;  ///< The last one that was pooled.
};

/// What stands together in one series, and its years.
struct Group {
    model::ProcedureType type{};
    std::optional<model::Procedure> work;
    std::map<model::SchoolYear, Pooled> years;
};

/// A procedure without its year: the key of the same work across years.
model::Procedure timeless(model::Procedure procedure) {
    procedure.year = {};
    procedure.grade = procedure.programme_grade;
    return procedure;
}

/// A fraction that fits is kept exact; sums of school facts always fit.
Measurement measured(const base::Rational& value, std::int64_t n) {
    const auto whole = [](const auto& number) {
        return number.template convert_to<std::int64_t>();
    };
    return Measurement::of(whole(boost::multiprecision::numerator(value)),
                           whole(boost::multiprecision::denominator(value)), n);
}

class SeriesMaker {
public:
    SeriesMaker(const Evidence& evidence, const SeriesRequest& request)
        : evidence_{evidence}, request_{request} {
        for (SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
            const model::School& school = evidence.schools()[i];
            if (!request.territory || lies_in(evidence, school, *request.territory)) {
                schools_.push_back(i);
            }
        }
    }

    std::vector<Series> of_results() const;
    std::vector<Series> of_facts() const;

private:
    bool wanted(std::string_view code) const {
        return request_.codes.empty() ||
               std::ranges::find(request_.codes, code) != request_.codes.end();
    }
    bool in_time(model::SchoolYear year) const {
        return (!request_.first || *request_.first <= year) &&
               (!request_.last || year <= *request_.last);
    }
    std::map<model::Procedure, Group> groups() const;
    Series series_of(const Group& group, const ProcedureIndicator& indicator) const;
    std::optional<double> beside(const Pooled& pooled, const ProcedureIndicator& indicator,
                                 Scope scope) const;
    std::optional<SeriesPoint> fact_in(model::SchoolYear year, std::uint32_t fact) const;
    std::optional<SeriesPoint> share_in(model::SchoolYear year, std::uint32_t part,
                                        std::uint32_t whole) const;
    template <typename Point>
    void add_fact(std::vector<Series>& all, Series series, const Point& point) const;

    const Evidence& evidence_;
    const SeriesRequest& request_;
    std::vector<SchoolNumber> schools_;
};

/// Years between the first and the last value that have none say so.
void fill_years(std::vector<SeriesPoint>& points) {
    std::vector<SeriesPoint> whole;
    for (SeriesPoint& point : points) {
        while (!whole.empty() && whole.back().year + 1 < point.year) {
            whole.push_back({whole.back().year + 1, Measurement::absent(Missing::not_held)});
        }
        whole.push_back(std::move(point));
    }
    points = std::move(whole);
}

std::map<model::Procedure, Group> SeriesMaker::groups() const {
    const bool works = request_.of == SeriesOf::works;
    std::map<model::Procedure, Group> groups;
    for (const SchoolNumber school : schools_) {
        for (const indicators::EvidenceCell& cell : evidence_.cells_of(school)) {
            const model::Procedure& procedure = evidence_.procedures()[cell.procedure];
            if (procedure.period != model::Period::main || !in_time(procedure.year)) continue;
            if (request_.type && procedure.type != *request_.type) continue;
            const model::Procedure key =
                works ? timeless(procedure) : model::Procedure{.year = {}, .type = procedure.type};
            Group& group = groups[key];
            group.type = procedure.type;
            if (works && (!group.work || group.work->year < procedure.year)) group.work = procedure;
            Pooled& pooled = group.years[procedure.year];
            merge(pooled.counts, cell.counts);
            pooled.schools.insert(school);
            pooled.procedure = cell.procedure;
        }
    }
    return groups;
}

/// The region's or the country's value beside one of the territory: an imported reference outranks
/// what the store can compute.
std::optional<double> SeriesMaker::beside(const Pooled& pooled, const ProcedureIndicator& indicator,
                                          Scope scope) const {
    const SchoolNumber school = *pooled.schools.begin();
    const auto* reference = evidence_.reference(school, scope, *pooled.procedure, indicator.code);
    if (reference != nullptr) return reference->value.value();
    const tally::CellCounts* total = evidence_.total(school, scope, *pooled.procedure);
    // A region of which the store holds nobody else would only repeat the territory.
    if (total == nullptr || total->participants == pooled.counts.participants) return std::nullopt;
    const Measurement value = indicator.measure(*total);
    return value.known() ? std::optional{value.ratio.value()} : std::nullopt;
}

Series SeriesMaker::series_of(const Group& group, const ProcedureIndicator& indicator) const {
    Series series{.type = group.type,
                  .work = group.work,
                  .indicator = std::string{indicator.code},
                  .title = std::string{indicator.title},
                  .unit = indicator.unit,
                  .direction = indicator.direction,
                  .points = {}};
    // A pupil has as many results as works.
    if (!group.work && indicator.code == "participants") series.title = "Число результатов";
    for (const auto& [year, pooled] : group.years) {
        SeriesPoint point{.year = year,
                          .value = indicator.measure(pooled.counts),
                          .schools = std::ssize(pooled.schools)};
        if (!point.value.known()) continue;
        if (group.work && indicator.unit != model::Unit::count) {
            point.region = beside(pooled, indicator, Scope::region);
            point.country = beside(pooled, indicator, Scope::country);
        }
        series.points.push_back(point);
    }
    fill_years(series.points);
    return series;
}

std::vector<Series> SeriesMaker::of_results() const {
    std::vector<Series> all;
    for (const auto& [key, group] : groups()) {
        for (const ProcedureIndicator& indicator : indicators::procedure_indicators()) {
            const bool of_scores =
                indicator.code == "mean_score" || indicator.code == "score_share";
            if (!wanted(indicator.code) || (of_scores && !group.work)) continue;
            Series series = series_of(group, indicator);
            if (!series.points.empty()) all.push_back(std::move(series));
        }
    }
    return all;
}

std::optional<SeriesPoint> SeriesMaker::fact_in(model::SchoolYear year, std::uint32_t fact) const {
    base::Rational sum = 0;
    std::int64_t schools = 0;
    for (const SchoolNumber school : schools_) {
        const auto value = evidence_.fact(school, fact, year);
        if (!value) continue;
        sum += base::exact(*value);
        ++schools;
    }
    if (schools == 0) return std::nullopt;
    return SeriesPoint{.year = year, .value = measured(sum, schools), .schools = schools};
}

std::optional<SeriesPoint> SeriesMaker::share_in(model::SchoolYear year, std::uint32_t part,
                                                 std::uint32_t whole) const {
    base::Rational parts = 0;
    base::Rational wholes = 0;
    std::int64_t schools = 0;
    for (const SchoolNumber school : schools_) {
        const auto top = evidence_.fact(school, part, year);
        const auto bottom = evidence_.fact(school, whole, year);
        if (!top || !bottom) continue;
        parts += base::exact(*top);
        wholes += base::exact(*bottom);
        ++schools;
    }
    if (wholes <= 0) return std::nullopt;
    // Counts of people stay counts, so that the share reads «84 из 441».
    const auto whole_number = [](const base::Rational& number) {
        return boost::multiprecision::denominator(number) == 1;
    };
    Measurement value = measured(parts / wholes, 0);
    if (whole_number(parts) && whole_number(wholes)) {
        value.ratio = {measured(parts, 0).ratio.numerator, measured(wholes, 0).ratio.numerator};
        value.n = value.ratio.denominator;
    }
    return SeriesPoint{.year = year, .value = value, .schools = schools};
}

template <typename Point>
void SeriesMaker::add_fact(std::vector<Series>& all, Series series, const Point& point) const {
    if (!wanted(series.indicator)) return;
    const auto years = evidence_.fact_years();
    if (!years) return;
    for (model::SchoolYear year = years->first; year <= years->second; year = year + 1) {
        if (!in_time(year)) continue;
        if (const auto value = point(year)) series.points.push_back(*value);
    }
    fill_years(series.points);
    if (!series.points.empty()) all.push_back(std::move(series));
}

std::vector<Series> SeriesMaker::of_facts() const {
    std::vector<Series> all;
    for (const model::FactDefinition& fact : request_.facts) {
        const std::uint32_t number = evidence_.fact_number(fact.code);
        if (number == indicators::nothing) continue;
        add_fact(all, {.indicator = fact.code, .title = fact.title, .unit = model::Unit::count},
                 [&](model::SchoolYear year) { return fact_in(year, number); });
        const std::uint32_t whole =
            fact.part_of.empty() ? indicators::nothing : evidence_.fact_number(fact.part_of);
        if (whole == indicators::nothing) continue;
        add_fact(all,
                 {.indicator = fact.code + "_share",
                  .title = fact.title + ", доля",
                  .unit = model::Unit::share},
                 [&](model::SchoolYear year) { return share_in(year, number, whole); });
    }
    return all;
}

}  // namespace

std::vector<Series> territory_series(const Evidence& evidence, const SeriesRequest& request) {
    const SeriesMaker maker{evidence, request};
    return request.of == SeriesOf::facts ? maker.of_facts() : maker.of_results();
}

}  // namespace opora::application
