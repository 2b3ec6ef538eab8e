#include "opora/model/class_name.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace opora::model;

TEST_CASE("one class under its usual spellings has one key") {
    for (const char* spelling : {"5А", "5а", "5 А", "5-а", "5\u00a0«А»", "5A", "5a"}) {
        CAPTURE(spelling);
        CHECK(class_key(spelling) == "5А");
    }
    CHECK(class_key("5Б") != class_key("5В"));
    CHECK(class_key("").empty());
}

TEST_CASE("the grade of a class is the number it starts with") {
    CHECK(grade_of_class("11-Б") == 11);
    CHECK(grade_of_class("4") == 4);
    CHECK_FALSE(grade_of_class("А"));
    CHECK_FALSE(grade_of_class("0А"));
    CHECK_FALSE(grade_of_class("13А"));
    CHECK_FALSE(grade_of_class(""));
}
