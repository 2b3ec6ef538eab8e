#include "opora/statistics/random_intercept.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "opora/statistics/mixed_system.hpp"
#include "opora/statistics/random.hpp"
#include "support/number_table.hpp"

using opora::testing::NumberTable;

namespace opora::statistics {

namespace {

// References: R 4.2.2, lme4 1.1-31, lmer(..., REML = TRUE). Tolerances: fixed effects and standard
// errors 1e-6, variances and predicted intercepts 1e-4 relative, criterion 1e-4 absolute.
struct Reference {
    std::vector<FixedEffect> fixed;
    double group_variance = 0;
    double residual_variance = 0;
    double criterion = 0;
    double se_parts = 0;  ///< 1: an estimate near 0 is held to 1e-6 of its standard error.
};

bool near(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::abs(expected);
}

void check(const RandomInterceptFit& fit, const Reference& reference) {
    REQUIRE(fit.fixed.size() == reference.fixed.size());
    for (std::size_t i = 0; i < fit.fixed.size(); ++i) {
        CAPTURE(i);
        const double estimate = reference.fixed[i].estimate;
        const double scale =
            std::max(std::abs(estimate), reference.se_parts * reference.fixed[i].se);
        CHECK(std::abs(fit.fixed[i].estimate - estimate) <= 1e-6 * scale);
        CHECK(near(fit.fixed[i].se, reference.fixed[i].se, 1e-6));
    }
    CHECK(near(fit.group_variance, reference.group_variance, 1e-4));
    CHECK(near(fit.residual_variance, reference.residual_variance, 1e-4));
    CHECK(std::abs(fit.criterion - reference.criterion) < 1e-4);
}

void check_effects(const std::vector<std::optional<GroupEffect>>& effects,
                   const std::map<double, std::uint32_t>& numbers, const NumberTable& reference) {
    REQUIRE(reference.rows() == numbers.size());
    for (std::size_t i = 0; i < reference.rows(); ++i) {
        const auto& effect = effects[numbers.at(reference["school"][i])];
        REQUIRE(effect);
        CHECK(std::abs(effect->effect - reference["blup"][i]) < 1e-4);
        CHECK(near(effect->conditional_sd, reference["condsd"][i], 1e-4));
        CHECK(effect->prediction_sd >= effect->conditional_sd);
    }
}

/// The sums of a table with schools as groups, and the numbers of the schools.
struct Schools {
    GroupedSums sums;
    std::map<double, std::uint32_t> numbers;
};

template <class Covariates>
Schools schools_of(const NumberTable& table, const std::string& response, std::size_t columns,
                   const Covariates& covariates) {
    Schools schools{GroupedSums{columns}, {}};
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const double school = table["school"][i];
        if (!schools.numbers.contains(school)) schools.numbers[school] = schools.sums.add_group();
        schools.sums.add(schools.numbers[school], covariates(i), table[response][i]);
    }
    return schools;
}

/// `schools` groups of 3..12 rows, intercepts with standard deviation `spread`, a covariate of the
/// group and one of the row.
GroupedSums drawn(std::uint64_t seed, int schools, double spread, double scale = 1) {
    GroupedSums sums{3};
    for (int school = 0; school < schools; ++school) {
        Random random{{seed, static_cast<std::uint64_t>(school)}};
        const auto group = sums.add_group();
        const double context = random.normal();
        const double intercept = random.normal(0, spread) + 0.5 * context;
        const int rows = random.between(3, 12);
        for (int row = 0; row < rows; ++row) {
            const double x[] = {1, scale * context, random.normal()};
            sums.add(group, x, intercept + 0.3 * x[2] + random.normal());
        }
    }
    return sums;
}

}  // namespace

