#include "opora/statistics/mixed_system.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "opora/base/parallel.hpp"

namespace opora::statistics {

namespace {

constexpr double redundancy = 1e-10;
constexpr double impossible = 1e300;  // A criterion worse than any other.

double squared(double x) { return x * x; }

}  // namespace

std::vector<std::uint32_t> independent_columns(const Eigen::MatrixXd& products) {
    Eigen::MatrixXd left = products;
    std::vector<std::uint32_t> kept;
    for (Eigen::Index j = 0; j < left.cols(); ++j) {
        if (!(products(j, j) > 0) || left(j, j) <= redundancy * products(j, j)) continue;
        kept.push_back(static_cast<std::uint32_t>(j));
        const Eigen::VectorXd column = left.col(j);
        left -= column * column.transpose() / column(j);
    }
    return kept;
}

MixedSystem::MixedSystem(const GroupedSums& sums, Levels levels, Likelihood likelihood)
    : given_{sums}, likelihood_{likelihood}, nested_{levels == Levels::groups_in_parents} {
    keep_columns();
    place_groups(levels);
    gather_equal_weights();
}

void MixedSystem::keep_columns() {
    const auto columns = static_cast<Eigen::Index>(given_.columns());
    const auto product = [this](Eigen::Index i, Eigen::Index j) {
        return given_.product(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
    };
    kept_ = independent_columns(Matrix::NullaryExpr(columns, columns, product));
    const auto p = static_cast<Eigen::Index>(kept_.size());
    scale_ = Eigen::VectorXd::NullaryExpr(p, [&](Eigen::Index i) {
        const auto column = kept_[static_cast<std::size_t>(i)];
        return 1 / std::sqrt(given_.product(column, column));
    });
    const auto number = [&](Eigen::Index i) -> Eigen::Index {
        return i < p ? kept_[static_cast<std::size_t>(i)] : columns;
    };
    const auto factor = [&](Eigen::Index i) { return i < p ? scale_(i) : 1.0; };
    all_ = Matrix::NullaryExpr(p + 1, p + 1, [&](Eigen::Index i, Eigen::Index j) {
        return product(number(i), number(j)) * factor(i) * factor(j);
    });
}

void MixedSystem::place_groups(Levels levels) {
    for (std::uint32_t group = 0; group < given_.groups(); ++group) {
        if (given_.rows(group) > 0) numbers_.push_back(group);
    }
    const auto parent = [this](std::uint32_t group) { return given_.parent(group); };
    if (nested_) std::ranges::stable_sort(numbers_, {}, parent);
    for (const std::uint32_t group : numbers_) {
        const bool opens = parent_begin_.empty() || levels == Levels::groups ||
                           parent(group) != parent(numbers_[weights_.size() - 1]);
        if (opens) parent_begin_.push_back(weights_.size());
        weights_.push_back(given_.weight(group));
        const auto sums = given_.sums(group);
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            sums_.push_back(sums[kept_[i]] * scale_(static_cast<Eigen::Index>(i)));
        }
        sums_.push_back(sums.back());
    }
    parent_begin_.push_back(weights_.size());

    constexpr std::size_t block_groups = 2048;
    block_begin_.push_back(0);
    for (std::size_t i = 1; i < parent_begin_.size(); ++i) {
        const bool full = parent_begin_[i] - parent_begin_[block_begin_.back()] >= block_groups;
        if (full || i + 1 == parent_begin_.size()) block_begin_.push_back(i);
    }
}

void MixedSystem::gather_equal_weights() {
    constexpr std::size_t numbers_max = 4'000'000;  // 32 MB.
    std::vector<std::size_t> order(groups());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [this](std::size_t place) { return weights_[place]; });
    const auto q = static_cast<Eigen::Index>(width());
    for (const std::size_t place : order) {
        if (equal_weight_.empty() || equal_weight_.back() != weights_[place]) {
            if ((equal_weight_.size() + 1) * width() * width() > numbers_max) {
                equal_weight_.clear();
                equal_count_.clear();
                equal_products_.clear();
                return;
            }
            equal_weight_.push_back(weights_[place]);
            equal_count_.push_back(0);
            equal_products_.emplace_back(Matrix::Zero(q, q));
        }
        const Eigen::Map<const Eigen::VectorXd> sum{s(place), q};
        equal_products_.back().noalias() += sum * sum.transpose();
        equal_count_.back() += 1;
    }
}

