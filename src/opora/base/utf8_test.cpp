#include "opora/base/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace opora::base;

TEST_CASE("a character written is the character read, at both ends of every length") {
    for (const char32_t code :
         {0x00U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        CAPTURE(code);
        std::string text;
        append_utf8(text, code);
        CHECK(first_character(text).code == code);
        CHECK(first_character(text).bytes == text.size());
        CHECK(valid_utf8_prefix(text) == text.size());
    }
}

TEST_CASE("bytes that are not UTF-8 end the valid part: overlong, surrogate, cut, alone") {
    for (const std::string wrong : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                    "\xD0", "\xE2\x82", "\x80", "\xFF", "\xCF\xF0"}) {
        CAPTURE(wrong);
        CHECK(first_character(wrong).bytes == 0);
        CHECK(valid_utf8_prefix("школа №1 abcdefgh" + wrong) == 24);
    }
    CHECK(valid_utf8_prefix("") == 0);
    CHECK(ascii_prefix("abcdefghijkя") == 11);
    CHECK(ascii_prefix("я") == 0);
}
