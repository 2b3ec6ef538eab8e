#include "opora/intake/kinds/school_index.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace opora;
using namespace opora::intake;

TEST_CASE("a login is found through Cyrillic letters that look like its own") {
    const std::vector<model::School> schools{
        {.id = {"a"}, .name = "А", .login = "edu000107", .rcoi_code = "220A1"},
        {.id = {"Ш-1"}, .name = "Б", .login = "edu000108"}};
    SchoolIndex index{schools};
    CHECK(index.find("еdu000107") == &schools[0]);        // Cyrillic е
    CHECK(index.find("ЕDU000107") == &schools[0]);        // Cyrillic Е
    CHECK(index.find_exam_code("220А1") == &schools[0]);  // Cyrillic А
    CHECK(index.find("еdu000109") == nullptr);
    CHECK(index.find("Ш-1") == &schools[1]);
}
