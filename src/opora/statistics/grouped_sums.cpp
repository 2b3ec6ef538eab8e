#include "opora/statistics/grouped_sums.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

GroupedSums::GroupedSums(std::size_t columns)
    : columns_{columns}, products_((columns + 1) * (columns + 2) / 2) {
    OPORA_EXPECTS(columns > 0);
}

std::uint32_t GroupedSums::add_group(std::uint32_t parent) {
    parents_.push_back(parent);
    rows_.push_back(0);
    weights_.push_back(0);
    sums_.resize(sums_.size() + columns_ + 1);
    return static_cast<std::uint32_t>(parents_.size() - 1);
}

void GroupedSums::add(std::uint32_t group, std::span<const double> x, double y, double weight) {
    add_alike(group, x, 1, y, y * y, weight);
}

void GroupedSums::add_alike(std::uint32_t group, std::span<const double> x, std::int64_t rows,
                            double sum_y, double squares_y, double weight) {
    OPORA_EXPECTS(x.size() == columns_ && group < parents_.size() && rows >= 0 && weight > 0);
    const double total = weight * static_cast<double>(rows);
    double* product = products_.data();
    double* sum = sums_.data() + std::size_t{group} * (columns_ + 1);
    for (std::size_t i = 0; i < columns_; ++i) {
        const double weighted = total * x[i];
        for (std::size_t j = i; j < columns_; ++j) *product++ += weighted * x[j];
        *product++ += weight * x[i] * sum_y;
        sum[i] += weighted;
    }
    *product += weight * squares_y;
    sum[columns_] += weight * sum_y;
    weights_[group] += total;
    rows_[group] += rows;
    rows_all_ += rows;
    if (weight != 1) log_weights_ += static_cast<double>(rows) * std::log(weight);
}

void GroupedSums::merge(const GroupedSums& shard) {
    OPORA_EXPECTS(shard.columns_ == columns_);
    for (std::size_t i = 0; i < products_.size(); ++i) products_[i] += shard.products_[i];
    const std::size_t common = std::min(groups(), shard.groups());
    for (std::size_t i = 0; i < common; ++i) OPORA_EXPECTS(parents_[i] == shard.parents_[i]);
    while (groups() < shard.groups()) add_group(shard.parents_[groups()]);
    for (std::size_t i = 0; i < shard.groups(); ++i) {
        rows_[i] += shard.rows_[i];
        weights_[i] += shard.weights_[i];
    }
    for (std::size_t i = 0; i < shard.sums_.size(); ++i) sums_[i] += shard.sums_[i];
    rows_all_ += shard.rows_all_;
    log_weights_ += shard.log_weights_;
}

std::span<const double> GroupedSums::sums(std::uint32_t group) const {
    return {sums_.data() + std::size_t{group} * (columns_ + 1), columns_ + 1};
}

double GroupedSums::product(std::size_t i, std::size_t j) const {
    const std::size_t low = std::min(i, j);
    const std::size_t high = std::max(i, j);
    // Row `low` of the packed upper triangle begins after the rows above it.
    return products_[low * (columns_ + 1) - low * (low + 1) / 2 + high];
}

}  // namespace opora::statistics
