#include "opora/application/indicator_report.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <thread>

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
    static const auto* const indicator = indicators::find_procedure_indicator("mean_score");
    return indicator->measure(counts);
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

/// Code and title of the share that a fact is of its whole.
model::FactDefinition share_of(const model::FactDefinition& fact) {
    return {fact.code + "_share", fact.title + ", доля", fact.part_of};
}

/// Makes the rows of one school; several threads may ask at the same time.
class RowMaker {
public:
    RowMaker(const Evidence& evidence, const IndicatorFilter& filter)
        : evidence_{evidence}, filter_{filter} {
        const auto compares = [this](const Comparison& one) { return wanted(one.code); };
        if (std::ranges::any_of(comparisons, compares)) ranks_ = percent_ranks(evidence);
        for (const model::FactDefinition& fact : filter.facts)
            share_names_.push_back(share_of(fact));
    }

    void add_rows(indicators::SchoolNumber number, std::vector<IndicatorRow>& rows) const {
        const model::School& school = evidence_.schools()[number];
        for (const EvidenceCell& cell : evidence_.cells_of(number)) {
            const model::Procedure& procedure = evidence_.procedures()[cell.procedure];
            if (procedure.year == filter_.year) add_cell(number, procedure, cell, rows);
        }
        for (const indicators::YearIndicator& indicator : indicators::year_indicators()) {
            if (!wanted(indicator.code)) continue;
            const Measurement value = measure(evidence_, indicator, number, filter_.year);
            add_known({.school = &school,
                       .indicator = indicator.code,
                       .title = indicator.title,
                       .unit = indicator.unit},
                      value, indicator.unit == model::Unit::share, rows);
        }
        add_facts(number, rows);
        for (const std::string& code : evidence_.imported_codes()) {
            if (!wanted(code)) continue;
            const Measurement value = indicators::measure_imported(
                evidence_, evidence_.imported_number(code), number, filter_.year);
            add_known({.school = &school, .indicator = code, .title = code}, value, false, rows);
        }
    }

private:
    /// Every fact of the school, and its share in the whole it is a part of, under the name that
    /// the catalogue would give it; what the catalogue has is not repeated.
    void add_facts(indicators::SchoolNumber number, std::vector<IndicatorRow>& rows) const {
        const auto add = [&](const std::string& code, const std::string& title, model::Unit unit,
                             std::string_view part, std::string_view whole) {
            if (!wanted(code) || indicators::find_year_indicator(code) != nullptr) return;
            const indicators::YearIndicator indicator{
                code, title, unit, indicators::Direction::neutral, part, whole};
            add_known({.school = &evidence_.schools()[number],
                       .indicator = code,
                       .title = title,
                       .unit = unit},
                      measure(evidence_, indicator, number, filter_.year),
                      unit == model::Unit::share, rows);
        };
        for (std::size_t i = 0; i < filter_.facts.size(); ++i) {
            const model::FactDefinition& fact = filter_.facts[i];
            add(fact.code, fact.title, model::Unit::count, fact.code, "");
            if (fact.part_of.empty()) continue;
            add(share_names_[i].code, share_names_[i].title, model::Unit::share, fact.code,
                fact.part_of);
        }
    }

    bool wanted(std::string_view code) const { return !filter_.code || *filter_.code == code; }

    void add_cell(indicators::SchoolNumber number, const model::Procedure& procedure,
                  const EvidenceCell& cell, std::vector<IndicatorRow>& rows) const {
        const model::School& school = evidence_.schools()[number];
        for (const indicators::ProcedureIndicator& indicator : indicators::procedure_indicators()) {
            if (!wanted(indicator.code)) continue;
            add_known({.school = &school,
                       .procedure = &procedure,
                       .indicator = indicator.code,
                       .title = indicator.title,
                       .unit = indicator.unit},
                      measure(indicator, cell, 1),
                      indicator.uncertainty == indicators::Uncertainty::binomial, rows);
        }
        if (!ranks_.empty()) add_comparisons(number, procedure, cell, rows);
    }

