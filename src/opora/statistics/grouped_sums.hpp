#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace opora::statistics {

/// What a random-intercept model needs to know about its rows: cross-products, made in one pass.
///
/// For rows i with covariates x_i (a column of ones included, if there is to be an intercept),
/// response y_i and weight w_i the sums are, with a_i = (x_i, y_i):
///
///     over all rows:   A = sum w_i a_i a_i'     (columns + 1 squared, packed upper triangle)
///                      sum log w_i
///     by group:        number of rows, k = sum w_i, s = sum w_i a_i
///
/// A group's own cross-product is not kept, because the likelihood takes all groups' A together and
/// of each group only k and s (docs/statistics/contextual-model.md). Every group has a parent: the
/// upper of two nested levels. Sums of shards are merged by adding; the result is the same up to
/// rounding in whichever order that happens.
class GroupedSums {
public:
    /// `columns` of X, at least 1.
    explicit GroupedSums(std::size_t columns);

    /// A new group without rows; groups are numbered from 0 in the order of their making.
    std::uint32_t add_group(std::uint32_t parent = 0);

    /// One row. `weight` > 0: the residual variance of the row is that of the model divided by it.
    void add(std::uint32_t group, std::span<const double> x, double y, double weight = 1);

    /// `rows` rows of equal covariates and weights whose responses have this sum and this sum of
    /// squares.
    void add_alike(std::uint32_t group, std::span<const double> x, std::int64_t rows, double sum_y,
                   double squares_y, double weight = 1);

    /// Adds the sums of a shard with the same columns and the same numbering of groups; what it has
    /// beyond this one's groups is taken over.
    void merge(const GroupedSums& shard);

    std::size_t columns() const { return columns_; }
    std::size_t groups() const { return parents_.size(); }
    std::int64_t rows() const { return rows_all_; }
    std::int64_t rows(std::uint32_t group) const { return rows_[group]; }
    std::uint32_t parent(std::uint32_t group) const { return parents_[group]; }
    double weight(std::uint32_t group) const { return weights_[group]; }
    double log_weights() const { return log_weights_; }
    /// s of a group: columns + 1 numbers, the response last.
    std::span<const double> sums(std::uint32_t group) const;
    /// A(i, j); `columns()` stands for the response.
    double product(std::size_t i, std::size_t j) const;

private:
    std::size_t columns_;
    std::int64_t rows_all_ = 0;
    double log_weights_ = 0;
    std::vector<double> products_;
    std::vector<std::uint32_t> parents_;
    std::vector<std::int64_t> rows_;
    std::vector<double> weights_;
    std::vector<double> sums_;
};

}  // namespace opora::statistics
