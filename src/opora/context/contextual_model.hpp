#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/model/school_context.hpp"

namespace opora::context {

/// A condition of schools that may explain their results.
struct Covariate {
    std::string code;
    std::string title;                          ///< Russian.
    std::vector<std::optional<double>> values;  ///< By school.
    bool flag = false;                          ///< 0 or 1: taken as it is, not standardised.
};

/// Standard scores of one school in one procedure.
struct ScoreGroup {
    std::uint32_t school = 0;
    std::int32_t unit = 0;  ///< Number of the cohort or procedure that shares an intercept.
    std::int64_t results = 0;
    double sum = 0;
    double squares = 0;
    double weight = 1;  ///< Of each result: 3, 2, 1 for the last three years, if so wished.
};

/// What the model is fitted to; groups of a school and unit stand together. `left_out[school]` says
/// in Russian why a school takes no part; empty for those that do.
struct ContextualInput {
    std::vector<Covariate> covariates;
    std::vector<ScoreGroup> groups;
    std::vector<std::string> left_out;

    std::size_t schools() const { return left_out.size(); }
};

/// One column of the model.
struct ContextualCoefficient {
    std::string code;
    std::string title;
    std::optional<double>
        estimate;  ///< Per standard deviation between schools; of a flag, as it is.
    std::optional<double> se;
    std::optional<double> mean, deviation;  ///< Of the covariate; none for constants and flags.
    std::int64_t filled = 0;  ///< Schools whose missing value was replaced by the mean.
    std::string note;         ///< Why it is left out.
};

/// z_sci = b0 + sum_k b_k x_sk + u_s + v_sc + e_sci, result i of unit (cohort) c in school s, REML.
struct ContextualModel {
    std::string reason;  ///< Why there is no model; empty when there is one.
    std::vector<ContextualCoefficient> coefficients;
    double school_variance = 0;
    std::optional<double> unit_variance;  ///< None when every school has one unit: part of u then.
    double result_variance = 0;
    std::optional<double> school_variance_without;  ///< The same without any covariate.
    std::int64_t results = 0;
    std::int64_t schools_fitted = 0;
    double criterion = 0, log_likelihood = 0, aic = 0, bic = 0;
    double r2_marginal = 0, r2_conditional = 0, intraclass_correlation = 0;
    std::vector<model::SchoolEffect> schools;

    /// Share of the variance between schools that their conditions explain; none if there is no
    /// variance to be explained. Never below 0.
    std::optional<double> explained() const;
};

/// Missing values of covariates are replaced by the mean of the others, and a flag column «нет
/// данных» is added where at least `flag_schools_min` schools and a twentieth of all lack them; the
/// school's reason names what was replaced. A covariate that is a combination of others, or the
/// same everywhere, is left out with a note.
ContextualModel fit_contextual(const ContextualInput& input);

constexpr std::int64_t flag_schools_min = 5;

}  // namespace opora::context
