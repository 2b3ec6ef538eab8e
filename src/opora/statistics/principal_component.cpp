#include "opora/statistics/principal_component.hpp"

#include <Eigen/Dense>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Columns about their means and of unit length; those that do not vary become 0.
Eigen::MatrixXd standardised(const Eigen::Map<const Rows>& x, std::vector<Eigen::Index>& varying) {
    Eigen::MatrixXd z = x.rowwise() - x.colwise().mean();
    for (Eigen::Index j = 0; j < z.cols(); ++j) {
        const double length = z.col(j).norm();
        if (length <= 1e-12 * x.col(j).norm()) continue;
        z.col(j) /= length;
        varying.push_back(j);
    }
    return z;
}

bool to_be_turned(const Eigen::VectorXd& vector) {
    const double sum = vector.sum();
    if (std::abs(sum) > 1e-9) return sum < 0;
    for (Eigen::Index i = 0; i < vector.size(); ++i) {
        if (std::abs(vector(i)) > 1e-9) return vector(i) < 0;
    }
    return false;
}

}  // namespace

std::optional<PrincipalComponent> first_component(std::span<const double> rows,
                                                  std::size_t columns) {
    OPORA_EXPECTS(columns > 0 && rows.size() % columns == 0);
    const auto p = static_cast<Eigen::Index>(columns);
    const auto n = static_cast<Eigen::Index>(rows.size() / columns);
    if (n < 3) return std::nullopt;
    std::vector<Eigen::Index> varying;
    const Eigen::MatrixXd z = standardised({rows.data(), n, p}, varying);
    const auto k = static_cast<Eigen::Index>(varying.size());
    if (k < 2) return std::nullopt;

    Eigen::MatrixXd correlations(k, k);
    for (Eigen::Index i = 0; i < k; ++i) {
        for (Eigen::Index j = 0; j < k; ++j) {
            correlations(i, j) = z.col(varying[static_cast<std::size_t>(i)])
                                     .dot(z.col(varying[static_cast<std::size_t>(j)]));
        }
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{correlations};
    const Eigen::VectorXd& values = solver.eigenvalues();  // Ascending.
    if (values(k - 1) - values(k - 2) <= 1e-9 * values(k - 1)) return std::nullopt;
    Eigen::VectorXd vector = solver.eigenvectors().col(k - 1);
    if (to_be_turned(vector)) vector = -vector;

    PrincipalComponent component{std::vector<double>(columns),
                                 values(k - 1) / static_cast<double>(k)};
    for (Eigen::Index i = 0; i < k; ++i) {
        component.loadings[static_cast<std::size_t>(varying[static_cast<std::size_t>(i)])] =
            vector(i);
    }
    return component;
}

}  // namespace opora::statistics
