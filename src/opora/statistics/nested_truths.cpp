// Many draws at a time: the same steps as NestedPosterior::draw, each over all lanes.

#include <algorithm>
#include <cmath>

#include "opora/statistics/nested_posterior.hpp"

namespace opora::statistics {

namespace {

/// sum += factor * term
void add_times(Lanes& sum, double factor, const Lanes& term) {
    const auto narrow = static_cast<float>(factor);
    for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += narrow * term[lane];
}

Lanes filled(double value) {
    Lanes all;
    all.fill(static_cast<float>(value));
    return all;
}

Lanes noise(Random& random) {
    Lanes numbers;
    fill_normal(random, numbers);
    return numbers;
}

/// middle + the lower factor's row times noise.
template <class Factor>
void add_spread(Lanes& sum, const Factor& factor, Eigen::Index row, std::span<const Lanes> moved) {
    for (Eigen::Index i = 0; i <= row; ++i) {
        add_times(sum, factor(row, i), moved[static_cast<std::size_t>(i)]);
    }
}

}  // namespace

void NestedPosterior::draw_truths(const Lanes& part, Random& random, std::size_t season_first,
                                  Truths& result) const {
    result.truth.resize(rows_.size());
    const std::vector<Lanes> seasons = season_lanes(part, random);
    for (std::size_t i = 0; i < block_count_; ++i) {
        const Block& block = blocks_[i];
        const auto latest = *std::ranges::max_element(block.season);
        if (latest < season_first) continue;
        draw_block_truths(block, seasons, random, season_first, result);
    }
}

/// a + d, by season.
std::vector<Lanes> NestedPosterior::season_lanes(const Lanes& part, Random& random) const {
    const auto seasons = static_cast<Eigen::Index>(prior_.seasons);
    const double prior = 1 / std::max(prior_.variances.season, variance_floor);
    const Vector middle = season_solve_ * season_pull_;
    const Vector slope = prior * (season_solve_ * Vector::Ones(seasons));
    Lanes effect;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        effect[lane] = static_cast<float>(quantiles_.at(static_cast<double>(part[lane])));
    }
    std::vector<Lanes> moved;
    for (Eigen::Index i = 0; i < seasons; ++i) moved.push_back(noise(random));
    std::vector<Lanes> drawn;
    for (Eigen::Index i = 0; i < seasons; ++i) {
        drawn.push_back(filled(middle[i]));
        add_times(drawn.back(), slope[i], effect);
        add_spread(drawn.back(), season_spread_, i, moved);
    }
    return drawn;
}

void NestedPosterior::draw_block_truths(const Block& block, std::span<const Lanes> seasons,
                                        Random& random, std::size_t season_first,
                                        Truths& result) const {
    const std::size_t cohorts = block.cohort_count;
    std::array<Lanes, at_most> moved;
    std::array<Lanes, at_most> both;     // a + d + h + l
    std::array<Lanes, at_most> lasting;  // a + d + h: what is true of it.
    for (std::size_t i = 0; i < cohorts; ++i) fill_normal(random, moved[i]);
    for (std::size_t i = 0; i < cohorts; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        both[i] = filled(block.middle[row]);
        for (std::size_t k = 0; k < cohorts; ++k) {
            add_times(both[i], block.along(row, static_cast<Eigen::Index>(k)),
                      seasons[block.season[k]]);
        }
        add_spread(both[i], block.spread, row, moved);
    }
    for (std::size_t i = 0; i < cohorts; ++i) {
        const Lanes& season = seasons[block.season[i]];
        const double kept = std::min(prior_.variances.cohort / block.variance[i], 1.0);
        lasting[i] = season;
        if (kept <= 0) continue;
        add_times(lasting[i], kept, both[i]);
        add_times(lasting[i], -kept, season);
        add_times(lasting[i], std::sqrt(prior_.variances.cohort * (1 - kept)), noise(random));
    }
    result.series.assign(block.series_count, Lanes{});
    for (std::size_t i = block.row_begin; i < block.row_end; ++i) {
        Lanes& sum = result.series[rows_[i].series];
        const auto weight = static_cast<float>(terms_[i].weight);
        const auto pulled = static_cast<float>(terms_[i].weight * terms_[i].distance);
        const Lanes& of_cohort = both[rows_[i].cohort];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            sum[lane] += pulled - weight * of_cohort[lane];
        }
    }
    for (std::size_t i = 0; i < block.series_count; ++i) {
        const double precision = series_precision_[block.series_begin + i];
        for (float& one : result.series[i]) one *= static_cast<float>(1 / precision);
        add_times(result.series[i], 1 / std::sqrt(precision), noise(random));
    }
    for (std::size_t i = block.row_begin; i < block.row_end; ++i) {
        const NestedRow& row = rows_[i];
        if (row.season < season_first) continue;
        const RowTerms& terms = terms_[i];
        // centre + lasting + b + c, c around what is left of the observation.
        Lanes& truth = result.truth[i];
        truth = filled(prior_.centre[row.item] + terms.kept * terms.distance);
        add_times(truth, 1, lasting[row.cohort]);
        add_times(truth, -terms.kept, both[row.cohort]);
        add_times(truth, 1 - terms.kept, result.series[row.series]);
        add_times(truth, terms.noise, noise(random));
    }
}

}  // namespace opora::statistics
