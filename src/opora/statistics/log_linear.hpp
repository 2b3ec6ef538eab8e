#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// Counts of a row of cells (a histogram) as a smooth curve: log E(x) is a polynomial of the place
/// x, fitted to Poisson counts by maximum likelihood (iteratively reweighted least squares:
/// McCullagh, Nelder 1989, chapter 2), as in the log-linear smoothing of score distributions
/// (Holland, Thayer 2000, J. Educ. Behav. Stat. 25, 133-183). R: glm(count ~ poly, poisson).
class LogLinearCurve {
public:
    static constexpr int degree_max = 3;

    /// Fits the cells with `used[x] != 0`. None when they do not determine the curve: fewer cells
    /// than coefficients, or counts that push the curve to infinity.
    static std::optional<LogLinearCurve> fit(std::span<const std::int32_t> counts,
                                             std::span<const std::uint8_t> used, int degree);

    /// Expected count at x, used or not.
    double expected(std::size_t x) const;

    /// Expected counts of two groups of cells and the covariance of these estimates, by the delta
    /// method: gradients times the inverse information.
    struct Expected {
        double first = 0;
        double second = 0;
        double variance_first = 0;
        double variance_second = 0;
        double covariance = 0;
    };
    Expected expected(std::span<const std::size_t> first,
                      std::span<const std::size_t> second) const;

    /// Pearson's statistic of the fit and its degrees of freedom: their ratio is about 1 when the
    /// counts scatter like Poisson's around a curve of this form.
    double pearson() const { return pearson_; }
    int freedom() const { return freedom_; }

private:
    static constexpr std::size_t size = degree_max + 1;
    using Vector = std::array<double, size>;
    using Matrix = std::array<Vector, size>;

    Vector terms(std::size_t x) const;
    double expected(const Vector& terms) const;
    Vector gradient(std::span<const std::size_t> cells, double& sum) const;
    bool solve(std::span<const std::int32_t> counts, std::span<const std::uint8_t> used);

    std::size_t terms_ = 0;
    double middle_ = 0;
    double scale_ = 1;
    Vector coefficients_{};
    Matrix covariance_{};
    double pearson_ = 0;
    int freedom_ = 0;
};

}  // namespace opora::statistics