    void add_comparisons(indicators::SchoolNumber number, const model::Procedure& procedure,
                         const EvidenceCell& cell, std::vector<IndicatorRow>& rows) const {
        const Measurement own = mean_score(cell.counts);
        const tally::CellCounts* total =
            evidence_.total(number, indicators::Scope::region, cell.procedure);
        if (!own.known() || total == nullptr) return;
        const Measurement region = mean_score(*total);
        const auto row = [&](const Comparison& one, double value, std::optional<std::int64_t> n) {
            if (!wanted(one.code)) return;
            rows.push_back({.school = &evidence_.schools()[number],
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

    static void add_known(IndicatorRow row, const Measurement& value, bool share_of_pupils,
                          std::vector<IndicatorRow>& rows) {
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
        rows.push_back(row);
    }

    const Evidence& evidence_;
    const IndicatorFilter& filter_;
    std::vector<std::optional<double>> ranks_;
    std::vector<model::FactDefinition> share_names_;  ///< Parallel to the facts of the filter.
};

/// Rows of so many schools stay in the cache between the thread that makes them and the visitor.
constexpr std::size_t block_schools = 512;

/// Threads beside the calling one; a district is not worth any.
std::size_t helper_threads(std::size_t schools) {
    constexpr std::size_t worth_a_thread = 1000;
    const std::size_t machine = std::max(1u, std::thread::hardware_concurrency());
    return std::min(machine - 1, schools / worth_a_thread);
}

std::vector<indicators::SchoolNumber> chosen_schools(const Evidence& evidence,
                                                     const IndicatorFilter& filter) {
    std::vector<indicators::SchoolNumber> chosen;
    for (indicators::SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
        const model::School& school = evidence.schools()[i];
        if (filter.school && school.id != *filter.school) continue;
        if (filter.territory && !lies_in(evidence, school, *filter.territory)) continue;
        chosen.push_back(i);
    }
    return chosen;
}

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

bool knows_indicator(const Evidence& evidence, std::string_view code,
                     std::span<const model::FactDefinition> facts) {
    const auto named = [code](const model::FactDefinition& fact) {
        return fact.code == code || (!fact.part_of.empty() && share_of(fact).code == code);
    };
    return std::ranges::any_of(facts, named) ||
           indicators::find_procedure_indicator(code) != nullptr ||
           indicators::find_year_indicator(code) != nullptr ||
           std::ranges::find(comparisons, code, &Comparison::code) != comparisons.end() ||
           evidence.imported_number(code) != indicators::nothing;
}

void visit_indicators(const Evidence& evidence, const IndicatorFilter& filter,
                      const std::function<void(const IndicatorRow&)>& visit) {
    const std::vector<indicators::SchoolNumber> schools = chosen_schools(evidence, filter);
    const RowMaker maker{evidence, filter};
    const std::size_t helpers = helper_threads(schools.size());
    std::vector<std::vector<IndicatorRow>> blocks(helpers + 1);
    for (std::size_t begin = 0; begin < schools.size(); begin += blocks.size() * block_schools) {
        const auto fill = [&](std::size_t block) {
            const std::size_t first = std::min(begin + block * block_schools, schools.size());
            const std::size_t last = std::min(first + block_schools, schools.size());
            blocks[block].clear();
            for (std::size_t i = first; i < last; ++i) maker.add_rows(schools[i], blocks[block]);
        };
        std::vector<std::future<void>> filled;
        for (std::size_t block = 1; block <= helpers; ++block) {
            filled.push_back(std::async(std::launch::async, fill, block));
        }
        fill(0);
        for (std::future<void>& one : filled) one.get();
        for (const auto& block : blocks) std::ranges::for_each(block, std::cref(visit));
    }
}

}  // namespace opora::application