void MixedSystem::add_outer(double factor, const double* sum, std::vector<double>& upper) const {
    const std::size_t q = width();
    double* to = upper.data();
    for (std::size_t i = 0; i < q; ++i) {
        const double scaled = factor * sum[i];
        for (std::size_t j = i; j < q; ++j) *to++ += scaled * sum[j];
    }
}

MixedSystem::Partial MixedSystem::block(std::size_t number, RelativeVariances tau) const {
    const std::size_t q = width();
    const bool direct = equal_weight_.empty();
    Partial partial{std::vector<double>(q * (q + 1) / 2), 0};
    std::vector<double> t(q);
    for (std::size_t parent = block_begin_[number]; parent < block_begin_[number + 1]; ++parent) {
        std::ranges::fill(t, 0.0);
        double k = 0;
        for (std::size_t c = parent_begin_[parent]; c < parent_begin_[parent + 1]; ++c) {
            const double factor = 1 / (1 + weights_[c] * tau.group);
            if (direct) {
                add_outer(tau.group * factor, s(c), partial.taken);
                partial.log_determinant += std::log1p(weights_[c] * tau.group);
            }
            const double* sum = s(c);
            for (std::size_t i = 0; i < q; ++i) t[i] += factor * sum[i];
            k += factor * weights_[c];
        }
        add_outer(tau.parent / (1 + tau.parent * k), t.data(), partial.taken);
        partial.log_determinant += std::log1p(tau.parent * k);
    }
    return partial;
}

MixedSystem::Weighted MixedSystem::weighted(RelativeVariances tau) const {
    Weighted sum{all_, -given_.log_weights()};
    for (std::size_t i = 0; i < equal_weight_.size(); ++i) {
        const double k = equal_weight_[i];
        sum.m.noalias() -= tau.group / (1 + k * tau.group) * equal_products_[i];
        sum.log_determinant += equal_count_[i] * std::log1p(k * tau.group);
    }
    if (!nested_ && !equal_weight_.empty()) return sum;

    std::vector<Partial> partials(block_begin_.size() - 1);
    constexpr std::size_t blocks_per_thread = 8;
    base::in_parallel(partials.size(), blocks_per_thread, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) partials[i] = block(i, tau);
    });
    const auto q = static_cast<Eigen::Index>(width());
    for (const Partial& partial : partials) {
        std::size_t next = 0;
        for (Eigen::Index i = 0; i < q; ++i) {
            for (Eigen::Index j = i; j < q; ++j) {
                const double taken = partial.taken[next++];
                sum.m(i, j) -= taken;
                if (i != j) sum.m(j, i) -= taken;
            }
        }
        sum.log_determinant += partial.log_determinant;
    }
    return sum;
}

Solution MixedSystem::solve(RelativeVariances tau) const {
    const Weighted sum = weighted(tau);
    const auto p = static_cast<Eigen::Index>(kept_.size());
    const Matrix xx = sum.m.topLeftCorner(p, p);
    const Eigen::LLT<Matrix> factor{xx};
    Solution solution{.criterion = impossible};
    if (factor.info() != Eigen::Success) return solution;

    const Eigen::VectorXd xy = sum.m.topRightCorner(p, 1);
    const Eigen::VectorXd b = factor.solve(xy);
    const double squares = std::max(sum.m(p, p) - xy.dot(b), 1e-15 * all_(p, p));
    const bool restricted = likelihood_ == Likelihood::restricted;
    const auto rows = static_cast<double>(given_.rows());
    const double freedom = restricted ? rows - static_cast<double>(p) : rows;
    solution.criterion =
        sum.log_determinant + freedom * (1 + std::log(2 * std::numbers::pi * squares / freedom));
    if (restricted) {
        const Matrix lower = factor.matrixL();
        solution.criterion +=
            2 * (lower.diagonal().array().log().sum() - scale_.array().log().sum());
    }
    solution.residual_variance = squares / freedom;
    solution.b = scale_.asDiagonal() * b;
    const Matrix inverse = factor.solve(Matrix::Identity(p, p));
    solution.b_covariance =
        solution.residual_variance * (scale_.asDiagonal() * inverse * scale_.asDiagonal());
    return solution;
}

double MixedSystem::criterion(RelativeVariances tau) const { return solve(tau).criterion; }

