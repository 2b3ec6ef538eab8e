#include "opora/context/contextual_model.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/expects.hpp"
#include "opora/statistics/random_intercept.hpp"
#include "opora/statistics/summary.hpp"

namespace opora::context {

using model::ContextBand;
using model::SchoolEffect;
using statistics::GroupedSums;
using statistics::Levels;
using statistics::RandomInterceptFit;

namespace {

constexpr double z_95 = 1.959963984540054;  // Standard normal quantile of 0.975.

/// The design of the model: a row of columns for every school, and what each column is.
struct Design {
    std::vector<ContextualCoefficient> columns;
    std::vector<std::vector<double>> values;       ///< By column, by school.
    std::vector<std::vector<std::string>> filled;  ///< By school: titles of replaced covariates.
};

class DesignMaker {
public:
    explicit DesignMaker(const ContextualInput& input) : input_{input} {
        std::vector<bool> has_results(input.schools());
        for (const ScoreGroup& group : input.groups) {
            if (group.results > 0) has_results[group.school] = true;
        }
        for (std::size_t school = 0; school < input.schools(); ++school) {
            if (has_results[school] && input.left_out[school].empty()) fitted_.push_back(school);
        }
        design_.filled.resize(input.schools());
    }

    Design make() && {
        design_.columns.push_back({.code = "intercept", .title = "Среднее при средних условиях"});
        design_.values.emplace_back(input_.schools(), 1.0);
        for (const Covariate& covariate : input_.covariates) add(covariate);
        return std::move(design_);
    }

    const std::vector<std::size_t>& fitted() const { return fitted_; }

private:
    void add(const Covariate& covariate) {
        OPORA_EXPECTS(covariate.values.size() == input_.schools());
        std::vector<double> known;
        for (const std::size_t school : fitted_) {
            if (covariate.values[school]) known.push_back(*covariate.values[school]);
        }
        ContextualCoefficient column{.code = covariate.code, .title = covariate.title};
        column.filled = static_cast<std::int64_t>(fitted_.size() - known.size());
        if (known.size() < 2 || std::ranges::min(known) == std::ranges::max(known)) {
            column.note =
                known.empty() ? "нет данных ни у одной школы" : "у всех школ одинаковое значение";
            column.filled = 0;
            design_.columns.push_back(column);
            design_.values.emplace_back(input_.schools(), 0.0);
            return;
        }
        const double mean = statistics::mean(known);
        const double deviation = statistics::standard_deviation(known);
        if (!covariate.flag) {
            column.mean = mean;
            column.deviation = deviation;
        }
        std::vector<double> values(input_.schools());
        std::vector<double> flags(input_.schools());
        for (const std::size_t school : fitted_) {
            const auto& value = covariate.values[school];
            if (value) {
                values[school] = covariate.flag ? *value : (*value - mean) / deviation;
            } else {
                values[school] = covariate.flag ? mean : 0;
                flags[school] = 1;
                design_.filled[school].push_back(covariate.title);
            }
        }
        design_.columns.push_back(column);
        design_.values.push_back(std::move(values));
        const auto fitted = static_cast<std::int64_t>(fitted_.size());
        if (column.filled >= flag_schools_min && 20 * column.filled >= fitted) {
            design_.columns.push_back(
                {.code = covariate.code + "_missing", .title = covariate.title + ": нет данных"});
            design_.values.push_back(std::move(flags));
        }
    }

    const ContextualInput& input_;
    std::vector<std::size_t> fitted_;  ///< Schools that take part.
    Design design_;
};

class ModelMaker {
public:
    explicit ModelMaker(const ContextualInput& input) : input_{input} {}

    ContextualModel make() && {
        model_.schools.resize(input_.schools());
        describe_results();
        design_ = DesignMaker{input_}.make();
        auto fit = fitted(design_.columns.size());
        if (!fit) {
            refuse(fit.error());
            return std::move(model_);
        }
        describe_fit(*fit);
        const auto plain = fitted(1);
        if (plain) model_.school_variance_without = school_variance(*plain);
        describe_schools(*fit);
        return std::move(model_);
    }

private:
    bool takes_part(const ScoreGroup& group) const {
        return group.results > 0 && input_.left_out[group.school].empty();
    }

    void describe_results() {
        std::vector<double> weights(input_.schools());
        std::vector<double> sums(input_.schools());
        for (const ScoreGroup& group : input_.groups) {
            if (group.results == 0) continue;
            SchoolEffect& school = model_.schools[group.school];
            school.results += group.results;
            ++school.procedures;
            sums[group.school] += group.weight * group.sum;
            weights[group.school] += group.weight * static_cast<double>(group.results);
        }
        for (std::size_t i = 0; i < input_.schools(); ++i) {
            SchoolEffect& school = model_.schools[i];
            if (weights[i] > 0) school.result = sums[i] / weights[i];
            school.reason = !input_.left_out[i].empty() ? input_.left_out[i]
                            : weights[i] > 0            ? std::string{}
                                             : "нет результатов за год";
        }
    }

    /// Weights are scaled to a mean of 1 over results, so that variances keep their meaning.
    double weight_scale() const {
        double weights = 0;
        double results = 0;
        for (const ScoreGroup& group : input_.groups) {
            if (!takes_part(group)) continue;
            weights += group.weight * static_cast<double>(group.results);
            results += static_cast<double>(group.results);
        }
        return weights > 0 ? results / weights : 1;
    }

