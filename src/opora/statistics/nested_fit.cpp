#include "opora/statistics/nested_fit.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/base/parallel.hpp"
#include "opora/statistics/centre_prior.hpp"
#include "opora/statistics/nested_posterior.hpp"

namespace opora::statistics {

namespace {

constexpr int rounds_of_many = 24;
constexpr int rounds_of_few = 48;
constexpr int looks_of_start = 6;  ///< The observations change in the first looks; then
constexpr int looks_apart = 4;     ///< every fourth look is enough.
constexpr std::size_t sample_max = 1000;
constexpr int effect_steps = 200;
constexpr std::size_t effect_groups_max = 4000;
constexpr std::size_t worth_a_thread = 8;
constexpr std::uint64_t purpose = 0x7072696F72;  // «prior»

/// Usual values of school research, worth so many imagined effects: they decide only where a
/// territory is too small to say (docs/statistics/uncertainty.md names the sources).
constexpr double imagined_groups = 4;
constexpr double imagined_effects = 20;
constexpr NestedVariances usual{
    .season = 0.0025, .cohort = 0.0, .series = 0.0144, .own = 0.01, .luck = 0.65};
constexpr double usual_effect = 0.09;
/// Of the Student distribution of the effects of few groups.
constexpr double freedom_of_few = 4;
constexpr double luck_doubt = 0.15;      ///< Standard deviation of the belief in `usual.luck`.
constexpr double cohort_doubt = 0.0025;  ///< The same of `usual.cohort`.

double mean_square(double sum, double count, double expected, double imagined) {
    return (sum + imagined * expected) / (count + imagined);
}

/// Squares of the effects of one group, drawn once.
struct GroupSums {
    EffectEvidence evidence;
    double drawn = 0;  ///< Effect of the group.
    double season = 0;
    double seasons = 0;
    double series = 0;
    double series_count = 0;
    double own = 0;
    double rows = 0;
    // Normal equations of cohort^2 = cohort variance + luck * tilt / pupils.
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wy = 0;
    double wxy = 0;
};

class Fit {
public:
    Fit(NestedRows& rows, const NestedFitOptions& options)
        : rows_{rows}, options_{options}, centres_{rows.item_series, rows.items} {
        const std::size_t groups = rows.groups();
        const std::size_t sampled = std::min(groups, sample_max);
        for (std::size_t i = 0; i < sampled; ++i) sample_.push_back(i * groups / sampled);
        for (std::size_t group = 0; group < groups; ++group) everyone_.push_back(group);
        level_.assign(groups, std::vector<double>(rows.seasons, 0.0));
        doubt_.assign(groups, 0.0);
        residual_.assign(rows.rows.size(), 0.0);
        weight_.assign(rows.rows.size(), 0.0);
    }

    std::vector<NestedPrior> run() {
        start();
        if (few()) {
            Random random{purpose, options_.seed, 997};
            const std::vector<double> all(rows_.items, 1.0);
            centres_.learn(prior_.centre, all, random);
            return possible();
        }
        NestedVariances sum{};
        constexpr int half = rounds_of_many / 2;
        for (int round = 0; round < rounds_of_many; ++round) {
            learn(look(sample_, Look::draw));
            if (round >= half) add(sum, prior_.variances);
        }
        prior_.variances = divided(sum, half);
        if (everyone_.size() > sample_.size()) meet_the_others();
        learn_effect(look(everyone_, Look::expect), effect_steps);
        move_centres(everyone_);
        look(everyone_, Look::observe);
        return {prior_};
    }

private:
    bool few() const { return rows_.groups() < groups_for_one_prior; }

    /// Draws of the parameters, from the second half of the rounds.
    std::vector<NestedPrior> possible() {
        std::vector<NestedPrior> priors;
        constexpr int half = rounds_of_few / 2;
        constexpr int apart = half / static_cast<int>(possible_priors);
        for (int round = 1; round <= rounds_of_few; ++round) {
            learn(look(sample_, Look::draw));
            if (round > half && (round - half) % apart == 0) priors.push_back(prior_);
        }
        look(everyone_, Look::observe);
        return priors;
    }

    /// Groups that the rounds never looked at are as uncertain as the distribution of the effects.
    void meet_the_others() {
        const double deviation = prior_.effect.moments().deviation;
        std::vector<std::uint8_t> met(everyone_.size(), 0);
        for (const std::size_t group : sample_) met[group] = 1;
        for (const std::size_t group : everyone_) {
            if (met[group] == 0) doubt_[group] = deviation * deviation + prior_.variances.season;
        }
        look(everyone_, Look::expect);
    }

