#include "opora/statistics/nested_posterior.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

void NestedPosterior::condition_on(std::span<const NestedRow> rows) {
    rows_ = rows;
    const auto seasons = static_cast<Eigen::Index>(prior_.seasons);
    OPORA_EXPECTS(seasons <= at_most);
    start_blocks();
    weigh_rows();
    Matrix form = Matrix::Zero(seasons, seasons);
    Vector pull = Vector::Zero(seasons);
    for (std::size_t i = 0; i < block_count_; ++i) add_block(blocks_[i], form, pull);
    finish_seasons(form, pull);
}

void NestedPosterior::start_blocks() {
    block_count_ = 0;
    series_precision_.clear();
    cohort_luck_.clear();
    for (std::size_t begin = 0; begin < rows_.size();) {
        std::size_t end = begin;
        std::size_t series = 0;
        std::size_t cohorts = 0;
        for (; end < rows_.size() && rows_[end].block == rows_[begin].block; ++end) {
            series = std::max<std::size_t>(series, rows_[end].series + 1U);
            cohorts = std::max<std::size_t>(cohorts, rows_[end].cohort + 1U);
        }
        OPORA_EXPECTS(cohorts <= static_cast<std::size_t>(at_most));
        if (block_count_ == blocks_.size()) blocks_.emplace_back();
        Block& block = blocks_[block_count_++];
        block.row_begin = begin;
        block.row_end = end;
        block.series_begin = series_precision_.size();
        block.series_count = series;
        block.cohort_begin = cohort_luck_.size();
        block.cohort_count = cohorts;
        block.season.assign(cohorts, 0);
        series_precision_.resize(block.series_begin + series, 0);
        cohort_luck_.resize(block.cohort_begin + cohorts, 0);
        for (std::size_t i = begin; i < end; ++i) {
            block.season[rows_[i].cohort] = rows_[i].season;
            cohort_luck_[block.cohort_begin + rows_[i].cohort] =
                rows_[i].tilt / std::max(rows_[i].pupils, 1e-6);
        }
        begin = end;
    }
}

void NestedPosterior::weigh_rows() {
    const NestedVariances& variances = prior_.variances;
    terms_.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const NestedRow& row = rows_[i];
        const double own = variances.own + variance_floor;
        const double error = own_error(row, variances);
        terms_[i] = {.weight = 1 / (own + error),
                     .distance = row.observation.value - prior_.centre[row.item],
                     .kept = own / (own + error),
                     .noise = std::sqrt(own * error / (own + error))};
    }
}

/// Adds -s' form s / 2 + pull' s, the block's evidence of the seasons' effects s.
void NestedPosterior::add_block(Block& block, Matrix& form, Vector& pull) {
    const NestedVariances& variances = prior_.variances;
    const auto cohorts = static_cast<Eigen::Index>(block.cohort_count);
    const double series_prior = 1 / std::max(variances.series, variance_floor);
    Matrix by_series = Matrix::Zero(cohorts, cohorts);
    Vector right = Vector::Zero(cohorts);
    Vector diagonal = Vector::Zero(cohorts);
    for (std::size_t series = 0; series < block.series_count; ++series) {
        Vector weights = Vector::Zero(cohorts);
        double sum = 0;
        double pulled = 0;
        for (std::size_t i = block.row_begin; i < block.row_end; ++i) {
            if (rows_[i].series != series) continue;
            weights[rows_[i].cohort] += terms_[i].weight;
            sum += terms_[i].weight;
            pulled += terms_[i].weight * terms_[i].distance;
            right[rows_[i].cohort] += terms_[i].weight * terms_[i].distance;
        }
        const double precision = series_prior + sum;
        series_precision_[block.series_begin + series] = precision;
        diagonal += weights;
        by_series.noalias() += weights * weights.transpose() / precision;
        right -= weights * (pulled / precision);
    }
    Matrix information = -by_series;
    information.diagonal() += diagonal;

    block.variance.resize(block.cohort_count);
    Matrix precision = information;
    for (Eigen::Index i = 0; i < cohorts; ++i) {
        const auto place = static_cast<std::size_t>(i);
        const double luck = variances.luck * cohort_luck_[block.cohort_begin + place];
        block.variance[place] = std::max(variances.cohort + luck, variance_floor);
        precision(i, i) += 1 / block.variance[place];
    }
    const Matrix solve = precision.llt().solve(Matrix::Identity(cohorts, cohorts));
    block.middle = solve * right;
    block.along = solve;
    for (Eigen::Index i = 0; i < cohorts; ++i) {
        block.along.col(i) /= block.variance[static_cast<std::size_t>(i)];
    }
    block.spread = solve.llt().matrixL();

    const Matrix left = information - information * solve * information;
    const Vector left_pull = right - information * block.middle;
    for (Eigen::Index i = 0; i < cohorts; ++i) {
        const auto row = static_cast<Eigen::Index>(block.season[static_cast<std::size_t>(i)]);
        pull[row] += left_pull[i];
        for (Eigen::Index k = 0; k < cohorts; ++k) {
            form(row, block.season[static_cast<std::size_t>(k)]) += left(i, k);
        }
    }
}

