#include "opora/identification/kind_rows.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace opora::identification {

namespace {

using indicators::EvidenceCell;
using indicators::ProcedureNumber;
using model::Procedure;
using statistics::NestedRow;

/// Of a procedure: where its rows belong.
struct Place {
    bool modelled = false;
    std::uint16_t season = 0;
    std::uint16_t block = 0;
    std::uint32_t series = 0;  ///< Numbered over all procedures.
    std::uint32_t cohort = 0;  ///< The same for all works of a grade in a year.
};

bool modelled(const Procedure& procedure, model::SchoolYear year) {
    const int back = year.ending - procedure.year.ending;
    return back >= 0 && back < years_modelled && procedure.type != model::ProcedureType::annual;
}

/// The years of the modelled procedures, oldest first.
std::vector<model::SchoolYear> seasons_of(std::span<const Procedure> procedures,
                                          model::SchoolYear year) {
    std::vector<model::SchoolYear> years;
    for (const Procedure& one : procedures) {
        if (modelled(one, year)) years.push_back(one.year);
    }
    std::ranges::sort(years);
    const auto repeated = std::ranges::unique(years);
    years.erase(repeated.begin(), repeated.end());
    return years;
}

std::vector<Place> places_of(std::span<const Procedure> procedures, model::SchoolYear year,
                             std::span<const model::SchoolYear> seasons) {
    const auto series_of = [](const Procedure& one) {
        return std::tuple{one.type, one.subject, one.programme_grade, one.period};
    };
    std::vector<decltype(series_of(procedures[0]))> series;
    for (const Procedure& one : procedures) series.push_back(series_of(one));
    std::ranges::sort(series);
    const auto repeated = std::ranges::unique(series);
    series.erase(repeated.begin(), repeated.end());

    std::vector<Place> places;
    for (const Procedure& one : procedures) {
        Place place;
        place.modelled = modelled(one, year);
        if (place.modelled) {
            place.season = static_cast<std::uint16_t>(std::ranges::lower_bound(seasons, one.year) -
                                                      seasons.begin());
            place.block = static_cast<std::uint16_t>(one.programme_grade);
            place.series = static_cast<std::uint32_t>(
                std::ranges::lower_bound(series, series_of(one)) - series.begin());
            place.cohort = static_cast<std::uint32_t>(one.grade * years_modelled + place.season);
        }
        places.push_back(place);
    }
    return places;
}

/// Pupils' scores of one procedure put together.
struct ScoreSums {
    double pupils = 0;
    double sum = 0;
    double squares = 0;
    double between = 0;  ///< Sum of squares of the schools' means, weighted.
    double schools = 0;
};

std::vector<ScoreSums> score_sums(const indicators::Evidence& evidence) {
    std::vector<ScoreSums> sums(evidence.procedures().size());
    for (const EvidenceCell& cell : evidence.cells()) {
        if (cell.counts.scored <= 0) continue;
        const double weight = cell.weight;
        const double pupils = cell.counts.scored / weight;
        const double sum = static_cast<double>(cell.counts.score_sum) / weight;
        ScoreSums& all = sums[cell.procedure];
        all.pupils += pupils;
        all.sum += sum;
        all.squares += static_cast<double>(cell.counts.score_squares) / weight;
        all.between += sum * sum / pupils;
        all.schools += 1;
    }
    return sums;
}

/// Series and cohorts get numbers within their block, in the order in which they appear.
void number_within_blocks(std::span<NestedRow> rows, std::span<const Place> places) {
    std::size_t begin = 0;
    std::vector<std::uint32_t> series;
    std::vector<std::uint32_t> cohorts;
    const auto number = [](std::vector<std::uint32_t>& seen, std::uint32_t key) {
        const auto found = std::ranges::find(seen, key);
        if (found != seen.end()) return static_cast<std::uint16_t>(found - seen.begin());
        seen.push_back(key);
        return static_cast<std::uint16_t>(seen.size() - 1);
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].block != rows[begin].block) {
            begin = i;
            series.clear();
            cohorts.clear();
        }
        rows[i].series = number(series, places[rows[i].item].series);
        rows[i].cohort = number(cohorts, places[rows[i].item].cohort);
    }
}

/// A work by choice is taken by a part of the cohort: what its pupils have in common with the other
/// works is the luck of the whole cohort, as large as the largest work says.
void take_largest_of_cohorts(std::span<NestedRow> rows) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin;
        std::vector<double> pupils;
        for (; end < rows.size() && rows[end].block == rows[begin].block; ++end) {
            pupils.resize(std::max<std::size_t>(pupils.size(), rows[end].cohort + 1U), 0.0);
            pupils[rows[end].cohort] = std::max(pupils[rows[end].cohort], rows[end].pupils);
        }
        for (; begin < end; ++begin) rows[begin].pupils = pupils[rows[begin].cohort];
    }
}