TEST_CASE("lme4: exam scores of 65 London schools (Goldstein et al. 1993)") {
    const NumberTable table{"exam.csv"};
    const auto schools = schools_of(table, "normexam", 4, [&](std::size_t i) {
        return std::array{1.0, table["standLRT"][i], table["schavg"][i], table["male"][i]};
    });
    const auto fit = fit_random_intercept(schools.sums, Levels::groups);
    REQUIRE(fit);
    check(*fit, {.fixed = {{false, 0.0843117883148856, 0.0394435768410163},
                           {false, 0.555750615766275, 0.0125213991897945},
                           {false, 0.342183575139735, 0.110346794474027},
                           {false, -0.168627723352566, 0.0325925658365567}},
                 .group_variance = 0.0762227439664824,
                 .residual_variance = 0.562695185026473,
                 .criterion = 9340.20452282839});
    CHECK(std::abs(fit->log_likelihood - -4670.1022614142) < 1e-4);
    CHECK(std::abs(fit->aic - 9352.20452282839) < 1e-4);
    CHECK(std::abs(fit->bic - 9390.05667432943) < 1e-4);
    check_effects(fit->groups, schools.numbers, NumberTable{"exam_blup.csv"});
}

TEST_CASE("lme4: High School and Beyond, 160 schools (Raudenbush, Bryk 2002)") {
    const NumberTable table{"hsb82.csv"};
    const auto schools = schools_of(table, "mAch", 6, [&](std::size_t i) {
        const double meanses = table["meanses"][i];
        const double cses = table["cses"][i];
        const double catholic = table["catholic"][i];
        return std::array{1.0, meanses, cses, catholic, meanses * cses, cses * catholic};
    });
    const auto fit = fit_random_intercept(schools.sums, Levels::groups);
    REQUIRE(fit);
    check(*fit, {.fixed = {{false, 12.1282068614396, 0.199199838995614},
                           {false, 5.3366702251376, 0.36898493175929},
                           {false, 2.94214584766755, 0.15120909965526},
                           {false, 1.22452931704027, 0.306119326986353},
                           {false, 1.04443834825808, 0.291048180510659},
                           {false, -1.64215642529514, 0.233093663699124}},
                 .group_variance = 2.37533728253805,
                 .residual_variance = 36.7660693832451,
                 .criterion = 46504.7869659318});
    CHECK(std::abs(fit->aic - 46520.7869659318) < 1e-4);
    CHECK(std::abs(fit->bic - 46575.8249723199) < 1e-4);
    check_effects(fit->groups, schools.numbers, NumberTable{"hsb82_blup.csv"});
}

TEST_CASE("lme4: growth of 1,721 pupils nested in 60 schools (Raudenbush, Bryk 2002)") {
    const NumberTable table{"egsingle.csv"};
    GroupedSums sums{4};
    std::map<double, std::uint32_t> parents;
    std::map<std::pair<double, double>, std::uint32_t> children;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const auto parent = parents.try_emplace(table["school"][i], parents.size()).first->second;
        const std::pair key{table["school"][i], table["child"][i]};
        if (!children.contains(key)) children[key] = sums.add_group(parent);
        const double year = table["year"][i];
        const double low_income = table["lowinc"][i];
        const double x[] = {1, year, low_income, year * low_income};
        sums.add(children[key], x, table["math"][i]);
    }
    const auto fit = fit_random_intercept(sums, Levels::groups_in_parents);
    REQUIRE(fit);
    check(*fit, {.fixed = {{false, 0.0408032882123009, 0.132262189254903},
                           {false, 0.894462643750696, 0.0160722031141159},
                           {false, -0.0111616125352346, 0.00166733264760117},
                           {false, -0.0019165088876723, 0.0001958829648251}},
                 .group_variance = 0.670021560723686,
                 .residual_variance = 0.341273617172047,
                 .criterion = 16653.4407599592});
    REQUIRE(fit->parent_variance);
    CHECK(near(*fit->parent_variance, 0.0861263158655154, 1e-4));
    check_effects(fit->parents, parents, NumberTable{"egsingle_blup.csv"});
}

