#include "opora/statistics/beta_binomial.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace opora::statistics {

// DOMAIN 7.2: the region has mean 12 %, deviation between schools 8 %; printed to 0.1 % and 0.01.
TEST_CASE("the prior of a region with mean 12 % and spread 8 % is Beta(1.86, 13.64)") {
    const Beta prior = beta_of_moments(0.12, 0.08);
    CHECK(prior.a == doctest::Approx(1.86).epsilon(0.003));
    CHECK(prior.b == doctest::Approx(13.64).epsilon(0.001));
    CHECK(prior.mean() == doctest::Approx(0.12));
    CHECK(prior.deviation() == doctest::Approx(0.08));
}

TEST_CASE("30 % of 10, of 50 and of 100 pupils are not the same news about a school") {
    struct Row {
        double failed;
        double all;
        double mean;
        double at_least_30;
    };
    const Beta prior = beta_of_moments(0.12, 0.08);
    for (const Row& row : {Row{3, 10, 0.191, 0.09}, Row{15, 50, 0.257, 0.21},
                           Row{30, 100, 0.276, 0.27}, Row{0, 0, 0.12, 0.03}}) {
        CAPTURE(row.all);
        const Beta posterior = updated(prior, {row.failed, row.all});
        CHECK(std::fabs(posterior.mean() - row.mean) < 0.0006);
        CHECK(std::fabs(posterior.at_least(0.30) - row.at_least_30) < 0.0060);
    }
}

TEST_CASE("a limit of 0 % is always reached, one of 100 % never") {
    CHECK(Beta{2, 5}.at_least(0) == 1);
    CHECK(Beta{2, 5}.at_least(1) == 0);
}

TEST_CASE("one more perfect pupil never makes a high share more probable") {
    const Beta prior = beta_of_moments(0.12, 0.08);
    for (double failed = 0; failed <= 12; ++failed) {
        for (double all = failed; all < 40; ++all) {
            CHECK(updated(prior, {failed, all + 1}).at_least(0.3) <=
                  updated(prior, {failed, all}).at_least(0.3));
        }
    }
}

TEST_CASE("the prior of a procedure takes chance out of the spread of its schools") {
    // 400 schools of 25 pupils whose true shares are 10 % and 20 % in equal parts: s = 5 %.
    std::vector<Counted> schools;
    const auto add = [&](double share) {
        for (int i = 0; i < 200; ++i) {
            // The quantiles of a binomial count stand for chance: x = 25 p + z sqrt(25 p (1 - p)).
            const double z = std::sqrt(12.0) * ((i + 0.5) / 200 - 0.5);
            schools.push_back({25 * share + z * std::sqrt(25 * share * (1 - share)), 25});
        }
    };
    add(0.1);
    add(0.2);
    const Beta prior = beta_prior(schools);
    CHECK(prior.mean() == doctest::Approx(0.15).epsilon(0.01));
    CHECK(prior.deviation() == doctest::Approx(0.05).epsilon(0.06));
}

TEST_CASE("without spread, without failures and without schools the prior stays a distribution") {
    const std::vector<Counted> alike(30, Counted{2, 20});
    CHECK(beta_prior(alike).deviation() == doctest::Approx(0.01).epsilon(0.01));
    const std::vector<Counted> perfect(30, Counted{0, 20});
    CHECK(beta_prior(perfect).mean() == doctest::Approx(0.002));
    const std::vector<Counted> failing(30, Counted{20, 20});
    CHECK(beta_prior(failing).mean() == doctest::Approx(0.998));
    const std::vector<Counted> one{{3, 10}};
    CHECK(beta_prior(one).mean() == doctest::Approx(0.3));
    CHECK(beta_prior({}).a == 1);
    CHECK(beta_prior(std::vector<Counted>{{0, 0}}).b == 1);
}

TEST_CASE("the normal quantile of a Beta share keeps its middle and its width") {
    // Beta(186, 1364) is nearly normal around 12 %: Phi^-1(0.12) = -1.175, slope 1 / phi = 5.0.
    const Moments moments = probit_moments({186, 1364});
    CHECK(moments.mean == doctest::Approx(-1.175).epsilon(0.003));
    CHECK(moments.deviation == doctest::Approx(0.0412).epsilon(0.03));
}

}  // namespace opora::statistics
