#include "opora/statistics/random_intercept.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "opora/statistics/minimize.hpp"
#include "opora/statistics/mixed_system.hpp"

namespace opora::statistics {

namespace {

constexpr double theta_max = 1e4;
/// Gain in the criterion below which an intercept's variance is taken to be 0.
constexpr double worth_a_variance = 1e-8;

base::Unexpected<base::Error> refused(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

RelativeVariances squares(double group, double parent) { return {group * group, parent * parent}; }

/// Whether the sums can tell the intercepts from each other and from the residuals.
base::Result<base::Done> estimable(const GroupedSums& sums, const MixedSystem& system,
                                   bool nested) {
    if (sums.rows() == 0) return refused("model_no_rows", "нет ни одного наблюдения");
    if (system.kept().empty()) return refused("model_no_columns", "все признаки равны нулю");
    if (sums.rows() <= static_cast<std::int64_t>(system.kept().size())) {
        return refused("model_too_few_rows", "наблюдений не больше, чем признаков");
    }
    const std::size_t top = nested ? system.parents() : system.groups();
    if (top < 2) return refused("model_one_group", "группа одна, сравнивать не с чем");
    const bool repeated = static_cast<std::int64_t>(system.groups()) < sums.rows();
    if (!repeated) {
        return refused("model_single_rows",
                       "в каждой группе одно наблюдение: различия групп неотделимы от случайных");
    }
    if (nested && system.groups() == system.parents()) {
        return refused("model_single_groups", "в каждой верхней группе одна нижняя");
    }
    if (system.spread_within_groups() <= 1e-12) {
        return refused("model_no_spread", "внутри групп значения не различаются");
    }
    const std::size_t between = system.columns_between_groups();
    const std::size_t between_top = nested ? system.columns_between_parents() : between;
    const bool free =
        top > between_top && (!nested || system.groups() - top > between - between_top);
    if (!free) {
        return refused("model_saturated", "групп не больше, чем признаков, которые их описывают");
    }
    return base::Done{};
}

/// Coarse search over a geometric grid, then Brent's method around the best point of it; 0 if that
/// is as good.
template <class Criterion>
Minimum best_theta(const Criterion& criterion) {
    constexpr double first = 1e-3;
    constexpr double ratio = 2.5;
    std::vector<Minimum> grid{{0, criterion(0)}};
    for (double theta = first; theta < theta_max * ratio; theta *= ratio) {
        grid.push_back({theta, criterion(theta)});
    }
    const auto lowest = std::ranges::min_element(grid, {}, &Minimum::value);
    const auto place = static_cast<std::size_t>(lowest - grid.begin());
    const double low = place == 0 ? 0 : grid[place - 1].at;
    const double high = grid[std::min(place + 1, grid.size() - 1)].at;
    const Minimum found = minimize_between(criterion, low, high);
    return grid[0].value <= found.value + worth_a_variance ? grid[0] : found;
}

using Theta = std::array<double, 2>;

/// Two levels: the best point of a coarse grid, then the simplex method; a variance that gains
/// nothing is 0.
Theta best_thetas(const std::function<double(Theta)>& criterion) {
    constexpr std::array grid{0.05, 0.2, 0.6, 2.0};
    Theta best{};
    double lowest = criterion(best);
    for (const double group : grid) {
        for (const double parent : grid) {
            const double value = criterion({group, parent});
            if (value >= lowest) continue;
            lowest = value;
            best = {group, parent};
        }
    }
    const PlaneMinimum found = minimize_in_quadrant(criterion, best);
    constexpr double small = 0.02;
    best = found.at;
    lowest = found.value;
    for (const std::size_t level : {0u, 1u}) {
        if (found.at[level] > small) continue;
        const auto on_border = [&](double theta) {
            Theta at{theta, theta};
            at[level] = 0;
            return criterion(at);
        };
        const Minimum border = best_theta(on_border);
        if (border.value > lowest + worth_a_variance) continue;
        best = {border.at, border.at};
        best[level] = 0;
        lowest = std::min(lowest, border.value);
    }
    return best;
}

void set_fixed(const MixedSystem& system, const Solution& solution, RandomInterceptFit& fit) {
    for (FixedEffect& effect : fit.fixed) effect.left_out = true;
    for (std::size_t i = 0; i < system.kept().size(); ++i) {
        const auto k = static_cast<Eigen::Index>(i);
        fit.fixed[system.kept()[i]] = {false, solution.b(k),
                                       std::sqrt(solution.b_covariance(k, k))};
    }
}

}  // namespace

base::Result<RandomInterceptFit> fit_random_intercept(const GroupedSums& sums, Levels levels,
                                                      Likelihood likelihood) {
    const bool nested = levels == Levels::groups_in_parents;
    const MixedSystem system{sums, levels, likelihood};
    const auto can = estimable(sums, system, nested);
    if (!can) return base::Unexpected{can.error()};

    int evaluations = 0;
    const auto criterion = [&](double group, double parent) {
        ++evaluations;
        return system.criterion(squares(group, parent));
    };
    Theta theta{};
    if (nested) {
        theta = best_thetas([&](Theta at) { return criterion(at[0], at[1]); });
    } else {
        theta[0] = best_theta([&](double at) { return criterion(at, 0); }).at;
    }
    if (std::max(theta[0], theta[1]) >= theta_max) {
        return refused("model_no_spread", "внутри групп значения не различаются");
    }
    const RelativeVariances tau = squares(theta[0], theta[1]);
    const Solution solution = system.solve(tau);

    RandomInterceptFit fit{.likelihood = likelihood, .rows = sums.rows()};
    fit.fixed.resize(sums.columns());
    set_fixed(system, solution, fit);
    fit.residual_variance = solution.residual_variance;
    fit.group_variance = tau.group * solution.residual_variance;
    if (nested) fit.parent_variance = tau.parent * solution.residual_variance;
    system.predict(tau, solution, fit);
    fit.fixed_variance = system.fixed_variance(solution);
    fit.criterion = solution.criterion;
    fit.log_likelihood = -solution.criterion / 2;
    const double parameters = static_cast<double>(system.kept().size()) + (nested ? 3 : 2);
    fit.aic = solution.criterion + 2 * parameters;
    fit.bic = solution.criterion + std::log(static_cast<double>(sums.rows())) * parameters;
    fit.evaluations = evaluations;
    return fit;
}

}  // namespace opora::statistics
