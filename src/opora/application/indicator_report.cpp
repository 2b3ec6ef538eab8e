#include "opora/application/indicator_report.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace opora::application {

using indicators::Evidence;
using indicators::EvidenceCell;
using model::Measurement;

namespace {

struct Comparison {
    std::string_view code;
    std::string_view title;
    model::Unit unit;
};

constexpr Comparison region_mean{"region_mean_score", "Средний балл региона", model::Unit::score};
constexpr Comparison deviation{"score_deviation", "Отклонение от среднего балла региона",
                               model::Unit::score};
constexpr Comparison percent_rank{"percent_rank", "Доля школ с более низким средним баллом",
                                  model::Unit::share};
constexpr std::array comparisons{region_mean, deviation, percent_rank};

/// a/b < c/d for positive denominators, exactly.
bool less(const base::Fraction& left, const base::Fraction& right) {
    __extension__ using Wide = __int128;
    return Wide{left.numerator} * right.denominator < Wide{right.numerator} * left.denominator;
}

Measurement mean_score(const tally::CellCounts& counts) {
    return indicators::find_procedure_indicator("mean_score")->measure(counts);
}

struct RankedMean {
    double nearest = 0;  ///< The double nearest to the mean: a smaller mean never has a larger one.
    base::Fraction mean;
    std::uint32_t cell = 0;
};

/// Exactly, though the fractions are looked at only where their doubles agree.
bool less_mean(const RankedMean& left, const RankedMean& right) {
    return left.nearest != right.nearest ? left.nearest < right.nearest
                                         : less(left.mean, right.mean);
}

/// By cell: its percent rank among the cells of the same procedure; missing where there is no mean
/// or no rival.
std::vector<std::optional<double>> percent_ranks(const Evidence& evidence) {
    std::vector<std::vector<RankedMean>> by_procedure(evidence.procedures().size());
    for (std::uint32_t i = 0; i < evidence.cells().size(); ++i) {
        const Measurement mean = mean_score(evidence.cells()[i].counts);
        if (!mean.known()) continue;
        by_procedure[evidence.cells()[i].procedure].push_back({mean.ratio.value(), mean.ratio, i});
    }
    std::vector<std::optional<double>> ranks(evidence.cells().size());
    for (auto& means : by_procedure) {
        if (means.size() < 2) continue;
        std::ranges::sort(means, less_mean);
        std::size_t lowest = 0;  // Rank of the first of equals.
        for (std::size_t i = 0; i < means.size(); ++i) {
            if (less_mean(means[lowest], means[i])) lowest = i;
            ranks[means[i].cell] =
                static_cast<double>(lowest) / static_cast<double>(means.size() - 1);
        }
    }
    return ranks;
}

class Visitor {
public:
    Visitor(const Evidence& evidence, const IndicatorFilter& filter,
            const std::function<void(const IndicatorRow&)>& visit)
        : evidence_{evidence}, filter_{filter}, visit_{visit} {
        const auto compares = [this](const Comparison& one) { return wanted(one.code); };
        if (std::ranges::any_of(comparisons, compares)) ranks_ = percent_ranks(evidence);
    }

    void visit_school(indicators::SchoolNumber number) const {
        const model::School& school = evidence_.schools()[number];
        for (const EvidenceCell& cell : evidence_.cells_of(number)) {
            const model::Procedure& procedure = evidence_.procedures()[cell.procedure];
            if (procedure.year == filter_.year) visit_cell(school, number, procedure, cell);
        }
        for (const indicators::YearIndicator& indicator : indicators::year_indicators()) {
            if (!wanted(indicator.code)) continue;
            const Measurement value = measure(evidence_, indicator, number, filter_.year);
            tell({.school = &school,
                  .indicator = indicator.code,
                  .title = indicator.title,
                  .unit = indicator.unit},
                 value, indicator.unit == model::Unit::share);
        }
        for (const std::string& code : evidence_.imported_codes()) {
            if (!wanted(code)) continue;
            const Measurement value = indicators::measure_imported(
                evidence_, evidence_.imported_number(code), number, filter_.year);
            tell({.school = &school, .indicator = code, .title = code}, value, false);
        }
    }

private:
    bool wanted(std::string_view code) const { return !filter_.code || *filter_.code == code; }