    static void add(NestedVariances& sum, const NestedVariances& one) {
        sum.season += one.season;
        sum.cohort += one.cohort;
        sum.series += one.series;
        sum.own += one.own;
        sum.luck += one.luck;
    }
    static NestedVariances divided(const NestedVariances& sum, double count) {
        return {sum.season / count, sum.cohort / count, sum.series / count, sum.own / count,
                sum.luck / count};
    }

    bool imported(std::size_t item) const {
        return item < options_.imported.size() && options_.imported[item].has_value();
    }

    void start() {
        prior_.seasons = rows_.seasons;
        prior_.groups = rows_.groups();
        prior_.centre.assign(rows_.items, 0.0);
        start_deviation_.assign(rows_.items, 0.3);
        prior_.variances = usual;
        if (rows_.shares) start_shares();
        double known = 0;
        double sum = 0;
        for (std::size_t item = 0; item < rows_.items; ++item) {
            if (!imported(item)) continue;
            const Moments& moments = *options_.imported[item];
            prior_.centre[item] = moments.mean;
            start_deviation_[item] = moments.deviation;
            sum += moments.deviation * moments.deviation;
            known += 1;
        }
        if (known > 0) imported_variance_ = sum / known;
        prior_.effect = EffectDistribution::normal({0, std::sqrt(usual_effect)});
    }

    /// Every item by itself: Beta prior by moments.
    void start_shares() {
        std::vector<std::vector<Counted>> counted(rows_.items);
        for (const NestedRow& row : rows_.rows) counted[row.item].push_back(row.counted);
        for (std::size_t item = 0; item < rows_.items; ++item) {
            const Moments moments = probit_moments(beta_prior(counted[item]));
            prior_.centre[item] = moments.mean;
            start_deviation_[item] = std::clamp(moments.deviation, 0.1, 1.0);
        }
    }

    enum class Look : std::uint8_t { observe, expect, draw };

    /// Makes the observations of the groups; then their expected effects, and a draw of them.
    std::vector<GroupSums> look(const std::vector<std::size_t>& groups, Look depth) {
        std::vector<GroupSums> sums(groups.size());
        const bool observing =
            looks_ < looks_of_start || looks_ % looks_apart == 0 || depth != Look::draw;
        base::in_parallel(
            groups.size(), worth_a_thread,
            [&](std::size_t begin, std::size_t end) {
                NestedPosterior posterior{prior_};
                NestedPosterior::Draw draw;
                for (std::size_t i = begin; i < end; ++i) {
                    if (observing) observe(groups[i]);
                    if (depth == Look::observe || rows_.of(groups[i]).empty()) continue;
                    posterior.condition_on(rows_.of(groups[i]));
                    posterior.expect(draw);
                    remember(groups[i], posterior, draw);
                    sums[i].evidence = posterior.effect_evidence();
                    if (depth == Look::draw) add_draw(groups[i], posterior, draw, sums[i]);
                }
            },
            options_.threads);
        ++looks_;
        return sums;
    }

    void observe(std::size_t group) {
        if (!rows_.shares) return;
        const NestedVariances& variances = prior_.variances;
        const double within = variances.cohort + variances.series + variances.own;
        std::vector<double> expected(rows_.of(group).size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            NestedRow& row = rows_.of(group)[i];
            Moments before{prior_.centre[row.item], start_deviation_[row.item]};
            if (looks_ > 0) {
                before.mean += level_[group][row.season];
                before.deviation = std::sqrt(within + doubt_[group]);
            }
            row.observation = observe_share(row.counted, before);
            expected[i] = before.mean;
        }
        tilt_luck(rows_.of(group), expected);
    }

    /// What the next observations and the centres need of a group.
    void remember(std::size_t group, const NestedPosterior& posterior,
                  const NestedPosterior::Draw& expected) {
        const auto rows = rows_.of(group);
        const double deviation = moments_of(posterior.effect()).deviation;
        doubt_[group] = deviation * deviation + prior_.variances.season;
        level_[group] = expected.season;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t place = rows_.begin[group] + i;
            const double error = own_error(rows[i], prior_.variances);
            weight_[place] = 1 / (prior_.variances.own + error);
            residual_[place] = rows[i].observation.value - expected.around[i];
        }
    }

