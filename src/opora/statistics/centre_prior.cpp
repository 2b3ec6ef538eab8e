#include "opora/statistics/centre_prior.hpp"

#include <algorithm>
#include <cmath>

namespace opora::statistics {

namespace {

constexpr double imagined = 4;
constexpr double usual_between_years = 0.0225;
constexpr double usual_between_series = 0.1225;

double drawn_variance(double squares, double count, double usual, Random& random) {
    return (squares + imagined * usual) / chi_square(count + imagined, random);
}

}  // namespace

double chi_square(double freedom, Random& random) {
    const double part = 2 / (9 * freedom);
    const double root = std::max(1 - part + std::sqrt(part) * random.normal(), 0.2);
    return freedom * root * root * root;
}

CentrePrior::CentrePrior(std::span<const std::uint32_t> series, std::size_t items)
    : series_{series.begin(), series.end()} {
    if (series_.empty()) {
        for (std::size_t item = 0; item < items; ++item) {
            series_.push_back(static_cast<std::uint32_t>(item));
        }
    }
    const std::uint32_t last = series_.empty() ? 0 : *std::ranges::max_element(series_);
    mean_.assign(last + 1U, 0.0);
}

void CentrePrior::learn(std::span<const double> centres, std::span<const double> weights,
                        Random& random) {
    std::vector<double> sum(mean_.size(), 0.0);
    std::vector<double> count(mean_.size(), 0.0);
    for (std::size_t item = 0; item < centres.size(); ++item) {
        if (weights[item] <= 0) continue;
        sum[series_[item]] += centres[item];
        count[series_[item]] += 1;
    }
    double of_series = 0;
    double series = 0;
    for (std::size_t i = 0; i < mean_.size(); ++i) {
        if (count[i] == 0) continue;
        const double precision = count[i] / between_years_ + 1 / between_series_;
        const double expected = (sum[i] / between_years_ + middle_ / between_series_) / precision;
        mean_[i] = expected + random.normal() / std::sqrt(precision);
        of_series += mean_[i];
        series += 1;
    }
    if (series == 0) return;
    middle_ = of_series / series + random.normal() * std::sqrt(between_series_ / series);
    double apart_series = 0;
    double apart_years = 0;
    double items = 0;
    for (std::size_t i = 0; i < mean_.size(); ++i) {
        if (count[i] > 0) apart_series += (mean_[i] - middle_) * (mean_[i] - middle_);
    }
    for (std::size_t item = 0; item < centres.size(); ++item) {
        if (weights[item] <= 0) continue;
        const double apart = centres[item] - mean_[series_[item]];
        apart_years += apart * apart;
        items += 1;
    }
    between_series_ = drawn_variance(apart_series, series, usual_between_series, random);
    between_years_ = drawn_variance(apart_years, items, usual_between_years, random);
}

double CentrePrior::draw(std::size_t item, double value, double weight, Random& random) const {
    const double precision = weight + 1 / between_years_;
    const double expected = (weight * value + mean_[series_[item]] / between_years_) / precision;
    return expected + random.normal() / std::sqrt(precision);
}

}  // namespace opora::statistics