void NestedPosterior::finish_seasons(const Matrix& form, const Vector& pull) {
    const auto seasons = static_cast<Eigen::Index>(prior_.seasons);
    const double prior = 1 / std::max(prior_.variances.season, variance_floor);
    Matrix precision = form;
    precision.diagonal().array() += prior;
    season_solve_ = precision.llt().solve(Matrix::Identity(seasons, seasons));
    season_spread_ = season_solve_.llt().matrixL();
    season_pull_ = pull;
    // Integrated over d: -a^2 precision / 2 + a pull.
    const Vector ones = Vector::Ones(seasons);
    const Vector weighed = form * ones;
    const Vector solved = season_solve_ * weighed;
    effect_evidence_.precision = std::max(0.0, weighed.sum() - weighed.dot(solved));
    effect_evidence_.pull = pull.sum() - pull.dot(solved);
    effect_ = prior_.effect.posterior(effect_evidence_);
    quantiles_ = EffectQuantiles{effect_};
}

double NestedPosterior::season_mean(std::size_t season) const {
    const double prior = 1 / std::max(prior_.variances.season, variance_floor);
    const double effect = moments_of(effect_).mean;
    const Vector right = season_pull_.array() + prior * effect;
    return season_solve_.row(static_cast<Eigen::Index>(season)).dot(right);
}

void NestedPosterior::expect(Draw& result) const {
    draw_all(
        moments_of(effect_).mean, [] { return 0.0; }, 0, result);
}

void NestedPosterior::draw(double part, Random& random, std::size_t season_first,
                           Draw& result) const {
    draw_all(
        quantiles_.at(part), [&random] { return random.normal(); }, season_first, result);
}

/// Given the group's effect everything is normal, and its mean is what comes out without noise.
template <class Noise>
void NestedPosterior::draw_all(double effect, Noise noise, std::size_t season_first,
                               Draw& result) const {
    const auto seasons = static_cast<Eigen::Index>(prior_.seasons);
    const double prior = 1 / std::max(prior_.variances.season, variance_floor);
    result.effect = effect;
    const Vector right = season_pull_.array() + prior * effect;
    Vector moved(seasons);
    for (Eigen::Index i = 0; i < seasons; ++i) moved[i] = noise();
    const Vector drawn = season_solve_ * right + season_spread_ * moved;
    result.season.assign(drawn.begin(), drawn.end());
    result.cohort.resize(cohort_luck_.size());
    result.series.resize(series_precision_.size());
    result.own.resize(rows_.size());
    result.around.resize(rows_.size());
    result.truth.resize(rows_.size());
    for (std::size_t i = 0; i < block_count_; ++i) {
        draw_block(blocks_[i], noise, season_first, result);
    }
}

template <class Noise>
void NestedPosterior::draw_block(const Block& block, Noise noise, std::size_t season_first,
                                 Draw& result) const {
    const auto cohorts = static_cast<Eigen::Index>(block.cohort_count);
    Vector season(cohorts);
    Vector moved(cohorts);
    for (Eigen::Index i = 0; i < cohorts; ++i) {
        season[i] = result.season[block.season[static_cast<std::size_t>(i)]];
        moved[i] = noise();
    }
    const Vector both = block.middle + block.along * season + block.spread * moved;

    // The part of a cohort's deviation that is true, not luck.
    Vector lasting = Vector::Zero(cohorts);
    for (Eigen::Index i = 0; i < cohorts; ++i) {
        const auto place = static_cast<std::size_t>(i);
        const double deviation = both[i] - season[i];
        result.cohort[block.cohort_begin + place] = deviation;
        const double true_variance = prior_.variances.cohort;
        if (true_variance <= 0) continue;
        const double kept = std::min(true_variance / block.variance[place], 1.0);
        lasting[i] = kept * deviation + std::sqrt(true_variance * (1 - kept)) * noise();
    }
    double* const series = result.series.data() + block.series_begin;
    std::fill_n(series, block.series_count, 0.0);
    for (std::size_t i = block.row_begin; i < block.row_end; ++i) {
        series[rows_[i].series] += terms_[i].weight * (terms_[i].distance - both[rows_[i].cohort]);
    }
    for (std::size_t i = 0; i < block.series_count; ++i) {
        const double precision = series_precision_[block.series_begin + i];
        series[i] = series[i] / precision + noise() / std::sqrt(precision);
    }
    for (std::size_t i = block.row_begin; i < block.row_end; ++i) {
        const NestedRow& row = rows_[i];
        if (row.season < season_first) continue;
        result.around[i] = both[row.cohort] + series[row.series];
        const double residual = terms_[i].distance - result.around[i];
        result.own[i] = terms_[i].kept * residual + terms_[i].noise * noise();
        result.truth[i] = prior_.centre[row.item] + season[row.cohort] + lasting[row.cohort] +
                          series[row.series] + result.own[i];
    }
}

}  // namespace opora::statistics