TEST_CASE("lme4: rows of unequal weight, by REML and by ML") {
    // The same schools, normexam ~ standLRT + (1|school), weights 1, 2, 3, 1, 2, 3 …; lme4 1.1-31,
    // R 4.2.2.
    const NumberTable table{"exam.csv"};
    GroupedSums sums{2};
    std::map<double, std::uint32_t> numbers;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const double school = table["school"][i];
        if (!numbers.contains(school)) numbers[school] = sums.add_group();
        const double x[] = {1, table["standLRT"][i]};
        sums.add(numbers[school], x, table["normexam"][i], 1 + static_cast<double>(i % 3));
    }
    const auto restricted = fit_random_intercept(sums, Levels::groups);
    REQUIRE(restricted);
    check(*restricted, {.fixed = {{false, 0.0010058015159757, 0.039421032403973},
                                  {false, 0.5691910256072977, 0.012437625636314}},
                        .group_variance = 0.089057858962761,
                        .residual_variance = 1.122301151486847,
                        .criterion = 9721.5004254665,
                        .se_parts = 1});
    CHECK(near(restricted->groups[0]->effect, 0.3549533100525, 1e-4));
    CHECK(near(restricted->groups[0]->conditional_sd, 0.0843866865566, 1e-4));
    const auto full = fit_random_intercept(sums, Levels::groups, Likelihood::full);
    REQUIRE(full);
    check(*full, {.fixed = {{false, 0.0010589860271363, 0.039100350053447},
                            {false, 0.5692621925789987, 0.012434996482245}},
                  .group_variance = 0.087445805887644,
                  .residual_variance = 1.122031250308861,
                  .criterion = 9709.9267441093,
                  .se_parts = 1});
    CHECK(std::abs(full->bic - 9743.1615117767) < 1e-4);
}

TEST_CASE("two levels: no point beside the one found is better, for variances of any size") {
    for (const double parent_sd : {0.0, 0.03, 0.5, 20.0}) {
        for (const double group_sd : {0.0, 0.03, 0.5, 20.0}) {
            CAPTURE(parent_sd);
            CAPTURE(group_sd);
            GroupedSums sums{2};
            for (std::uint32_t parent = 0; parent < 40; ++parent) {
                Random random{{31, parent}};
                const double upper = random.normal(0, parent_sd);
                for (int child = 0; child < 4; ++child) {
                    const auto group = sums.add_group(parent);
                    const double own = upper + random.normal(0, group_sd);
                    for (int row = random.between(2, 9); row > 0; --row) {
                        const double x[] = {1, random.normal()};
                        sums.add(group, x, own + 0.2 * x[1] + random.normal());
                    }
                }
            }
            const auto fit = fit_random_intercept(sums, Levels::groups_in_parents);
            REQUIRE(fit);
            const MixedSystem system{sums, Levels::groups_in_parents, Likelihood::restricted};
            const double group = fit->group_variance / fit->residual_variance;
            const double parent = *fit->parent_variance / fit->residual_variance;
            for (const double a : {0.5, 0.99, 1.0, 1.01, 2.0}) {
                for (const double b : {0.5, 0.99, 1.0, 1.01, 2.0}) {
                    CHECK(system.criterion({group * a, parent * b}) > fit->criterion - 1e-7);
                    CHECK(system.criterion({group * a + 1e-4 * (a - 0.5), parent * b}) >
                          fit->criterion - 1e-7);
                    CHECK(system.criterion({group * a, parent * b + 1e-4 * (b - 0.5)}) >
                          fit->criterion - 1e-7);
                }
            }
        }
    }
}

