#pragma once

#include <cstdint>
#include <string>

namespace opora::ports {

/// What a backup holds, or what was restored of it.
struct BackupContents {
    std::string taken;  ///< ISO 8601, UTC.
    std::string program_version;
    std::int64_t files = 0;
    std::int64_t bytes = 0;  ///< Before compression.
};

enum class Health : std::uint8_t {
    good,
    attention,  ///< Works, but somebody should look.
    broken,
};

/// One statement about a working directory that was looked into.
struct Check {
    std::string code;   ///< Stable: «facts», «audit».
    std::string title;  ///< Russian: what was looked at.
    Health health = Health::good;
    std::string finding;  ///< Russian: what was found.
    std::string advice;   ///< Russian: what to do; empty where all is well.
};

}  // namespace opora::ports