    void add_draw(std::size_t group, const NestedPosterior& posterior, NestedPosterior::Draw& draw,
                  GroupSums& sums) {
        Random random{purpose, options_.seed, static_cast<std::uint64_t>(looks_), group};
        posterior.draw(random.uniform(), random, 0, draw);
        for (const double level : draw.season) {
            sums.season += (level - draw.effect) * (level - draw.effect);
        }
        sums.seasons = static_cast<double>(draw.season.size());
        for (const double b : draw.series) sums.series += b * b;
        sums.series_count = static_cast<double>(draw.series.size());
        for (const double c : draw.own) sums.own += c * c;
        sums.rows = static_cast<double>(draw.own.size());
        add_cohorts(posterior.cohort_luck(), draw, sums);
        if (!few()) return;
        // A sampler conditions the centres on what was drawn, not on what is expected.
        sums.drawn = draw.effect;
        const auto rows = rows_.of(group);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            residual_[rows_.begin[group] + i] = rows[i].observation.value - draw.around[i];
        }
    }

    void add_cohorts(std::span<const double> unit_luck, const NestedPosterior::Draw& draw,
                     GroupSums& sums) const {
        const NestedVariances& variances = prior_.variances;
        for (std::size_t i = 0; i < unit_luck.size(); ++i) {
            const double x = unit_luck[i];
            const double variance = variances.cohort + variances.luck * x;
            const double w = 0.5 / (variance * variance);
            const double y = draw.cohort[i] * draw.cohort[i];
            sums.w += w;
            sums.wx += w * x;
            sums.wxx += w * x * x;
            sums.wy += w * y;
            sums.wxy += w * x * y;
        }
    }

    void learn(const std::vector<GroupSums>& all) {
        GroupSums sum;
        for (const GroupSums& one : all) {
            sum.season += one.season;
            sum.seasons += one.seasons;
            sum.series += one.series;
            sum.series_count += one.series_count;
            sum.own += one.own;
            sum.rows += one.rows;
            sum.w += one.w;
            sum.wx += one.wx;
            sum.wxx += one.wxx;
            sum.wy += one.wy;
            sum.wxy += one.wxy;
        }
        ++learned_;
        NestedVariances& variances = prior_.variances;
        variances.season = variance(sum.season, sum.seasons, usual.season, imagined_effects);
        variances.series = variance(sum.series, sum.series_count, usual.series, imagined_effects);
        variances.own = variance(sum.own, sum.rows, usual.own, imagined_effects);
        learn_cohorts(sum);
        learn_effect(all, 3);
        move_centres(sample_);
    }

    /// The mean square of effects, or for few groups a draw of the variance that they may have:
    /// scaled inverse chi-square, by the cube-root normal approximation (Wilson and Hilferty 1931).
    double variance(double sum, double count, double expected, double imagined) {
        const double mean = mean_square(sum, count, expected, imagined);
        if (!few()) return mean;
        const double freedom = count + imagined;
        Random random{purpose, options_.seed, static_cast<std::uint64_t>(learned_), ++drawn_};
        return mean * freedom / chi_square(freedom, random);
    }

    void learn_cohorts(const GroupSums& sum) {
        const double luck_weight = 1 / (luck_doubt * luck_doubt);
        const double cohort_weight = 1 / (cohort_doubt * cohort_doubt);
        const double a11 = sum.w + cohort_weight;
        const double a22 = sum.wxx + luck_weight;
        const double b1 = sum.wy + cohort_weight * usual.cohort;
        const double b2 = sum.wxy + luck_weight * usual.luck;
        const double determinant = a11 * a22 - sum.wx * sum.wx;
        double cohort = (b1 * a22 - b2 * sum.wx) / determinant;
        double luck = (a11 * b2 - sum.wx * b1) / determinant;
        if (cohort < 0) {
            cohort = 0;
            luck = b2 / a22;
        }
        prior_.variances.cohort = cohort;
        prior_.variances.luck = std::clamp(luck, 0.05, 2.0);
    }

