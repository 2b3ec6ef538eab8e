#include "opora/application/one_time_code.hpp"

#include <doctest/doctest.h>

using namespace opora::application;

// RFC 6238, appendix B (SHA1, 8 digits), and RFC 4226, appendix D (6 digits).
constexpr std::string_view secret = "12345678901234567890";

TEST_CASE("RFC 6238: codes of the appendix at their moments") {
    const struct {
        std::int64_t seconds;
        const char* code;
    } rows[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& row : rows) {
        CAPTURE(row.seconds);
        CHECK(one_time_code(secret, code_step(row.seconds), 8) == row.code);
    }
}

TEST_CASE("RFC 4226: the first ten codes of the appendix") {
    const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
    for (std::int64_t i = 0; i < 10; ++i) CHECK(one_time_code(secret, i) == codes[i]);
}

TEST_CASE("a code fits its period, the one before and the one after, and works once") {
    const std::string code = one_time_code(secret, 100);
    CHECK_FALSE(matching_step(secret, code, 98, 0));
    CHECK(matching_step(secret, code, 99, 0) == 100);
    CHECK(matching_step(secret, code, 100, 0) == 100);
    CHECK(matching_step(secret, code, 101, 0) == 100);
    CHECK_FALSE(matching_step(secret, code, 102, 0));
    CHECK_FALSE(matching_step(secret, code, 100, 100));
    CHECK_FALSE(matching_step(secret, "", 100, 0));
}

TEST_CASE("RFC 4648: base32 of its test vectors, without padding") {
    CHECK(base32("").empty());
    CHECK(base32("f") == "MY");
    CHECK(base32("fo") == "MZXQ");
    CHECK(base32("foo") == "MZXW6");
    CHECK(base32("foob") == "MZXW6YQ");
    CHECK(base32("fooba") == "MZXW6YTB");
    CHECK(base32("foobar") == "MZXW6YTBOI");
}
