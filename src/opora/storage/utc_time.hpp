#pragma once

#include <string>

namespace opora::storage {

/// The system's time as ISO 8601 in UTC: «2024-09-01T08:00:00Z».
std::string utc_time();

}  // namespace opora::storage
