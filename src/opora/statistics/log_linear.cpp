#include "opora/statistics/log_linear.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"

namespace opora::statistics {

namespace {

constexpr int rounds_max = 40;
constexpr double settled = 1e-10;    // Change of the log-likelihood, relative.
constexpr double exponent_max = 40;  // A curve beyond e^40 pupils has run away.

template <std::size_t N>
using SquareMatrix = std::array<std::array<double, N>, N>;

/// Inverts the leading part of a symmetric positive definite matrix; false if it is not.
template <std::size_t N>
bool invert(SquareMatrix<N>& matrix, std::size_t size) {
    SquareMatrix<N> lower{};
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) rest -= lower[i][k] * lower[j][k];
            if (i == j && rest <= 1e-12 * matrix[i][i]) return false;
            lower[i][j] = i == j ? std::sqrt(rest) : rest / lower[j][j];
        }
    }
    for (std::size_t column = 0; column < size; ++column) {
        std::array<double, N> half{};
        for (std::size_t i = 0; i < size; ++i) {
            double rest = i == column ? 1.0 : 0.0;
            for (std::size_t k = 0; k < i; ++k) rest -= lower[i][k] * half[k];
            half[i] = rest / lower[i][i];
        }
        for (std::size_t i = size; i-- > 0;) {
            double rest = half[i];
            for (std::size_t k = i + 1; k < size; ++k) rest -= lower[k][i] * matrix[k][column];
            matrix[i][column] = rest / lower[i][i];
        }
    }
    return true;
}

}  // namespace

std::optional<LogLinearCurve> LogLinearCurve::fit(std::span<const std::int32_t> counts,
                                                  std::span<const std::uint8_t> used, int degree) {
    OPORA_EXPECTS(counts.size() == used.size() && 0 <= degree && degree <= degree_max);
    LogLinearCurve curve;
    curve.terms_ = static_cast<std::size_t>(degree) + 1;
    std::size_t cells = 0;
    std::size_t filled = 0;
    double sum = 0;
    double moment = 0;
    for (std::size_t x = 0; x < counts.size(); ++x) {
        if (used[x] == 0) continue;
        ++cells;
        filled += counts[x] > 0 ? 1 : 0;
        sum += counts[x];
        moment += static_cast<double>(counts[x]) * static_cast<double>(x);
    }
    // A curve through no more filled cells than it has coefficients fits anything.
    if (filled < curve.terms_ + 1 || cells < curve.terms_ + 1) return std::nullopt;
    curve.middle_ = moment / sum;
    double spread = 0;
    for (std::size_t x = 0; x < counts.size(); ++x) {
        const double apart = static_cast<double>(x) - curve.middle_;
        if (used[x] != 0) spread += counts[x] * apart * apart;
    }
    curve.scale_ = std::max(1.0, std::sqrt(spread / sum));
    // Starts from a normal curve with the mean and the spread of the cells.
    curve.coefficients_[0] = std::log(sum / (curve.scale_ * 2.5));
    if (curve.terms_ > 2) curve.coefficients_[2] = -0.5;
    curve.freedom_ = static_cast<int>(cells - curve.terms_);
    if (!curve.solve(counts, used)) return std::nullopt;
    return curve;
}

LogLinearCurve::Vector LogLinearCurve::terms(std::size_t x) const {
    Vector terms{1};
    const double place = (static_cast<double>(x) - middle_) / scale_;
    for (std::size_t k = 1; k < terms_; ++k) terms[k] = terms[k - 1] * place;
    return terms;
}

double LogLinearCurve::expected(std::size_t x) const { return expected(terms(x)); }

double LogLinearCurve::expected(const Vector& own) const {
    double exponent = 0;
    for (std::size_t k = 0; k < terms_; ++k) exponent += coefficients_[k] * own[k];
    return std::exp(std::min(exponent, exponent_max));
}

bool LogLinearCurve::solve(std::span<const std::int32_t> counts,
                           std::span<const std::uint8_t> used) {
    struct Cell {
        std::int32_t count;
        Vector terms;
    };
    std::vector<Cell> cells;
    cells.reserve(counts.size());
    for (std::size_t x = 0; x < counts.size(); ++x) {
        if (used[x] != 0) cells.push_back({counts[x], terms(x)});
    }
    double likelihood_before = -HUGE_VAL;
    Vector step{};
    for (int round = 0; round < rounds_max; ++round) {
        Matrix information{};
        Vector score{};
        double likelihood = 0;
        pearson_ = 0;
        for (const auto& [count, own] : cells) {
            const double mean = expected(own);
            const double apart = count - mean;
            likelihood += (count > 0 ? count * std::log(mean) : 0) - mean;
            pearson_ += apart * apart / mean;
            for (std::size_t i = 0; i < terms_; ++i) {
                score[i] += apart * own[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    information[i][j] += mean * own[i] * own[j];
                }
            }
        }
        if (likelihood < likelihood_before - settled * std::abs(likelihood_before)) {
            // Too far: half the way back.
            for (std::size_t i = 0; i < terms_; ++i) coefficients_[i] -= (step[i] /= 2);
            continue;
        }
        for (std::size_t i = 0; i < terms_; ++i) {
            for (std::size_t j = 0; j < i; ++j) information[j][i] = information[i][j];
        }
        if (!invert(information, terms_)) return false;
        covariance_ = information;
        const bool done =
            std::abs(likelihood - likelihood_before) <= settled * std::abs(likelihood);
        if (done) return true;
        likelihood_before = likelihood;
        for (std::size_t i = 0; i < terms_; ++i) {
            step[i] = 0;
            for (std::size_t j = 0; j < terms_; ++j) step[i] += covariance_[i][j] * score[j];
            coefficients_[i] += step[i];
        }
    }
    return false;
}

LogLinearCurve::Vector LogLinearCurve::gradient(std::span<const std::size_t> cells,
                                                double& sum) const {
    Vector total{};
    for (const std::size_t x : cells) {
        const Vector own = terms(x);
        const double mean = expected(own);
        sum += mean;
        for (std::size_t k = 0; k < terms_; ++k) total[k] += mean * own[k];
    }
    return total;
}

LogLinearCurve::Expected LogLinearCurve::expected(std::span<const std::size_t> first,
                                                  std::span<const std::size_t> second) const {
    Expected result;
    const Vector g = gradient(first, result.first);
    const Vector h = gradient(second, result.second);
    for (std::size_t i = 0; i < terms_; ++i) {
        for (std::size_t j = 0; j < terms_; ++j) {
            result.variance_first += g[i] * covariance_[i][j] * g[j];
            result.variance_second += h[i] * covariance_[i][j] * h[j];
            result.covariance += g[i] * covariance_[i][j] * h[j];
        }
    }
    return result;
}

}  // namespace opora::statistics