TEST_CASE("the order of shards changes nothing but rounding") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        std::vector<GroupedSums> shards(4, GroupedSums{2});
        for (GroupedSums& shard : shards) {
            for (std::uint32_t group = 0; group < 12; ++group) shard.add_group(group / 3);
        }
        Random random{seed};
        for (int row = 0; row < 400; ++row) {
            const double x[] = {1, random.normal()};
            const auto group = static_cast<std::uint32_t>(random.below(12));
            const double y = random.normal() + 0.4 * group + x[1];
            shards[static_cast<std::size_t>(random.below(4))].add(group, x, y);
        }
        const auto merged = [&](std::initializer_list<std::size_t> order) {
            GroupedSums sums{2};
            for (const std::size_t shard : order) sums.merge(shards[shard]);
            return fit_random_intercept(sums, Levels::groups_in_parents);
        };
        const auto one = merged({0, 1, 2, 3});
        const auto other = merged({3, 1, 0, 2});
        REQUIRE((one && other));
        CHECK(near(one->criterion, other->criterion, 1e-11));
        CHECK(near(one->fixed[1].estimate, other->fixed[1].estimate, 1e-7));
        CHECK(near(*one->parent_variance, *other->parent_variance, 1e-4));
    }
}

TEST_CASE("rows given one by one and as sums of equal rows are the same model") {
    GroupedSums rows{2};
    GroupedSums alike{2};
    Random random{7};
    for (std::uint32_t group = 0; group < 20; ++group) {
        rows.add_group();
        alike.add_group();
        const double x[] = {1, random.normal()};
        const double intercept = random.normal();
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < 9; ++row) {
            const double y = intercept + random.normal();
            rows.add(group, x, y);
            sum += y;
            squares += y * y;
        }
        alike.add_alike(group, x, 9, sum, squares);
    }
    const auto one = fit_random_intercept(rows, Levels::groups);
    const auto other = fit_random_intercept(alike, Levels::groups);
    REQUIRE((one && other));
    CHECK(near(one->criterion, other->criterion, 1e-11));
    CHECK(near(one->group_variance, other->group_variance, 1e-5));
}

TEST_CASE("a scaled covariate changes its own coefficient alone") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        const auto one = fit_random_intercept(drawn(seed, 30, 0.5), Levels::groups);
        const auto other = fit_random_intercept(drawn(seed, 30, 0.5, 1000), Levels::groups);
        REQUIRE((one && other));
        CHECK(near(one->fixed[1].estimate, 1000 * other->fixed[1].estimate, 1e-6));
        CHECK(near(one->fixed[2].estimate, other->fixed[2].estimate, 1e-6));
        CHECK(near(one->group_variance, other->group_variance, 1e-5));
        for (std::size_t i = 0; i < 30; ++i) {
            CHECK(std::abs(one->groups[i]->effect - other->groups[i]->effect) < 1e-6);
        }
    }
}

TEST_CASE("a column that repeats others is left out, and the rest stays as it was") {
    GroupedSums twice{4};
    GroupedSums once{2};
    Random random{3};
    for (std::uint32_t group = 0; group < 15; ++group) {
        twice.add_group();
        once.add_group();
        const double context = random.normal();
        for (int row = 0; row < 6; ++row) {
            const double y = random.normal() + context;
            const double x[] = {1, context, 3 * context - 2, 7};
            twice.add(group, x, y);
            once.add(group, std::span{x}.first(2), y);
        }
    }
    const auto fit = fit_random_intercept(twice, Levels::groups);
    const auto plain = fit_random_intercept(once, Levels::groups);
    REQUIRE((fit && plain));
    CHECK(!fit->fixed[1].left_out);
    CHECK(fit->fixed[2].left_out);
    CHECK(fit->fixed[3].left_out);
    CHECK(near(fit->criterion, plain->criterion, 1e-9));
    CHECK(near(fit->fixed[1].estimate, plain->fixed[1].estimate, 1e-7));
}

TEST_CASE("no difference between groups gives variance 0, and effects 0") {
    GroupedSums sums{1};
    const double one[] = {1};
    for (std::uint32_t group = 0; group < 8; ++group) {
        sums.add_group();
        for (const double y : {-1.0, 0.0, 1.0}) sums.add(group, one, y);
    }
    const auto fit = fit_random_intercept(sums, Levels::groups);
    REQUIRE(fit);
    CHECK(fit->group_variance == 0);
    for (const auto& effect : fit->groups) {
        CHECK(effect->effect == 0);
        CHECK(effect->conditional_sd == 0);
    }
}

