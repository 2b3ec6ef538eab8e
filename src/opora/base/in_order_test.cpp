#include "opora/base/in_order.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using opora::base::in_order;

TEST_CASE("parts are taken in their order, whoever made them and whoever was late") {
    for (const unsigned threads : {1u, 2u, 5u}) {
        std::vector<std::size_t> taken;
        in_order<std::size_t>(
            1000, threads,
            [](std::size_t number, std::size_t& part) {
                if (number % 7 == 0) std::this_thread::yield();
                part = number;
            },
            [&](std::size_t part) { taken.push_back(part); });
        CAPTURE(threads);
        REQUIRE(taken.size() == 1000);
        for (std::size_t i = 0; i < taken.size(); ++i) REQUIRE(taken[i] == i);
    }
}

TEST_CASE("no parts: nothing is made, nothing is taken") {
    in_order<int>(
        0, 3, [](std::size_t, int&) { FAIL("made"); }, [](int) { FAIL("taken"); });
}

TEST_CASE("what a maker or a taker throws reaches the caller after the parts before it") {
    for (const unsigned threads : {1u, 4u}) {
        std::size_t taken = 0;
        const auto broken = [](std::size_t number, int&) {
            if (number == 20) throw std::runtime_error{"made"};
        };
        CHECK_THROWS_WITH(in_order<int>(500, threads, broken, [&](int) { ++taken; }), "made");
        CHECK(taken == 20);
        const auto refuse = [](int) { throw std::runtime_error{"taken"}; };
        CHECK_THROWS_WITH(in_order<int>(
                              500, threads, [](std::size_t, int&) {}, refuse),
                          "taken");
    }
}
