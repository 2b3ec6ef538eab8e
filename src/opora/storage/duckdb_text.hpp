#pragma once

#include <duckdb.h>

#include <cstring>
#include <string_view>

#include "opora/base/expects.hpp"

namespace opora::storage {

constexpr std::uint32_t duckdb_inlined_max = 12;

/// A DuckDB text that points to `text`, which must outlive the chunk; texts of up to 12 bytes are
/// copied into it.
inline duckdb_string_t duckdb_text(std::string_view text) {
    OPORA_EXPECTS(text.size() <= UINT32_MAX);
    duckdb_string_t value{};
    const auto length = static_cast<std::uint32_t>(text.size());
    if (length <= duckdb_inlined_max) {
        value.value.inlined.length = length;
        std::memcpy(value.value.inlined.inlined, text.data(), length);
    } else {
        value.value.pointer.length = length;
        std::memcpy(value.value.pointer.prefix, text.data(), sizeof value.value.pointer.prefix);
        value.value.pointer.ptr = const_cast<char*>(text.data());
    }
    return value;
}

/// The characters of a DuckDB text, which live where `value` lives.
inline std::string_view text_of(const duckdb_string_t& value) {
    const std::uint32_t length = value.value.inlined.length;
    return {length <= duckdb_inlined_max ? value.value.inlined.inlined : value.value.pointer.ptr,
            length};
}

}  // namespace opora::storage