    void learn_effect(const std::vector<GroupSums>& all, int steps) {
        std::vector<EffectEvidence> evidence;
        for (const GroupSums& one : all) {
            if (one.evidence.precision > 0) evidence.push_back(one.evidence);
        }
        groups_with_evidence_ = evidence.size();
        if (few()) draw_scale(all);
        if (imported_variance_) {
            const NestedVariances& v = prior_.variances;
            const double between = *imported_variance_ - v.season - v.cohort - v.series - v.own;
            prior_.effect = EffectDistribution::normal({0, std::sqrt(std::max(between, 0.0025))});
            return;
        }
        if (evidence.size() < groups_for_free_form) {
            prior_.effect = EffectDistribution::student(std::sqrt(scale_), freedom_of_few);
            return;
        }
        if (evidence.size() > effect_groups_max) {
            const std::size_t count = evidence.size();
            for (std::size_t i = 0; i < effect_groups_max; ++i) {
                evidence[i] = evidence[i * count / effect_groups_max];
            }
            evidence.resize(effect_groups_max);
        }
        const double deviation = prior_.effect.moments().deviation;
        const double kernel =
            0.1 * deviation * std::pow(500.0 / static_cast<double>(evidence.size()), 0.2);
        prior_.effect = prior_.effect.estimated(evidence, kernel, steps);
    }

    /// The squared scale of the effects of few groups: a group far out has a small weight of its
    /// own.
    void draw_scale(const std::vector<GroupSums>& all) {
        double squares = 0;
        double count = 0;
        weighed_ = 0;
        drawn_mean_ = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].evidence.precision <= 0) continue;
            Random random{purpose, options_.seed, static_cast<std::uint64_t>(learned_), 5000, i};
            const double square = all[i].drawn * all[i].drawn;
            const double weight =
                chi_square(freedom_of_few + 1, random) / (freedom_of_few + square / scale_);
            squares += weight * square;
            drawn_mean_ += weight * all[i].drawn;
            weighed_ += weight;
            count += 1;
        }
        drawn_mean_ /= std::max(weighed_, 1e-9);
        scale_ = variance(squares, count, usual_effect, imagined_groups);
    }

    /// Centres take what is common to all groups; the effects keep the mean zero. For few groups
    /// the centres are drawn.
    void move_centres(const std::vector<std::size_t>& groups) {
        std::vector<double> sum(rows_.items, 0.0);
        std::vector<double> weight(rows_.items, 0.0);
        for (const std::size_t group : groups) {
            for (std::size_t i = rows_.begin[group]; i < rows_.begin[group + 1]; ++i) {
                sum[rows_.rows[i].item] += weight_[i] * residual_[i];
                weight[rows_.rows[i].item] += weight_[i];
            }
        }
        const double shift = common_shift();
        Random random{purpose, options_.seed, static_cast<std::uint64_t>(learned_), 998};
        for (std::size_t item = 0; item < rows_.items; ++item) {
            if (imported(item) || weight[item] <= 0) continue;
            const double measured = sum[item] / weight[item] + shift;
            prior_.centre[item] =
                few() ? centres_.draw(item, measured, weight[item], random) : measured;
        }
        if (few()) centres_.learn(prior_.centre, weight, random);
        if (shift != 0 && groups_with_evidence_ >= groups_for_free_form) {
            prior_.effect = prior_.effect.shifted(-shift);
        }
    }

    double common_shift() {
        if (imported_variance_) return 0;
        if (!few()) return prior_.effect.moments().mean;
        Random random{purpose, options_.seed, static_cast<std::uint64_t>(learned_), 999};
        return drawn_mean_ + random.normal() * std::sqrt(scale_ / std::max(weighed_, 0.5));
    }

    NestedRows& rows_;
    const NestedFitOptions& options_;
    NestedPrior prior_;
    CentrePrior centres_;
    std::vector<std::size_t> sample_;
    std::vector<std::size_t> everyone_;
    std::vector<double> start_deviation_;     ///< By item.
    std::vector<std::vector<double>> level_;  ///< By group and season: mean of a + d.
    std::vector<double> doubt_;               ///< By group: variance of a + d.
    std::vector<double> residual_;            ///< By row.
    std::vector<double> weight_;
    std::optional<double> imported_variance_;
    double scale_ = usual_effect;  ///< Of the effects of few groups, squared.
    double weighed_ = 0;           ///< Sum of their weights.
    double drawn_mean_ = 0;        ///< Weighted.
    std::size_t groups_with_evidence_ = 0;
    std::uint64_t drawn_ = 0;
    int learned_ = 0;
    int looks_ = 0;
};

}  // namespace

std::vector<NestedPrior> fit_nested(NestedRows& rows, const NestedFitOptions& options) {
    OPORA_EXPECTS(options.imported.empty() || options.imported.size() == rows.items);
    return Fit{rows, options}.run();
}

}  // namespace opora::statistics
