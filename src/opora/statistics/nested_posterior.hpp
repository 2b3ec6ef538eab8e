#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "opora/statistics/lanes.hpp"
#include "opora/statistics/nested_model.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

/// What is believed of one group: exact for the model of nested_model.hpp, whose every part but the
/// group's effect is normal.
///
/// Within a block the series effects are eliminated first (each touches only its own rows), then
/// the cohort effects; what is left of all blocks is a quadratic form in the effects of the
/// seasons, and of them in the effect of the group. Time grows with rows times cohorts of a block,
/// never with the square of the rows. Can be used again for another group, which saves memory
/// requests.
class NestedPosterior {
public:
    explicit NestedPosterior(const NestedPrior& prior) : prior_{prior} {}

    /// Rows sorted by block, their observations made.
    void condition_on(std::span<const NestedRow> rows);

    std::size_t row_count() const { return rows_.size(); }
    const EffectEvidence& effect_evidence() const { return effect_evidence_; }
    const EffectDistribution::Weights& effect() const { return effect_; }
    /// Mean of a + d_season.
    double season_mean(std::size_t season) const;

    /// Effects drawn together with the truth of the rows.
    struct Draw {
        double effect = 0;
        std::vector<double> season;  ///< a + d, by season.
        std::vector<double> cohort;  ///< h + l, by place (see `cohorts`).
        std::vector<double> series;  ///< b, by place.
        std::vector<double> own;     ///< c, by row.
        std::vector<double> around;  ///< a + d + h + l + b, by row.
        std::vector<double> truth;   ///< u, by row.
    };
    /// The means of everything instead of a draw.
    void expect(Draw& result) const;
    /// `part`: where in the distribution of the group's effect this draw lies, 0 < part < 1. Rows
    /// whose season is below `season_first` get no own effect and no truth.
    void draw(double part, Random& random, std::size_t season_first, Draw& result) const;

    /// Many draws of the truths alone, in single precision.
    struct Truths {
        std::vector<Lanes> truth;   ///< u, by row; untouched where the season is too early.
        std::vector<Lanes> series;  ///< b of one block, by place.
    };
    /// As many draws as there are lanes; `part` as above, one for each. Blocks without a row from
    /// `season_first` on cost nothing.
    void draw_truths(const Lanes& part, Random& random, std::size_t season_first,
                     Truths& result) const;

    /// tilt / pupils of every cohort of the group, in the order of Draw::cohort.
    std::span<const double> cohort_luck() const { return cohort_luck_; }

private:
    /// A variance that must be inverted is never smaller.
    static constexpr double variance_floor = 1e-8;
    static constexpr int at_most = 24;  ///< Cohorts of a block, and seasons.
    using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, at_most, 1>;
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, at_most, at_most>;

    /// F = effects of the cohorts with those of their seasons: F = middle + along s + spread noise.
    struct Block {
        std::size_t row_begin = 0;
        std::size_t row_end = 0;
        std::size_t series_begin = 0;  ///< In series_precision_.
        std::size_t series_count = 0;
        std::size_t cohort_begin = 0;
        std::size_t cohort_count = 0;
        std::vector<std::uint16_t> season;  ///< By cohort.
        std::vector<double> variance;       ///< By cohort: h + l.
        Vector middle;
        Matrix along;
        Matrix spread;
    };
    struct RowTerms {
        double weight = 0;    ///< 1 / (own + own error).
        double distance = 0;  ///< observation - centre.
        double kept = 0;      ///< Part of the residual that is the truth's.
        double noise = 0;     ///< Deviation of c given everything else.
    };

    void start_blocks();
    void weigh_rows();
    void add_block(Block& block, Matrix& form, Vector& pull);
    void finish_seasons(const Matrix& form, const Vector& pull);
    std::vector<Lanes> season_lanes(const Lanes& part, Random& random) const;
    void draw_block_truths(const Block& block, std::span<const Lanes> seasons, Random& random,
                           std::size_t season_first, Truths& result) const;
    template <class Noise>
    void draw_all(double effect, Noise noise, std::size_t season_first, Draw& result) const;
    template <class Noise>
    void draw_block(const Block& block, Noise noise, std::size_t season_first, Draw& result) const;

    const NestedPrior& prior_;
    std::span<const NestedRow> rows_;
    std::vector<RowTerms> terms_;
    std::vector<Block> blocks_;
    std::size_t block_count_ = 0;
    std::vector<double> series_precision_;
    std::vector<double> cohort_luck_;
    EffectEvidence effect_evidence_;
    EffectDistribution::Weights effect_{};
    EffectQuantiles quantiles_;
    Vector season_pull_;    ///< Without the effect of the group.
    Matrix season_solve_;   ///< Inverse precision of the seasons given the group's effect.
    Matrix season_spread_;  ///< Its lower Cholesky factor.
};

}  // namespace opora::statistics
