#include "opora/application/indicator_report.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>

#include "opora/base/in_order.hpp"
#include "opora/base/parallel.hpp"

namespace opora::application {

using indicators::Evidence;
using indicators::EvidenceCell;
using model::Measurement;

namespace {

/// What a mean score is compared with.
enum class Compared : std::uint8_t { region_mean, deviation, percent_rank };

struct Comparison {
    Compared what;
    std::string_view code;
    std::string_view title;
    model::Unit unit;
};

constexpr std::array comparisons{
    Comparison{Compared::region_mean, "region_mean_score", "Средний балл региона",
               model::Unit::score},
    Comparison{Compared::deviation, "score_deviation", "Отклонение от среднего балла региона",
               model::Unit::score},
    Comparison{Compared::percent_rank, "percent_rank", "Доля школ с более низким средним баллом",
               model::Unit::share},
};

/// a/b < c/d for positive denominators, exactly.
bool less(const base::Fraction& left, const base::Fraction& right) {
    __extension__ using Wide = __int128;
    return Wide{left.numerator} * right.denominator < Wide{right.numerator} * left.denominator;
}

Measurement mean_score(const tally::CellCounts& counts) {
    static const auto measure = indicators::find_procedure_indicator("mean_score")->measure;
    return measure(counts);
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

/// Gives the cells of one procedure their percent ranks; one mean alone has no rival.
void rank_means(std::vector<RankedMean>& means, std::vector<std::optional<double>>& ranks) {
    if (means.size() < 2) return;
    std::ranges::sort(means, less_mean);
    std::size_t lowest = 0;  // Rank of the first of equals.
    for (std::size_t i = 0; i < means.size(); ++i) {
        if (less_mean(means[lowest], means[i])) lowest = i;
        ranks[means[i].cell] = static_cast<double>(lowest) / static_cast<double>(means.size() - 1);
    }
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
    const auto rank = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) rank_means(by_procedure[i], ranks);
    };
    constexpr std::size_t worth_a_thread = 10'000;  // Cells.
    const bool small = evidence.cells().size() < worth_a_thread;
    base::in_parallel(by_procedure.size(), small ? by_procedure.size() + 1 : 1, rank);
    return ranks;
}

/// Code and title of the share that a fact is of its whole.
model::FactDefinition share_of(const model::FactDefinition& fact) {
    return {fact.code + "_share", fact.title + ", доля", fact.part_of};
}

/// An indicator of a school in a year with what is the same for all schools looked up once.
struct YearColumn {
    indicators::FactRatio ratio;
    std::string_view code;
    std::string_view title;
    model::Unit unit;
};

/// Makes the rows of one school; several threads may ask at the same time.
class RowMaker {
public:
    RowMaker(const Evidence& evidence, const IndicatorFilter& filter)
        : evidence_{evidence}, year_{filter.year} {
        const auto wanted = [&](std::string_view code) {
            return !filter.code || *filter.code == code;
        };
        for (const auto& indicator : indicators::procedure_indicators()) {
            if (wanted(indicator.code)) of_procedures_.push_back(&indicator);
        }
        for (const Comparison& one : comparisons) {
            if (wanted(one.code)) compared_.push_back(&one);
        }
        if (!compared_.empty()) ranks_ = percent_ranks(evidence);
        for (const auto& indicator : indicators::year_indicators()) {
            if (wanted(indicator.code)) add_column(indicator);
        }
        add_fact_columns(filter.facts, wanted);
        for (const std::string& code : evidence.imported_codes()) {
            if (wanted(code)) imported_.push_back(code);
        }
    }

    void add_rows(indicators::SchoolNumber number, std::vector<IndicatorRow>& rows) const {
        const model::School& school = evidence_.schools()[number];
        for (const EvidenceCell& cell : evidence_.cells_of(number)) {
            const model::Procedure& procedure = evidence_.procedures()[cell.procedure];
            if (procedure.year == year_) add_cell(number, procedure, cell, rows);
        }
        for (const YearColumn& column : of_years_) {
            IndicatorRow* row = add_known(measure(evidence_, column.ratio, number, year_),
                                          column.unit == model::Unit::share, rows);
            if (row == nullptr) continue;
            row->school = &school;
            row->indicator = column.code;
            row->title = column.title;
            row->unit = column.unit;
        }
        for (const std::string_view code : imported_) {
            const Measurement value = indicators::measure_imported(
                evidence_, evidence_.imported_number(code), number, year_);
            IndicatorRow* row = add_known(value, false, rows);
            if (row == nullptr) continue;
            row->school = &school;
            row->indicator = row->title = code;
        }
    }

private:
    void add_column(const indicators::YearIndicator& indicator) {
        if (const auto ratio = indicators::ratio_of(evidence_, indicator)) {
            of_years_.push_back({*ratio, indicator.code, indicator.title, indicator.unit});
        }
    }