class RowMaker {
public:
    RowMaker(const indicators::Evidence& evidence, model::SchoolYear year, ResultKind kind)
        : evidence_{evidence}, kind_{kind} {
        model_.years = seasons_of(evidence.procedures(), year);
        places_ = places_of(evidence.procedures(), year, model_.years);
        model_.rows.items = evidence.procedures().size();
        for (const Place& place : places_) model_.rows.item_series.push_back(place.series);
        model_.rows.seasons = std::max<std::size_t>(model_.years.size(), 1);
        model_.rows.shares = kind != ResultKind::score;
        if (kind == ResultKind::score) measure_scores();
    }

    KindModel made() {
        const auto candidates = evidence_.candidates().size();
        for (indicators::CandidateNumber i = 0; i < candidates; ++i) {
            add_candidate(i);
            model_.rows.begin.push_back(model_.rows.rows.size());
        }
        return std::move(model_);
    }

private:
    void measure_scores() {
        for (const ScoreSums& all : score_sums(evidence_)) {
            const double freedom = all.pupils - all.schools;
            const double within = freedom > 0 ? (all.squares - all.between) / freedom : 0;
            model_.centre.push_back(all.pupils > 0 ? all.sum / all.pupils : 0);
            // Scores that do not differ within schools have no scale to draw on.
            model_.deviation.push_back(within > 1e-6 ? std::sqrt(within) : 0);
        }
    }

    void add_candidate(indicators::CandidateNumber candidate) {
        struct Found {
            NestedRow row;
            std::uint32_t cell;
        };
        std::vector<Found> found;
        for (const EvidenceCell& cell : evidence_.cells_of(candidate)) {
            const Place& place = places_[cell.procedure];
            if (!place.modelled) continue;
            NestedRow row;
            row.item = cell.procedure;
            row.season = place.season;
            row.block = place.block;
            if (!measure(cell, row)) continue;
            found.push_back({row, static_cast<std::uint32_t>(&cell - evidence_.cells().data())});
        }
        std::ranges::stable_sort(found, {}, [](const Found& one) { return one.row.block; });
        const std::size_t begin = model_.rows.rows.size();
        for (const Found& one : found) {
            model_.rows.rows.push_back(one.row);
            model_.cell.push_back(one.cell);
        }
        const auto own = std::span{model_.rows.rows}.subspan(begin);
        number_within_blocks(own, places_);
        take_largest_of_cohorts(own);
    }

    bool measure(const EvidenceCell& cell, NestedRow& row) const {
        if (kind_ != ResultKind::score) {
            const auto pupils = counted(kind_, cell);
            if (!pupils) return false;
            row.counted = *pupils;
            row.pupils = pupils->all;
            return true;
        }
        const double deviation = model_.deviation[cell.procedure];
        if (cell.counts.scored <= 0 || deviation <= 0) return false;
        row.pupils = static_cast<double>(cell.counts.scored) / cell.weight;
        const double mean =
            static_cast<double>(cell.counts.score_sum) / static_cast<double>(cell.counts.scored);
        row.observation =
            statistics::observe_mean(mean, row.pupils, {model_.centre[cell.procedure], deviation});
        return true;
    }

    const indicators::Evidence& evidence_;
    ResultKind kind_;
    std::vector<Place> places_;
    KindModel model_;
};

/// The indicators by which reference values of a kind may be given.
std::vector<std::string_view> reference_codes(ResultKind kind) {
    switch (kind) {
        case ResultKind::low:
            return {"low_share", "below_minimum_share"};
        case ResultKind::two:
            return {"share_of_two"};
        case ResultKind::score:
            return {"mean_score", "score_share"};
        case ResultKind::at_minimum:
            return {"at_minimum_share"};
        case ResultKind::bottom_quartile:
            return {"bottom_quartile_share"};
        default:
            return {};
    }
}

}  // namespace

KindModel kind_rows(const indicators::Evidence& evidence, model::SchoolYear year, ResultKind kind) {
    return RowMaker{evidence, year, kind}.made();
}

std::vector<std::optional<statistics::Moments>> imported_moments(
    const indicators::Evidence& evidence, const KindModel& model, ResultKind kind) {
    std::vector<std::optional<statistics::Moments>> all(model.rows.items);
    for (std::size_t i = 0; i < model.rows.rows.size(); ++i) {
        const EvidenceCell& cell = evidence.cells()[model.cell[i]];
        auto& moments = all[cell.procedure];
        if (moments) continue;
        const auto school = evidence.candidates()[cell.candidate].school;
        for (const std::string_view code : reference_codes(kind)) {
            const model::ReferenceValue* value =
                evidence.reference(school, indicators::Scope::region, cell.procedure, code);
            if (value == nullptr || !value->spread || value->spread->value() <= 0) continue;
            double mean = value->value.value();
            double spread = value->spread->value();
            if (kind != ResultKind::score) {
                moments = statistics::probit_moments(statistics::beta_of_moments(mean, spread));
                break;
            }
            const double top = code == "score_share" ? cell.counts.score_max : 1;
            if (top <= 0) continue;
            mean *= top;
            spread *= top;
            const double deviation = model.deviation[cell.procedure];
            moments = statistics::Moments{(mean - model.centre[cell.procedure]) / deviation,
                                          spread / deviation};
            break;
        }
    }
    return all;
}

}  // namespace opora::identification
