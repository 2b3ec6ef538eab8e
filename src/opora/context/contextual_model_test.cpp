#include "opora/context/contextual_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "opora/statistics/random.hpp"

namespace opora::context {

namespace {

using model::ContextBand;
using statistics::Random;

/// A territory whose school effects are known: results of pupils who write several works each.
struct Planted {
    ContextualInput input;
    std::vector<double> effects;
};

struct Plan {
    std::uint64_t seed = 1;
    int schools = 100;
    int pupils_min = 10;
    int pupils_max = 40;
    double spread = 0.25;
    bool by_procedure = false;
};

Planted planted(const Plan& plan) {
    Planted made;
    made.input.covariates = {{"index", "Индекс", {}}};
    made.input.left_out.resize(static_cast<std::size_t>(plan.schools));
    for (int school = 0; school < plan.schools; ++school) {
        Random random{{plan.seed, static_cast<std::uint64_t>(school)}};
        const double context = random.normal();
        const double effect = random.normal(0, plan.spread);
        made.input.covariates[0].values.emplace_back(context);
        made.effects.push_back(effect);
        for (int cohort = 0; cohort < 7; ++cohort) {
            const int pupils = random.between(plan.pupils_min, plan.pupils_max);
            std::vector<double> ability;
            for (int i = 0; i < pupils; ++i) ability.push_back(std::sqrt(0.6) * random.normal());
            for (int work = 0; work < 4; ++work) {
                const double shift = 0.25 * context + effect + random.normal(0, 0.12);
                ScoreGroup group{.school = static_cast<std::uint32_t>(school),
                                 .unit = plan.by_procedure ? 4 * cohort + work : cohort,
                                 .results = pupils};
                for (const double own : ability) {
                    const double z = shift + own + std::sqrt(0.4) * random.normal();
                    group.sum += z;
                    group.squares += z * z;
                }
                made.input.groups.push_back(group);
            }
        }
    }
    return made;
}

/// Share of schools whose 95 % interval holds the planted effect.
double covered(const Planted& made, const ContextualModel& model) {
    int inside = 0;
    for (std::size_t i = 0; i < made.effects.size(); ++i) {
        const auto& school = model.schools[i];
        inside += *school.low <= made.effects[i] && made.effects[i] <= *school.high ? 1 : 0;
    }
    return inside / static_cast<double>(made.effects.size());
}

}  // namespace

TEST_CASE("planted effects lie in their 95 % intervals when the pupils of a cohort are one unit") {
    double by_cohort = 0;
    double by_procedure = 0;
    constexpr int rounds = 8;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        const Planted cohorts = planted({.seed = seed});
        const Planted procedures = planted({.seed = seed, .by_procedure = true});
        by_cohort += covered(cohorts, fit_contextual(cohorts.input)) / rounds;
        by_procedure += covered(procedures, fit_contextual(procedures.input)) / rounds;
    }
    // 800 schools: the binomial 95 % interval of 0.95 is 0.935 … 0.965.
    CAPTURE(by_cohort);
    CHECK(by_cohort > 0.93);
    CHECK(by_cohort < 0.97);
    // Works of one cohort taken for independent looks at the school promise too much.
    CAPTURE(by_procedure);
    CHECK(by_procedure < 0.92);
}

TEST_CASE("the model tells what conditions explain, and bands follow the interval") {
    const Planted made = planted({.seed = 3, .schools = 200});
    const ContextualModel model = fit_contextual(made.input);
    REQUIRE(model.reason.empty());
    CHECK(model.schools_fitted == 200);
    CHECK(std::abs(*model.coefficients[1].estimate - 0.25) < 4 * *model.coefficients[1].se);
    CHECK(*model.explained() > 0.3);
    CHECK(*model.explained() < 0.7);
    for (const auto& school : model.schools) {
        const ContextBand band = *school.low > 0    ? ContextBand::above
                                 : *school.high < 0 ? ContextBand::below
                                                    : ContextBand::expected;
        CHECK(school.band == band);
        CHECK(school.procedures == 28);
    }
}