    /// Every fact, and its share in the whole it is a part of, under the name that the catalogue
    /// would give it; what the catalogue has is not repeated.
    void add_fact_columns(std::span<const model::FactDefinition> facts,
                          const std::function<bool(std::string_view)>& wanted) {
        const auto add = [&](const model::FactDefinition& column, model::Unit unit,
                             std::string_view part, std::string_view whole) {
            if (!wanted(column.code) || indicators::find_year_indicator(column.code) != nullptr) {
                return;
            }
            add_column(
                {column.code, column.title, unit, indicators::Direction::neutral, part, whole});
        };
        share_names_.reserve(facts.size());  // The columns keep views of them.
        for (const model::FactDefinition& fact : facts) {
            add(fact, model::Unit::count, fact.code, "");
            if (fact.part_of.empty()) continue;
            share_names_.push_back(share_of(fact));
            add(share_names_.back(), model::Unit::share, fact.code, fact.part_of);
        }
    }

    void add_cell(indicators::SchoolNumber number, const model::Procedure& procedure,
                  const EvidenceCell& cell, std::vector<IndicatorRow>& rows) const {
        const model::School& school = evidence_.schools()[number];
        for (const indicators::ProcedureIndicator* indicator : of_procedures_) {
            IndicatorRow* row =
                add_known(measure(*indicator, cell, 1),
                          indicator->uncertainty == indicators::Uncertainty::binomial, rows);
            if (row == nullptr) continue;
            row->school = &school;
            row->procedure = &procedure;
            row->indicator = indicator->code;
            row->title = indicator->title;
            row->unit = indicator->unit;
        }
        if (!compared_.empty()) add_comparisons(number, procedure, cell, rows);
    }

    void add_comparisons(indicators::SchoolNumber number, const model::Procedure& procedure,
                         const EvidenceCell& cell, std::vector<IndicatorRow>& rows) const {
        const Measurement own = mean_score(cell.counts);
        const tally::CellCounts* total =
            evidence_.total(number, indicators::Scope::region, cell.procedure);
        if (!own.known() || total == nullptr) return;
        const Measurement region = mean_score(*total);
        const auto value = [&](Compared what) -> std::optional<double> {
            switch (what) {
                case Compared::region_mean:
                    return region.ratio.value();
                case Compared::deviation:
                    return own.ratio.value() - region.ratio.value();
                case Compared::percent_rank:
                    break;
            }
            return ranks_[static_cast<std::size_t>(&cell - evidence_.cells().data())];
        };
        for (const Comparison* one : compared_) {
            const std::optional<double> known = value(one->what);
            if (!known) continue;
            rows.push_back({.school = &evidence_.schools()[number],
                            .procedure = &procedure,
                            .indicator = one->code,
                            .title = one->title,
                            .unit = one->unit,
                            .value = *known,
                            .n = one->what == Compared::region_mean ? region.n : own.n});
        }
    }

    /// A new row with a value that is known, for the caller to name in place: made elsewhere and
    /// copied, fifteen million of them take half as long again.
    static IndicatorRow* add_known(const Measurement& value, bool share_of_pupils,
                                   std::vector<IndicatorRow>& rows) {
        if (!value.known()) return nullptr;
        IndicatorRow& row = rows.emplace_back();
        row.value = value.ratio.value();
        row.numerator = value.ratio.numerator;
        row.n = value.n;
        const bool counted = share_of_pupils && value.ratio.denominator > 0 &&
                             0 <= value.ratio.numerator &&
                             value.ratio.numerator <= value.ratio.denominator;
        if (counted) {
            const auto [low, high] =
                statistics::wilson_95(value.ratio.numerator, value.ratio.denominator);
            row.interval.emplace(low, high);
        }
        return &row;
    }

    const Evidence& evidence_;
    model::SchoolYear year_;
    std::vector<const indicators::ProcedureIndicator*> of_procedures_;
    std::vector<const Comparison*> compared_;
    std::vector<std::optional<double>> ranks_;
    std::vector<YearColumn> of_years_;
    std::vector<model::FactDefinition> share_names_;
    std::vector<std::string_view> imported_;
};

/// Rows of so many schools stay in the cache between the thread that makes them and the visitor.
constexpr std::size_t block_schools = 16;

/// A district is not worth a thread beside the calling one.
unsigned threads_for(std::size_t schools) {
    constexpr std::size_t worth_a_thread = 1000;
    const std::size_t machine = std::max(1u, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min(machine, 1 + schools / worth_a_thread));
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
    using Rows = std::vector<IndicatorRow>;
    const auto make = [&](std::size_t block, Rows& rows) {
        const std::size_t first = block * block_schools;
        const std::size_t last = std::min(first + block_schools, schools.size());
        rows.clear();
        for (std::size_t i = first; i < last; ++i) maker.add_rows(schools[i], rows);
    };
    const auto take = [&](const Rows& rows) { std::ranges::for_each(rows, std::cref(visit)); };
    const std::size_t blocks = (schools.size() + block_schools - 1) / block_schools;
    base::in_order<Rows>(blocks, threads_for(schools.size()), make, take);
}

}  // namespace opora::application