    void visit_cell(const model::School& school, indicators::SchoolNumber number,
                    const model::Procedure& procedure, const EvidenceCell& cell) const {
        for (const indicators::ProcedureIndicator& indicator : indicators::procedure_indicators()) {
            if (!wanted(indicator.code)) continue;
            tell({.school = &school,
                  .procedure = &procedure,
                  .indicator = indicator.code,
                  .title = indicator.title,
                  .unit = indicator.unit},
                 measure(indicator, cell, 1),
                 indicator.uncertainty == indicators::Uncertainty::binomial);
        }
        if (!ranks_.empty()) compare(school, number, procedure, cell);
    }

    void compare(const model::School& school, indicators::SchoolNumber number,
                 const model::Procedure& procedure, const EvidenceCell& cell) const {
        const Measurement own = mean_score(cell.counts);
        const tally::CellCounts* total =
            evidence_.total(number, indicators::Scope::region, cell.procedure);
        if (!own.known() || total == nullptr) return;
        const Measurement region = mean_score(*total);
        const auto row = [&](const Comparison& one, double value, std::optional<std::int64_t> n) {
            if (!wanted(one.code)) return;
            visit_({.school = &school,
                    .procedure = &procedure,
                    .indicator = one.code,
                    .title = one.title,
                    .unit = one.unit,
                    .value = value,
                    .n = n});
        };
        row(region_mean, region.ratio.value(), region.n);
        row(deviation, own.ratio.value() - region.ratio.value(), own.n);
        const auto rank = ranks_[static_cast<std::size_t>(&cell - evidence_.cells().data())];
        if (rank) row(percent_rank, *rank, own.n);
    }

    void tell(IndicatorRow row, const Measurement& value, bool share_of_pupils) const {
        if (!value.known()) return;
        row.value = value.ratio.value();
        row.numerator = value.ratio.numerator;
        row.n = value.n;
        const bool counted = share_of_pupils && value.ratio.denominator > 0 &&
                             0 <= value.ratio.numerator &&
                             value.ratio.numerator <= value.ratio.denominator;
        if (counted) {
            row.interval = statistics::wilson_95(value.ratio.numerator, value.ratio.denominator);
        }
        visit_(row);
    }

    const Evidence& evidence_;
    const IndicatorFilter& filter_;
    const std::function<void(const IndicatorRow&)>& visit_;
    std::vector<std::optional<double>> ranks_;
};

}  // namespace

bool lies_in(const Evidence& evidence, const model::School& school,
             const model::TerritoryId& territory) {
    model::TerritoryId id = school.territory;
    for (int steps = 0; steps < 8 && !id.value.empty(); ++steps) {
        if (id == territory) return true;
        const auto place =
            std::ranges::lower_bound(evidence.territories(), id, {}, &model::Territory::id);
        if (place == evidence.territories().end() || place->id != id) return false;
        id = place->parent;
    }
    return false;
}

bool knows_indicator(const Evidence& evidence, std::string_view code) {
    return indicators::find_procedure_indicator(code) != nullptr ||
           indicators::find_year_indicator(code) != nullptr ||
           std::ranges::find(comparisons, code, &Comparison::code) != comparisons.end() ||
           evidence.imported_number(code) != indicators::nothing;
}

void visit_indicators(const Evidence& evidence, const IndicatorFilter& filter,
                      const std::function<void(const IndicatorRow&)>& visit) {
    const Visitor visitor{evidence, filter, visit};
    for (indicators::SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        const model::School& school = evidence.schools()[i];
        if (filter.school && school.id != *filter.school) continue;
        if (filter.territory && !lies_in(evidence, school, *filter.territory)) continue;
        visitor.visit_school(i);
    }
}

}  // namespace opora::application
