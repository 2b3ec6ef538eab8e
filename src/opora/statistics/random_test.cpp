#include "opora/statistics/random.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace opora::statistics {

TEST_CASE("the same key gives the same stream, another key another one") {
    Random first{{7, 1, 42}};
    Random again{{7, 1, 42}};
    Random other{{7, 42, 1}};
    for (int draw = 0; draw < 100; ++draw) {
        const auto bits = first.bits();
        CHECK(bits == again.bits());
        CHECK(bits != other.bits());
    }
}

TEST_CASE("the stream is fixed for ever: a territory of an old seed can be made again") {
    Random random{std::initializer_list<std::uint64_t>{1}};
    CHECK(random.bits() == 10790068262542275732ULL);
}

TEST_CASE("the normal quantile meets tabulated values, in the middle and in the tails") {
    const struct {
        double p;
        double z;
    } rows[] = {{0.5, 0.0},         {0.975, 1.959963985},  {0.025, -1.959963985},
                {0.9, 1.281551566}, {0.001, -3.090232306}, {0.999999, 4.753424309}};
    for (const auto& row : rows) {
        CHECK(normal_quantile(row.p) == doctest::Approx(row.z).epsilon(1e-8));
        CHECK(normal_probability(row.z) == doctest::Approx(row.p).epsilon(1e-8));
    }
}

TEST_CASE("normal draws have mean 0 and deviation 1, whole draws keep their ends") {
    Random random{{20, 24}};
    double sum = 0;
    double squares = 0;
    bool low_seen = false;
    bool high_seen = false;
    for (int draw = 0; draw < 200'000; ++draw) {
        const double z = random.normal();
        sum += z;
        squares += z * z;
        const int whole = random.between(5, 12);
        CHECK_UNARY(5 <= whole && whole <= 12);
        low_seen |= whole == 5;
        high_seen |= whole == 12;
    }
    CHECK(std::abs(sum / 200'000) < 0.01);
    CHECK(std::abs(squares / 200'000 - 1) < 0.02);
    CHECK(low_seen);
    CHECK(high_seen);
}

}  // namespace opora::statistics
