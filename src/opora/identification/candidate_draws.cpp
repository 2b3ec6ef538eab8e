#include "opora/identification/candidate_draws.hpp"

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::identification {

namespace {

using statistics::lanes;

constexpr std::uint64_t purpose = 0x6C697374;  // «list»

/// The number's binary digits in reverse: any first so many of them lie evenly in 0..1 (van der
/// Corput 1935).
double evenly(std::uint64_t number) {
    double place = 0;
    for (double step = 0.5; number != 0; number >>= 1U, step /= 2) {
        if ((number & 1U) != 0) place += step;
    }
    return place;
}

double within_circle(double place) {
    constexpr double smallest = 1e-6;
    return std::clamp(place - std::floor(place), smallest, 1 - smallest);
}

}  // namespace

CandidateDraws::CandidateDraws(const TerritoryPrior& prior, const rules::ListingReads& reads,
                               const rules::PooledYears* pooled)
    : prior_{prior}, indicators_{reads.indicators}, pooled_{pooled} {
    for (std::size_t i = 0; i < formulas_.size(); ++i) formulas_[i] = formula_of(i);
    const KindSet kinds = kinds_of(indicators_);
    kinds_.reserve(kinds.size());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!kinds[i]) continue;
        const KindModel& model = prior.model(static_cast<ResultKind>(i));
        const auto first = std::ranges::lower_bound(model.years, prior.year() - reads.years_back);
        OfKind of{.model = &model,
                  .kind = static_cast<ResultKind>(i),
                  .season_first = static_cast<std::size_t>(first - model.years.begin())};
        for (const auto& one : model.priors) of.posteriors.emplace_back(one);
        of.truths.resize(of.posteriors.size());
        kinds_.push_back(std::move(of));
        drawn_[i] = &kinds_.back().cells;
    }
}

void CandidateDraws::start(indicators::CandidateNumber candidate) {
    const indicators::Evidence& evidence = prior_.evidence();
    school_key_ = statistics::text_key(evidence.school_of(candidate).id.value);
    teacher_key_ = statistics::text_key(evidence.candidates()[candidate].teacher.value);
    cells_ = evidence.cells_of(candidate);
    cell_first_ = static_cast<std::size_t>(cells_.data() - evidence.cells().data());
    Lanes nothing_drawn;
    nothing_drawn.fill(not_drawn);
    const auto year = static_cast<std::uint64_t>(prior_.year().ending);
    for (OfKind& of : kinds_) {
        of.row_first = of.model->rows.begin[candidate];
        for (auto& posterior : of.posteriors) {
            posterior.condition_on(of.model->rows.of(candidate));
        }
        statistics::Random random{purpose, year, school_key_, teacher_key_, place(of.kind)};
        of.shift = random.uniform();
        of.made = false;
        of.cells.assign(cells_.size(), nothing_drawn);
    }
    values_ = {.first = cell_first_, .values = {}};
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
        if (!indicators_[i]) continue;
        const bool itself = formulas_[i].form == IndicatorFormula::Form::itself;
        if (!itself || pooled_ != nullptr) derived_[i].assign(cells_.size(), nothing_drawn);
        values_.values[i] = itself && pooled_ == nullptr ? drawn_[place(formulas_[i].kind)]->data()
                                                         : derived_[i].data();
    }
}

const rules::DrawnCells& CandidateDraws::draw(std::uint64_t block) {
    for (OfKind& of : kinds_) draw_kind(of, block);
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
        if (indicators_[i] && values_.values[i] == derived_[i].data()) derive(i);
    }
    if (pooled_ != nullptr) pool();
    return values_;
}

/// A round of a kind: under every prior as many draws as there are lanes. Blocks take the draws of
/// the priors in turn.
void CandidateDraws::make_round(OfKind& of, std::uint64_t round) {
    if (of.made && of.round == round) return;
    of.round = round;
    of.made = true;
    Lanes part;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        part[lane] = static_cast<float>(within_circle(evenly(round * lanes + lane) + of.shift));
    }
    const auto year = static_cast<std::uint64_t>(prior_.year().ending);
    for (std::size_t i = 0; i < of.posteriors.size(); ++i) {
        statistics::Random random{purpose,        year, school_key_, teacher_key_,
                                  place(of.kind), i,    round + 1};
        of.posteriors[i].draw_truths(part, random, of.season_first, of.truths[i]);
    }
}

void CandidateDraws::draw_kind(OfKind& of, std::uint64_t block) {
    const std::size_t priors = of.posteriors.size();
    const std::size_t count = of.posteriors.front().row_count();
    if (count == 0) return;
    make_round(of, block / priors);
    const std::uint64_t first = block * lanes;
    const bool scores = of.kind == ResultKind::score;
    for (std::size_t i = 0; i < count; ++i) {
        const statistics::NestedRow& row = of.model->rows.rows[of.row_first + i];
        if (row.season < of.season_first) continue;
        Lanes& values = of.cells[of.model->cell[of.row_first + i] - cell_first_];
        if (priors == 1) {
            values = of.truths.front().truth[i];
        } else {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::uint64_t number = first + lane;
                values[lane] = of.truths[number % priors].truth[i][number / priors % lanes];
            }
        }
        if (!scores) {
            statistics::replace_by_probabilities(values);
            continue;
        }
        const auto centre = static_cast<float>(of.model->centre[row.item]);
        const auto deviation = static_cast<float>(of.model->deviation[row.item]);
        for (float& value : values) value = std::max(0.0F, centre + deviation * value);
    }
}

/// The values of an indicator from those of its kinds.
void CandidateDraws::derive(std::size_t indicator) {
    const KindSet needed = [&] {
        std::array<bool, rules::drawn_indicators> alone{};
        alone[indicator] = true;
        return kinds_of(alone);
    }();
    KindLanes kinds{};
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (needed[kind]) kinds[kind] = &(*drawn_[kind])[cell];
        }
        indicator_values(formulas_[indicator], kinds, cells_[cell], derived_[indicator][cell]);
    }
}

/// The true value of pooled years is the mean of the years' true values over their pupils. Later
/// years stand behind earlier ones, and their parts are read before they are replaced.
void CandidateDraws::pool() {
    const auto first = static_cast<std::uint32_t>(cell_first_);
    const auto behind = static_cast<std::uint32_t>(cell_first_ + cells_.size());
    const auto begin =
        std::ranges::lower_bound(pooled_->cells, first, {}, &rules::PooledCell::cell);
    const auto end = std::ranges::lower_bound(pooled_->cells, behind, {}, &rules::PooledCell::cell);
    for (auto place = end; place != begin;) {
        --place;
        for (std::vector<Lanes>& of_indicator : derived_) {
            if (of_indicator.empty()) continue;
            Lanes sum{};
            float pupils = 0;
            bool drawn = true;
            for (const std::uint32_t part : place->parts) {
                const indicators::EvidenceCell& cell = cells_[part - first];
                const float weight =
                    static_cast<float>(cell.counts.participants) / static_cast<float>(cell.weight);
                const Lanes& values = of_indicator[part - first];
                drawn = drawn && values.front() >= 0;
                for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += weight * values[lane];
                pupils += weight;
            }
            for (float& one : sum) one = drawn ? one / pupils : not_drawn;
            of_indicator[place->cell - first] = sum;
        }
    }
}

}  // namespace opora::identification
