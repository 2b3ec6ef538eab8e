#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "opora/statistics/beta_binomial.hpp"

namespace opora::statistics {

/// What the results of one group say of its effect a: likelihood proportional to
/// exp(-precision a^2 / 2 + pull a), that is a normal one around pull / precision.
struct EffectEvidence {
    double precision = 0;
    double pull = 0;
};

/// The distribution of the effects of groups (schools) on a grid: probabilities of 141 cells of
/// width 0.05 around -3.5 .. 3.5.
///
/// The effect is in standard deviations of pupils; +-3.5 is far beyond any school.
class EffectDistribution {
public:
    static constexpr std::size_t cells = 141;
    static constexpr double width = 0.05;
    static constexpr std::size_t middle_cell = cells / 2;
    using Weights = std::array<double, cells>;

    static double middle(std::size_t cell) {
        return width * (static_cast<double>(cell) - static_cast<double>(middle_cell));
    }

    /// The normal distribution cut into the cells; a deviation of at least a fifth of a cell.
    static EffectDistribution normal(const Moments& moments);

    /// Student's distribution around zero, cut into the cells: normal in the middle, with room for
    /// a few groups far out, which then do not widen the rest (Lange, Little, Taylor 1989).
    static EffectDistribution student(double scale, double freedom);

    /// The smoothed nonparametric maximum-likelihood estimate of the distribution from which the
    /// groups were drawn (Laird 1978), by EM with a smoothing step (Silverman, Jones, Wilson,
    /// Nychka 1990, «EMS»): after every step the weights are averaged with a normal kernel of the
    /// deviation `kernel`. Starts from this distribution. Groups without information change
    /// nothing.
    EffectDistribution estimated(std::span<const EffectEvidence> groups, double kernel,
                                 int steps) const;

    /// The distribution moved so that its mean is zero, and by how much.
    EffectDistribution shifted(double by) const;

    /// What is believed of the effect of a group with this evidence.
    Weights posterior(const EffectEvidence& evidence) const;

    Moments moments() const;
    const Weights& weights() const { return weights_; }

private:
    Weights weights_{};
};

/// Moments of weights over the cells.
Moments moments_of(const EffectDistribution::Weights& weights);

/// Asks weights over the cells for one quantile after another.
class EffectQuantiles {
public:
    EffectQuantiles() = default;
    explicit EffectQuantiles(const EffectDistribution::Weights& weights);
    /// The value below which lies the part `p` of the weights, linear within a cell; 0 < p < 1.
    double at(double p) const;

private:
    EffectDistribution::Weights below_{};    ///< Weight of the cells before, by cell.
    EffectDistribution::Weights through_{};  ///< The same with the cell itself.
};

}  // namespace opora::statistics
