#pragma once

#include <charconv>
#include <cstdint>

#include "opora/model/user.hpp"

namespace opora::storage {

/// The row of a user; 0 for an id that no store gave.
inline std::int64_t number_of(const model::UserId& id) {
    std::int64_t number = 0;
    const char* end = id.value.data() + id.value.size();
    const auto read = std::from_chars(id.value.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

}  // namespace opora::storage