    GroupedSums sums_of(std::size_t columns, bool by_unit) {
        GroupedSums sums{columns};
        const double scale = weight_scale();
        groups_.assign(input_.schools(), UINT32_MAX);
        std::vector<double> x(columns);
        const ScoreGroup* before = nullptr;
        for (const ScoreGroup& group : input_.groups) {
            if (!takes_part(group)) continue;
            std::uint32_t& number = groups_[group.school];
            const bool other_unit = by_unit && (before == nullptr || before->unit != group.unit);
            if (number == UINT32_MAX || other_unit) number = sums.add_group(group.school);
            before = &group;
            for (std::size_t k = 0; k < columns; ++k) x[k] = design_.values[k][group.school];
            sums.add_alike(number, x, group.results, group.sum, group.squares,
                           group.weight * scale);
        }
        return sums;
    }

    base::Result<RandomInterceptFit> fitted(std::size_t columns) {
        with_units_ = true;
        auto fit = fit_random_intercept(sums_of(columns, true), Levels::groups_in_parents);
        if (fit || fit.error().code != "model_single_groups") return fit;
        with_units_ = false;
        return fit_random_intercept(sums_of(columns, false), Levels::groups);
    }

    double school_variance(const RandomInterceptFit& fit) const {
        return with_units_ ? *fit.parent_variance : fit.group_variance;
    }

    void refuse(const base::Error& error);

    void describe_fit(const RandomInterceptFit& fit) {
        model_.school_variance = school_variance(fit);
        if (with_units_) model_.unit_variance = fit.group_variance;
        model_.result_variance = fit.residual_variance;
        model_.results = fit.rows;
        model_.criterion = fit.criterion;
        model_.log_likelihood = fit.log_likelihood;
        model_.aic = fit.aic;
        model_.bic = fit.bic;
        model_.r2_marginal = fit.r2_marginal();
        model_.r2_conditional = fit.r2_conditional();
        model_.intraclass_correlation = fit.intraclass_correlation();
        model_.coefficients = design_.columns;
        for (std::size_t k = 0; k < fit.fixed.size(); ++k) {
            ContextualCoefficient& column = model_.coefficients[k];
            if (!column.note.empty()) continue;
            if (fit.fixed[k].left_out) {
                column.note = "повторяет другие показатели условий";
                continue;
            }
            column.estimate = fit.fixed[k].estimate;
            column.se = fit.fixed[k].se;
        }
    }

    void describe_schools(const RandomInterceptFit& fit) {
        for (std::size_t i = 0; i < input_.schools(); ++i) {
            SchoolEffect& school = model_.schools[i];
            if (!school.reason.empty()) continue;
            const auto& effect = with_units_ ? fit.parents[i] : fit.groups[groups_[i]];
            OPORA_EXPECTS(effect);
            ++model_.schools_fitted;
            school.expected = 0;
            for (std::size_t k = 0; k < fit.fixed.size(); ++k) {
                *school.expected += fit.fixed[k].estimate * design_.values[k][i];
            }
            school.effect = effect->effect;
            school.se = effect->prediction_sd;
            school.low = *school.effect - z_95 * *school.se;
            school.high = *school.effect + z_95 * *school.se;
            school.band = *school.low > 0    ? ContextBand::above
                          : *school.high < 0 ? ContextBand::below
                                             : ContextBand::expected;
            school.reason = remark(i);
        }
    }

    /// What the effect of a school rests on, where that is not what one would think.
    std::string remark(std::size_t school) const {
        std::string text;
        for (const std::string& title : design_.filled[school]) {
            text += text.empty() ? "взято среднее вместо неизвестного: " : ", ";
            text += title;
        }
        if (model_.school_variance == 0) {
            text += text.empty() ? "" : "; ";
            text += "различия школ при равных условиях не больше случайных";
        }
        return text;
    }

    const ContextualInput& input_;
    Design design_;
    bool with_units_ = true;  ///< False: every school has one unit, and schools are the groups.
    std::vector<std::uint32_t> groups_;  ///< By school: the number of its (last) group.
    ContextualModel model_;
};

std::string reason_of(const base::Error& error) {
    if (error.code == "model_no_rows") return "нет результатов школ с известными условиями";
    if (error.code == "model_one_group") return "школа одна: сравнивать не с чем";
    if (error.code == "model_single_rows") {
        return "у каждой школы один результат: различия школ неотделимы от различий учеников";
    }
    if (error.code == "model_no_spread") {
        return "внутри школ результаты не различаются: влияние школы не оценивается";
    }
    if (error.code == "model_saturated" || error.code == "model_too_few_rows") {
        return "школ не больше, чем показателей условий: влияние школы неотделимо от условий";
    }
    return error.message;
}

void ModelMaker::refuse(const base::Error& error) {
    model_.reason = reason_of(error);
    for (SchoolEffect& school : model_.schools) {
        if (school.reason.empty()) school.reason = model_.reason;
    }
}

}  // namespace

std::optional<double> ContextualModel::explained() const {
    if (!school_variance_without || *school_variance_without <= 0) return std::nullopt;
    return std::max(0.0, 1 - school_variance / *school_variance_without);
}

ContextualModel fit_contextual(const ContextualInput& input) {
    for (const ScoreGroup& group : input.groups) OPORA_EXPECTS(group.school < input.schools());
    return ModelMaker{input}.make();
}

}  // namespace opora::context