TEST_CASE("two levels: a variance of 0 at either level is found") {
    for (const bool upper : {false, true}) {
        CAPTURE(upper);
        GroupedSums sums{1};
        const double one[] = {1};
        Random random{11};
        for (std::uint32_t parent = 0; parent < 40; ++parent) {
            const double common = random.normal();
            for (int child = 0; child < 5; ++child) {
                const auto group = sums.add_group(parent);
                // Children spread evenly about their parent leave nothing for its intercept.
                const double own = child - 2.0;
                for (const double e : {-1.0, 1.0}) {
                    sums.add(group, one, (upper ? common : own) + e);
                }
            }
        }
        const auto fit = fit_random_intercept(sums, Levels::groups_in_parents);
        REQUIRE(fit);
        CHECK((upper ? fit->group_variance : *fit->parent_variance) == 0);
        CHECK((upper ? *fit->parent_variance : fit->group_variance) > 0.5);
    }
}

TEST_CASE("what cannot be estimated has a reason") {
    const double one[] = {1};
    const auto code = [](const GroupedSums& sums, Levels levels = Levels::groups) {
        const auto fit = fit_random_intercept(sums, levels);
        return fit ? std::string{"fitted"} : fit.error().code;
    };
    GroupedSums none{1};
    CHECK(code(none) == "model_no_rows");

    GroupedSums alone{1};
    alone.add_group();
    for (const double y : {1.0, 2.0, 4.0}) alone.add(0, one, y);
    CHECK(code(alone) == "model_one_group");

    GroupedSums singles{1};
    for (const double y : {1.0, 2.0, 4.0}) singles.add(singles.add_group(), one, y);
    CHECK(code(singles) == "model_single_rows");

    GroupedSums flat{1};
    for (const double y : {1.0, 2.0, 4.0}) {
        const auto group = flat.add_group();
        for (int row = 0; row < 3; ++row) flat.add(group, one, y);
    }
    CHECK(code(flat) == "model_no_spread");

    GroupedSums only_children{1};
    for (std::uint32_t parent = 0; parent < 3; ++parent) {
        const auto group = only_children.add_group(parent);
        for (const double y : {1.0, 2.0, 4.0}) only_children.add(group, one, y * parent);
    }
    CHECK(code(only_children, Levels::groups_in_parents) == "model_single_groups");
    CHECK(code(only_children) == "fitted");

    GroupedSums described{3};
    for (std::uint32_t group = 0; group < 3; ++group) {
        described.add_group();
        const double x[] = {1, group * 1.0, group * group * 1.0};
        for (const double y : {1.0, 2.0, 4.0}) described.add(group, x, y * (group + 1));
    }
    CHECK(code(described) == "model_saturated");
}

TEST_CASE("a group without rows has no effect") {
    GroupedSums sums = drawn(5, 10, 1);
    const auto empty = sums.add_group();
    const auto fit = fit_random_intercept(sums, Levels::groups);
    REQUIRE(fit);
    CHECK(!fit->groups[empty]);
    CHECK(fit->groups[0]);
}

TEST_CASE("planted variances are found again") {
    const auto fit = fit_random_intercept(drawn(20, 4000, 0.6), Levels::groups);
    REQUIRE(fit);
    CHECK(near(fit->group_variance, 0.36, 0.08));
    CHECK(near(fit->residual_variance, 1, 0.03));
    CHECK(near(fit->fixed[1].estimate, 0.5, 0.06));
    const auto by_ml = fit_random_intercept(drawn(20, 4000, 0.6), Levels::groups, Likelihood::full);
    REQUIRE(by_ml);
    CHECK(by_ml->group_variance < fit->group_variance);
}

}  // namespace opora::statistics
