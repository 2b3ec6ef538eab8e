#include "opora/model/calendar_date.hpp"

#include <doctest/doctest.h>

using namespace opora;

TEST_CASE("a day is read as ISO writes it, alone or before a time, and nothing else is a day") {
    const struct {
        const char* text;
        const char* day;
    } rows[] = {{"2024-11-25", "25.11.2024"},
                {"2024-11-25T08:00:00Z", "25.11.2024"},
                {"2024-02-29", "29.02.2024"},
                {"2023-02-29", ""},
                {"2024-13-01", ""},
                {"2024-00-01", ""},
                {"25.11.2024", ""},
                {"2024-11-5", ""},
                {"2024-11-250", ""},
                {"2024-1x-01", ""},
                {"", ""}};
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const auto day = model::date_of(row.text);
        CHECK((day ? model::title(*day) : "") == row.day);
        if (day) CHECK(std::string{row.text}.starts_with(model::iso(*day)));
    }
}
