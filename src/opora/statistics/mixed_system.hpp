#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <span>
#include <vector>

#include "opora/statistics/random_intercept.hpp"

namespace opora::statistics {

/// Relative variances of the intercepts, var(intercept) / var(residual).
struct RelativeVariances {
    double group = 0;
    double parent = 0;  ///< 0 for one level.
};

/// What the generalised least squares of given relative variances gives.
struct Solution {
    double criterion = 0;
    double residual_variance = 0;
    Eigen::VectorXd b;  ///< Of the kept columns, in the units of the caller.
    Eigen::MatrixXd b_covariance;
};

/// The sums of a model, arranged for repeated evaluation of its profiled deviance.
///
/// With V = I + tau1 Z1 Z1' + tau2 Z2 Z2' (in units of the residual variance, rows weighted) the
/// inverse of V is known in closed form, level by level, and
///
///     M = (X y)' V^-1 (X y) = A - sum_c tau1 / (1 + k_c tau1) s_c s_c' - sum_p v_p t_p t_p'
///     t_p = sum_(c in p) s_c / (1 + k_c tau1),  k_p = sum_(c in p) k_c / (1 + k_c tau1)
///     v_p = tau2 / (1 + tau2 k_p)
///     log |V| = sum_c log(1 + k_c tau1) + sum_p log(1 + tau2 k_p).
///
/// Groups of equal weight share their factor, so that their s s' are added up once. Columns are
/// scaled to unit length; sums over parents are made in fixed blocks, on several threads.
class MixedSystem {
public:
    MixedSystem(const GroupedSums& sums, Levels levels, Likelihood likelihood);

    std::span<const std::uint32_t> kept() const { return kept_; }  ///< Independent columns.
    std::size_t groups() const { return weights_.size(); }         ///< With rows.
    std::size_t parents() const { return parent_begin_.size() - 1; }
    /// Dimension of the space of X that does not vary within groups, and within parents.
    std::size_t columns_between_groups() const;
    std::size_t columns_between_parents() const;
    /// Sum of squares of the response about the means of its groups, as a share of y'y.
    double spread_within_groups() const;

    double criterion(RelativeVariances tau) const;
    Solution solve(RelativeVariances tau) const;

    /// Predicted intercepts; by number of the group, and of the parent.
    void predict(RelativeVariances tau, const Solution& solution, RandomInterceptFit& fit) const;
    double fixed_variance(const Solution& solution) const;

private:
    using Matrix = Eigen::MatrixXd;

    struct Weighted {
        Matrix m;  ///< (X y)' V^-1 (X y) of the scaled columns, upper triangle.
        double log_determinant = 0;
    };
    struct Partial {
        std::vector<double> taken;  ///< To be subtracted from A, upper triangle by rows.
        double log_determinant = 0;
    };

    void keep_columns();
    void place_groups(Levels levels);
    void gather_equal_weights();
    std::size_t rank_within(bool parents) const;
    Weighted weighted(RelativeVariances tau) const;
    Partial block(std::size_t number, RelativeVariances tau) const;
    void add_outer(double factor, const double* s, std::vector<double>& upper) const;
    std::size_t width() const { return kept_.size() + 1; }
    const double* s(std::size_t place) const { return sums_.data() + place * width(); }

    const GroupedSums& given_;
    Likelihood likelihood_;
    bool nested_;
    std::vector<std::uint32_t> kept_;
    Eigen::VectorXd scale_;  ///< Of kept columns; the response is not scaled.
    Matrix all_;             ///< A of kept columns, scaled, and the response; symmetric.
    // By place: groups with rows, those of a parent together.
    std::vector<std::uint32_t> numbers_;
    std::vector<double> weights_;
    std::vector<double> sums_;               ///< Rows of width().
    std::vector<std::size_t> parent_begin_;  ///< Places; one more at the end.
    std::vector<std::size_t> block_begin_;   ///< Parents; one more at the end.
    // Groups of equal weight; empty if there are too many different weights.
    std::vector<double> equal_weight_;
    std::vector<double> equal_count_;
    std::vector<Matrix> equal_products_;
};

/// Columns of a cross-product that are no linear combination of those before them: what is left of
/// a column's sum of squares exceeds 1e-10 of it.
std::vector<std::uint32_t> independent_columns(const Eigen::MatrixXd& products);

}  // namespace opora::statistics
