#include "opora/statistics/count_tails.hpp"

#include <doctest/doctest.h>

namespace opora::statistics {

TEST_CASE("tails of counts are those of R 4.2, to 1e-10") {
    // ppois(13, 8, lower = FALSE); pnbinom(13, size = 16, mu = 8, lower = FALSE)
    CHECK(count_tail(14, 8, 8) == doctest::Approx(0.0341807017938).epsilon(1e-10));
    CHECK(count_tail(14, 8, 12) == doctest::Approx(0.068169550229).epsilon(1e-10));
    // pbinom(13, 20, 0.45, lower = FALSE)
    CHECK(share_tail(14, 20, 0.45, 0) == doctest::Approx(0.021414355643).epsilon(1e-10));
    // sum over k >= 14 of choose(20, k) beta(k + a, 20 - k + b) / beta(a, b), a = 8.55, b = 10.45
    CHECK(share_tail(14, 20, 0.45, 0.05) == doctest::Approx(0.0782448130682).epsilon(1e-10));
    // pchisq(c(3.84, 10, 0.5), c(1, 4, 2), lower = FALSE); qchisq(0.5, 2)
    CHECK(chi_square_tail(3.84, 1) == doctest::Approx(0.0500435212487).epsilon(1e-10));
    CHECK(chi_square_tail(10, 4) == doctest::Approx(0.0404276819945).epsilon(1e-10));
    CHECK(chi_square_tail(0.5, 2) == doctest::Approx(0.7788007830714).epsilon(1e-10));
    CHECK(chi_square_quantile(0.5, 2) == doctest::Approx(1.38629436112).epsilon(1e-10));
}

TEST_CASE("ends of the tails") {
    CHECK(count_tail(0, 8, 12) == 1);
    CHECK(count_tail(1, 1e-9, 1e-9) == doctest::Approx(1e-9));
    CHECK(count_tail(14, 8, 7) == count_tail(14, 8, 8));  // Less than Poisson's is Poisson's.
    CHECK(share_tail(0, 0, 0.5, 0) == 1);
    CHECK(share_tail(0, 20, 0.5, 0.2) == 1);
    CHECK(share_tail(20, 20, 0.5, 0) == doctest::Approx(1.0 / 1048576));
    CHECK(share_tail(1, 1, 0.3, 0.4) == doctest::Approx(0.3));  // One trial has no correlation.
    CHECK(chi_square_tail(0, 2) == 1);
}

}  // namespace opora::statistics