TEST_CASE("the order of schools changes nothing but rounding") {
    const Planted made = planted({.seed = 5, .schools = 60});
    ContextualInput turned = made.input;
    std::ranges::reverse(turned.covariates[0].values);
    std::ranges::reverse(turned.groups);
    for (ScoreGroup& group : turned.groups) group.school = 59 - group.school;
    const ContextualModel one = fit_contextual(made.input);
    const ContextualModel other = fit_contextual(turned);
    for (std::size_t i = 0; i < 60; ++i) {
        CHECK(std::abs(*one.schools[i].effect - *other.schools[59 - i].effect) < 1e-6);
        CHECK(one.schools[i].band == other.schools[59 - i].band);
    }
}

TEST_CASE("a covariate in other units changes nothing") {
    const Planted made = planted({.seed = 6, .schools = 60});
    ContextualInput scaled = made.input;
    for (auto& value : scaled.covariates[0].values) value = 100 * *value + 7;
    const ContextualModel one = fit_contextual(made.input);
    const ContextualModel other = fit_contextual(scaled);
    CHECK(std::abs(*one.coefficients[1].estimate - *other.coefficients[1].estimate) < 1e-8);
    CHECK(std::abs(*other.coefficients[1].deviation / *one.coefficients[1].deviation - 100) < 1e-8);
    for (std::size_t i = 0; i < 60; ++i) {
        CHECK(std::abs(*one.schools[i].effect - *other.schools[i].effect) < 1e-6);
    }
}

TEST_CASE("a missing condition is replaced openly; many missing ones get a column of their own") {
    Planted made = planted({.seed = 7, .schools = 60});
    made.input.covariates.push_back(made.input.covariates[0]);
    made.input.covariates[1] = {"log_pupils", "Размер", {}};
    for (int i = 0; i < 60; ++i) made.input.covariates[1].values.emplace_back(i % 7);
    made.input.covariates[0].values[4].reset();
    for (std::size_t i = 10; i < 16; ++i) made.input.covariates[1].values[i].reset();
    const ContextualModel model = fit_contextual(made.input);
    REQUIRE(model.coefficients.size() == 4);
    CHECK(model.coefficients[1].filled == 1);
    CHECK(model.coefficients[3].code == "log_pupils_missing");
    CHECK(model.schools[4].effect);
    CHECK(model.schools[4].reason == "взято среднее вместо неизвестного: Индекс");
    CHECK(model.schools[5].reason.empty());
}

TEST_CASE("conditions that repeat each other, or are the same everywhere, are named and left out") {
    Planted made = planted({.seed = 8, .schools = 50});
    Covariate twice = made.input.covariates[0];
    twice.code = "twice";
    for (auto& value : twice.values) value = 2 * *value - 1;
    Covariate same{"same", "Одинаковое", std::vector<std::optional<double>>(50, 3.0)};
    Covariate unknown{"unknown", "Неизвестное", std::vector<std::optional<double>>(50)};
    const ContextualModel plain = fit_contextual(made.input);
    made.input.covariates.insert(made.input.covariates.end(), {twice, same, unknown});
    const ContextualModel model = fit_contextual(made.input);
    REQUIRE(model.reason.empty());
    CHECK(model.coefficients[2].note == "повторяет другие показатели условий");
    CHECK(model.coefficients[3].note == "у всех школ одинаковое значение");
    CHECK(model.coefficients[4].note == "нет данных ни у одной школы");
    for (std::size_t k = 2; k < 5; ++k) CHECK(!model.coefficients[k].estimate);
    CHECK(std::abs(*plain.schools[0].effect - *model.schools[0].effect) < 1e-7);
}

TEST_CASE("a school that takes no part keeps its result and says why") {
    Planted made = planted({.seed = 9, .schools = 40});
    made.input.left_out[3] = "нет данных социального паспорта";
    std::erase_if(made.input.groups, [](const ScoreGroup& group) { return group.school == 5; });
    const ContextualModel model = fit_contextual(made.input);
    CHECK(model.schools_fitted == 38);
    CHECK(model.schools[3].result);
    CHECK(!model.schools[3].effect);
    CHECK(model.schools[3].reason == "нет данных социального паспорта");
    CHECK(!model.schools[5].result);
    CHECK(model.schools[5].reason == "нет результатов за год");
    CHECK(model.schools[5].band == ContextBand::unknown);
}

