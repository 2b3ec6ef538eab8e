#include "opora/wording/text_width.hpp"

#include <doctest/doctest.h>

namespace opora::wording {

TEST_CASE(
    "width counts what the eye sees: Cyrillic letters one, combining marks none, wide ones two") {
    CHECK(text_width("") == 0);
    CHECK(text_width("СОШ №1") == 6);
    CHECK(text_width("и\u0306") == 1);
    CHECK(text_width("漢字") == 4);
    CHECK(text_width("\xD0") == 1);
    CHECK(padded("СОШ", 5) == "СОШ  ");
    CHECK(padded("СОШ", 2) == "СОШ");
}

}  // namespace opora::wording
