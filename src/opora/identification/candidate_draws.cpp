#include "opora/identification/candidate_draws.hpp"

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::identification {

namespace {

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
    constexpr double smallest = 1e-9;
    return std::clamp(place - std::floor(place), smallest, 1 - smallest);
}

}  // namespace

CandidateDraws::CandidateDraws(const TerritoryPrior& prior, const rules::ListingReads& reads,
                               const rules::PooledYears* pooled)
    : prior_{prior}, indicators_{reads.indicators}, pooled_{pooled} {
    for (std::size_t i = 0; i < formulas_.size(); ++i) formulas_[i] = formula_of(i);
    const KindSet kinds = kinds_of(indicators_);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (!kinds[i]) continue;
        const KindModel& model = prior.model(static_cast<ResultKind>(i));
        const auto first = std::ranges::lower_bound(model.years, prior.year() - reads.years_back);
        OfKind of{.model = &model,
                  .kind = static_cast<ResultKind>(i),
                  .season_first = static_cast<std::size_t>(first - model.years.begin())};
        for (const auto& one : model.priors) of.posteriors.emplace_back(one);
        kinds_.push_back(std::move(of));
    }
}

void CandidateDraws::start(indicators::CandidateNumber candidate) {
    const indicators::Evidence& evidence = prior_.evidence();
    school_key_ = statistics::text_key(evidence.school_of(candidate).id.value);
    teacher_key_ = statistics::text_key(evidence.candidates()[candidate].teacher.value);
    cells_ = evidence.cells_of(candidate);
    cell_first_ = static_cast<std::size_t>(cells_.data() - evidence.cells().data());
    KindValues nothing_drawn;
    nothing_drawn.fill(not_drawn);
    drawn_.assign(cells_.size(), nothing_drawn);
    const auto year = static_cast<std::uint64_t>(prior_.year().ending);
    for (OfKind& of : kinds_) {
        of.row_first = of.model->rows.begin[candidate];
        for (auto& posterior : of.posteriors) {
            posterior.condition_on(of.model->rows.of(candidate));
        }
        statistics::Random random{purpose, year, school_key_, teacher_key_, place(of.kind)};
        of.shift = random.uniform();
    }
}

void CandidateDraws::draw_kind(OfKind& of, std::uint64_t number) {
    const std::size_t priors = of.posteriors.size();
    const statistics::NestedPosterior& posterior = of.posteriors[number % priors];
    const std::size_t count = posterior.row_count();
    if (count == 0) return;
    const auto year = static_cast<std::uint64_t>(prior_.year().ending);
    statistics::Random random{purpose, year, school_key_, teacher_key_, place(of.kind), number + 1};
    posterior.draw(within_circle(evenly(number / priors) + of.shift), random, of.season_first,
                   draw_);
    for (std::size_t i = 0; i < count; ++i) {
        const statistics::NestedRow& row = of.model->rows.rows[of.row_first + i];
        if (row.season < of.season_first) continue;
        double value = draw_.truth[i];
        if (of.kind == ResultKind::score) {
            value =
                std::max(0.0, of.model->centre[row.item] + of.model->deviation[row.item] * value);
        } else {
            value = statistics::normal_probability(value);
        }
        const std::size_t cell = of.model->cell[of.row_first + i] - cell_first_;
        drawn_[cell][place(of.kind)] = static_cast<float>(value);
    }
}

void CandidateDraws::draw(std::uint64_t number,
                          const std::array<float*, rules::drawn_indicators>& values) {
    for (OfKind& of : kinds_) draw_kind(of, number);
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
        if (!indicators_[i]) continue;
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            values[i][cell] = indicator_value(formulas_[i], drawn_[cell], cells_[cell]);
        }
    }
    if (pooled_ != nullptr) pool(values);
}

/// The true value of pooled years is the mean of the years' true values over their pupils. Later
/// years stand behind earlier ones, and their parts are read before they are replaced.
void CandidateDraws::pool(const std::array<float*, rules::drawn_indicators>& values) const {
    const auto first = static_cast<std::uint32_t>(cell_first_);
    const auto behind = static_cast<std::uint32_t>(cell_first_ + cells_.size());
    const auto begin =
        std::ranges::lower_bound(pooled_->cells, first, {}, &rules::PooledCell::cell);
    const auto end = std::ranges::lower_bound(pooled_->cells, behind, {}, &rules::PooledCell::cell);
    for (auto place = end; place != begin;) {
        --place;
        for (float* of_indicator : values) {
            if (of_indicator == nullptr) continue;
            float sum = 0;
            float pupils = 0;
            bool drawn = true;
            for (const std::uint32_t part : place->parts) {
                const indicators::EvidenceCell& cell = cells_[part - first];
                const float weight =
                    static_cast<float>(cell.counts.participants) / static_cast<float>(cell.weight);
                drawn = drawn && of_indicator[part - first] >= 0;
                sum += weight * of_indicator[part - first];
                pupils += weight;
            }
            of_indicator[place->cell - first] = drawn ? sum / pupils : not_drawn;
        }
    }
}

}  // namespace opora::identification