std::size_t MixedSystem::rank_within(bool parents) const {
    const auto p = static_cast<Eigen::Index>(kept_.size());
    Matrix within = all_.topLeftCorner(p, p);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(p);
    double k = 0;
    for (std::size_t parent = 0; parent < this->parents(); ++parent) {
        for (std::size_t c = parent_begin_[parent]; c < parent_begin_[parent + 1]; ++c) {
            sum += Eigen::Map<const Eigen::VectorXd>{s(c), p};
            k += weights_[c];
            if (parents && c + 1 < parent_begin_[parent + 1]) continue;
            within.noalias() -= sum * sum.transpose() / k;
            sum.setZero();
            k = 0;
        }
    }
    // The columns have unit length, so that what is left of them is a share of their squares.
    std::size_t rank = 0;
    for (Eigen::Index j = 0; j < p; ++j) {
        if (within(j, j) <= redundancy) continue;
        ++rank;
        const Eigen::VectorXd column = within.col(j);
        within -= column * column.transpose() / column(j);
    }
    return rank;
}

std::size_t MixedSystem::columns_between_groups() const {
    return kept_.size() - rank_within(false);
}

std::size_t MixedSystem::columns_between_parents() const {
    return kept_.size() - rank_within(true);
}

double MixedSystem::spread_within_groups() const {
    const auto p = static_cast<Eigen::Index>(kept_.size());
    double between = 0;
    for (std::size_t c = 0; c < groups(); ++c) between += squared(s(c)[p]) / weights_[c];
    return all_(p, p) > 0 ? 1 - between / all_(p, p) : 0;
}

void MixedSystem::predict(RelativeVariances tau, const Solution& solution,
                          RandomInterceptFit& fit) const {
    const auto p = static_cast<Eigen::Index>(kept_.size());
    const double variance = solution.residual_variance;
    const Eigen::VectorXd b = solution.b.cwiseQuotient(scale_);  // Of the scaled columns.
    const Eigen::VectorXd inverse_scale = scale_.cwiseInverse();
    const Matrix covariance =
        inverse_scale.asDiagonal() * solution.b_covariance * inverse_scale.asDiagonal();
    const auto effect = [&](std::int64_t rows, double value, double given_b,
                            const Eigen::VectorXd& by_b) {
        const double all = given_b + by_b.dot(covariance * by_b);
        return GroupEffect{rows, value, std::sqrt(given_b), std::sqrt(std::max(all, 0.0))};
    };
    fit.groups.assign(given_.groups(), std::nullopt);
    for (std::size_t parent = 0; parent < parents(); ++parent) {
        Eigen::VectorXd t = Eigen::VectorXd::Zero(p + 1);
        double k = 0;
        std::int64_t rows = 0;
        for (std::size_t c = parent_begin_[parent]; c < parent_begin_[parent + 1]; ++c) {
            const double factor = 1 / (1 + weights_[c] * tau.group);
            t += factor * Eigen::Map<const Eigen::VectorXd>{s(c), p + 1};
            k += factor * weights_[c];
            rows += given_.rows(numbers_[c]);
        }
        const double v = tau.parent / (1 + tau.parent * k);
        const double upper = v * (t(p) - t.head(p).dot(b));
        if (nested_) {
            const std::uint32_t number = given_.parent(numbers_[parent_begin_[parent]]);
            if (fit.parents.size() <= number) fit.parents.resize(number + 1);
            fit.parents[number] = effect(rows, upper, variance * v, v * t.head(p));
        }
        for (std::size_t c = parent_begin_[parent]; c < parent_begin_[parent + 1]; ++c) {
            const Eigen::Map<const Eigen::VectorXd> sum{s(c), p + 1};
            const double w = tau.group / (1 + weights_[c] * tau.group);
            const double value = w * (sum(p) - sum.head(p).dot(b) - weights_[c] * upper);
            const double given_b = variance * (w + squared(w * weights_[c]) * v);
            fit.groups[numbers_[c]] = effect(given_.rows(numbers_[c]), value, given_b,
                                             w * (sum.head(p) - weights_[c] * v * t.head(p)));
        }
    }
}

double MixedSystem::fixed_variance(const Solution& solution) const {
    const auto p = static_cast<Eigen::Index>(kept_.size());
    const Eigen::VectorXd b = solution.b.cwiseQuotient(scale_);
    double total = 0;
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(p);
    for (std::size_t c = 0; c < groups(); ++c) {
        total += weights_[c];
        sum += Eigen::Map<const Eigen::VectorXd>{s(c), p};
    }
    const double mean = sum.dot(b) / total;
    return std::max(b.dot(all_.topLeftCorner(p, p) * b) / total - squared(mean), 0.0);
}

}  // namespace opora::statistics
