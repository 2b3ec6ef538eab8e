#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// A result of one year in standard deviations of pupils.
struct YearResult {
    SchoolYear year;
    double value = 0;
    double standard_error = 0;
    bool high = false;  ///< The whole 95 % interval lies above the mean.

    friend bool operator==(const YearResult&, const YearResult&) = default;
};

/// How the results of a school went over the years, beside those of all others.
struct SchoolGrowth {
    SchoolId school;
    std::vector<YearResult> years;  ///< Known ones of the window, ascending.
    std::optional<double> change;   ///< First known year to last, along a straight line.
    std::optional<double> change_error;
    std::optional<double> low, high;  ///< 95 % interval of the change.
    std::optional<double> shrunken;   ///< The change less what chance adds to the largest ones.
    std::optional<double> p, q;  ///< Against «no growth», one-sided; after Benjamini-Hochberg.
    bool growing = false;
    bool stably_high = false;
    std::string reason;  ///< Why the change is not known; empty when it is.
};

/// Results of the classes of a teacher in one kind of assessment over the years of the window.
struct TeacherResult {
    std::int64_t results = 0;
    std::int32_t procedures = 0;
    double value = 0;
    double standard_error = 0;
    double low = 0, high = 0;  ///< 95 % interval.
    double q = 1;              ///< Against «not above the mean», after Benjamini-Hochberg.
    bool strong = false;

    friend bool operator==(const TeacherResult&, const TeacherResult&) = default;
};

/// A teacher without a name: names stay in the register.
struct TeacherStrength {
    TeacherId teacher;
    SchoolId school;
    std::optional<TeacherResult> examinations;  ///< ОГЭ, ЕГЭ, ГВЭ.
    std::optional<TeacherResult> vpr;
};

}  // namespace opora::model
