#pragma once

#include <compare>
#include <string>

namespace opora::model {

/// A school year, named by the calendar year in which it ends: 2023/24 is SchoolYear{2024}.
struct SchoolYear {
    int ending = 0;

    friend auto operator<=>(SchoolYear, SchoolYear) = default;
};

constexpr SchoolYear operator+(SchoolYear year, int years) { return {year.ending + years}; }
constexpr SchoolYear operator-(SchoolYear year, int years) { return {year.ending - years}; }

/// «2023/24».
std::string title(SchoolYear year);

constexpr SchoolYear year_min{2000};
constexpr SchoolYear year_max{2100};

}  // namespace opora::model
