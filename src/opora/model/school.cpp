#include "opora/model/school.hpp"

namespace opora::model {

int grade_low(const School& school) { return school.grade_low.value_or(1); }

int grade_high(const School& school) {
    if (school.grade_high) return *school.grade_high;
    switch (school.type) {
        case SchoolType::primary:
            return 4;
        case SchoolType::basic:
            return 9;
        case SchoolType::secondary:
        case SchoolType::gymnasium:
        case SchoolType::lyceum:
        case SchoolType::evening:
        case SchoolType::correctional:
        case SchoolType::boarding:
            return 11;
    }
    return 11;
}

}  // namespace opora::model
