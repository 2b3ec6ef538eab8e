#include "opora/model/school_year.hpp"

#include <fmt/format.h>

namespace opora::model {

std::string title(SchoolYear year) {
    return fmt::format("{}/{:02}", year.ending - 1, year.ending % 100);
}

}  // namespace opora::model
