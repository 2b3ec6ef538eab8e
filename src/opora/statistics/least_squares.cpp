#include "opora/statistics/least_squares.hpp"

#include <Eigen/Dense>
#include <cmath>
#include <map>

#include "opora/statistics/mixed_system.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::statistics {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

base::Unexpected<base::Error> refused(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

/// The independent columns of X, each scaled to unit length.
struct Design {
    std::vector<std::uint32_t> kept;
    Vector scale;
    Matrix x;
};

Design design_of(const Eigen::Map<const Rows>& x) {
    Design design{independent_columns(x.transpose() * x), {}, {}};
    const auto p = static_cast<Eigen::Index>(design.kept.size());
    design.scale.resize(p);
    design.x.resize(x.rows(), p);
    for (Eigen::Index j = 0; j < p; ++j) {
        const auto column = x.col(design.kept[static_cast<std::size_t>(j)]);
        design.scale(j) = 1 / column.norm();
        design.x.col(j) = column * design.scale(j);
    }
    return design;
}

/// sum_g X_g'e_g e_g'X_g, clusters in ascending order.
Matrix meat(const Matrix& x, const Vector& residuals, std::span<const std::uint32_t> clusters,
            std::int64_t& count) {
    std::map<std::uint32_t, Vector> scores;
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        Vector& score =
            scores.try_emplace(clusters[static_cast<std::size_t>(i)], Vector::Zero(x.cols()))
                .first->second;
        score += x.row(i).transpose() * residuals(i);
    }
    Matrix sum = Matrix::Zero(x.cols(), x.cols());
    for (const auto& [cluster, score] : scores) sum += score * score.transpose();
    count = static_cast<std::int64_t>(scores.size());
    return sum;
}

}  // namespace

base::Result<LeastSquaresFit> fit_least_squares(std::span<const double> x, std::size_t columns,
                                                std::span<const double> y,
                                                std::span<const std::uint32_t> clusters) {
    OPORA_EXPECTS(columns > 0 && x.size() == columns * y.size() && clusters.size() == y.size());
    const auto n = static_cast<Eigen::Index>(y.size());
    const Eigen::Map<const Rows> given{x.data(), n, static_cast<Eigen::Index>(columns)};
    const Eigen::Map<const Vector> response{y.data(), n};
    const Design design = design_of(given);
    const auto p = static_cast<Eigen::Index>(design.kept.size());
    if (p == 0 || n <= p) {
        return refused("regression_too_few_rows", "наблюдений не больше, чем признаков");
    }
    const double about_mean = (response.array() - mean(y)).square().sum();
    if (about_mean <= 1e-24 * response.squaredNorm()) {
        return refused("regression_no_spread", "объясняемая величина не меняется");
    }
    const Eigen::LLT<Matrix> factor{design.x.transpose() * design.x};
    const Vector b = factor.solve(design.x.transpose() * response);
    const Vector residuals = response - design.x * b;

    LeastSquaresFit fit{.rows = n};
    const Matrix middle = meat(design.x, residuals, clusters, fit.clusters);
    if (fit.clusters < 2) return refused("regression_one_cluster", "группа одна");
    const auto groups = static_cast<double>(fit.clusters);
    const auto rows = static_cast<double>(n);
    const double correction = groups / (groups - 1) * (rows - 1) / (rows - static_cast<double>(p));
    const Matrix bread = factor.solve(Matrix::Identity(p, p));
    const Matrix covariance = correction * (bread * middle * bread);

    fit.coefficients.assign(columns, {.left_out = true});
    for (Eigen::Index j = 0; j < p; ++j) {
        fit.coefficients[design.kept[static_cast<std::size_t>(j)]] = {
            false, b(j) * design.scale(j),
            std::sqrt(std::max(covariance(j, j), 0.0)) * design.scale(j)};
    }
    fit.residual_variance = residuals.squaredNorm() / (rows - static_cast<double>(p));
    fit.r2 = 1 - residuals.squaredNorm() / about_mean;
    return fit;
}

}  // namespace opora::statistics
