#pragma once

#include <chrono>
#include <cstdint>

namespace opora::base {

/// Seconds since the beginning of 1970, by the clock of the machine. For the borders of the
/// program; what decides by time takes it as an argument.
inline std::int64_t unix_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace opora::base