TEST_CASE("what cannot be modelled has a reason for every school") {
    const auto group = [](std::uint32_t school, std::int32_t unit, std::int64_t n, double sum,
                          double squares) {
        return ScoreGroup{school, unit, n, sum, squares};
    };
    struct Row {
        const char* what;
        std::vector<ScoreGroup> groups;
        std::size_t schools;
    };
    const std::vector<Row> rows{
        {"no results", {}, 3},
        {"no schools", {}, 0},
        {"one school", {group(0, 1, 5, 1, 4), group(0, 2, 5, -1, 4)}, 1},
        {"one pupil a school",
         {group(0, 1, 1, 1, 1), group(1, 1, 1, -1, 1), group(2, 1, 1, 0, 0)},
         3},
        {"everybody the same in a school",
         {group(0, 1, 5, 5, 5), group(1, 1, 5, -5, 5), group(2, 1, 5, 0, 0)},
         3},
        {"as many schools as conditions", {group(0, 1, 5, 1, 4), group(1, 1, 5, -1, 4)}, 2}};
    for (const Row& row : rows) {
        CAPTURE(row.what);
        ContextualInput input;
        input.groups = row.groups;
        input.left_out.resize(row.schools);
        input.covariates = {{"index", "Индекс", {}}};
        for (std::size_t i = 0; i < row.schools; ++i) {
            input.covariates[0].values.emplace_back(static_cast<double>(i));
        }
        const ContextualModel model = fit_contextual(input);
        CHECK(!model.reason.empty());
        for (const auto& school : model.schools) {
            CHECK(!school.effect);
            CHECK(!school.reason.empty());
        }
    }
}

TEST_CASE("schools with one unit each: the model has one level") {
    ContextualInput input;
    input.left_out.resize(30);
    for (std::uint32_t school = 0; school < 30; ++school) {
        Random random{{2, school}};
        const double effect = random.normal(0, 0.5);
        ScoreGroup group{.school = school, .unit = 1, .results = 12};
        for (int i = 0; i < 12; ++i) {
            const double z = effect + random.normal();
            group.sum += z;
            group.squares += z * z;
        }
        input.groups.push_back(group);
    }
    const ContextualModel model = fit_contextual(input);
    REQUIRE(model.reason.empty());
    CHECK(!model.unit_variance);
    CHECK(model.school_variance > 0.05);  // Planted: 0.25.
    for (const auto& school : model.schools) CHECK(school.effect);
}

TEST_CASE("no difference between schools is an answer, with its reason") {
    ContextualInput input;
    input.left_out.resize(10);
    for (std::uint32_t school = 0; school < 10; ++school) {
        for (std::int32_t unit = 0; unit < 3; ++unit) {
            input.groups.push_back({school, unit, 20, 0, 20});
        }
    }
    const ContextualModel model = fit_contextual(input);
    REQUIRE(model.reason.empty());
    CHECK(model.school_variance == 0);
    CHECK(!model.explained());
    for (const auto& school : model.schools) {
        CHECK(*school.effect == 0);
        CHECK(school.band == ContextBand::expected);
        CHECK(school.reason == "различия школ при равных условиях не больше случайных");
    }
}

TEST_CASE("weights over years: results of the last year count most") {
    const auto with_weights = [](double weight) {
        ContextualInput input;
        input.left_out.resize(30);
        for (std::uint32_t school = 0; school < 30; ++school) {
            Random random{{4, school}};
            const double effect = random.normal(0, 0.3);
            for (std::int32_t unit = 0; unit < 4; ++unit) {
                const double now = 25 * (effect + random.normal(0, 0.1));
                // Two years ago school 0 was far better.
                const double then = school == 0 ? now + 25 : now;
                input.groups.push_back({school, unit, 25, now, 25 + now * now / 25, 3});
                input.groups.push_back(
                    {school, unit + 10, 25, then, 25 + then * then / 25, weight});
            }
        }
        return fit_contextual(input);
    };
    const auto equal = with_weights(3);
    const auto falling = with_weights(1);
    REQUIRE((equal.reason.empty() && falling.reason.empty()));
    CHECK(*falling.schools[0].effect < *equal.schools[0].effect);
    CHECK(*falling.schools[0].result < *equal.schools[0].result);
    CHECK(falling.results == equal.results);
}

}  // namespace opora::context
