#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/result.hpp"

namespace opora::documents {

/// One file inside a docx: its path in the archive and its uncompressed bytes.
struct PackagePart {
    std::string name;
    std::string content;

    friend bool operator==(const PackagePart&, const PackagePart&) = default;
};

/// A docx taken apart, parts in the order of the archive.
using Package = std::vector<PackagePart>;

/// What a hostile archive may not exceed; a Word template of an order has 15 parts and 100 kB.
constexpr std::size_t package_parts_max = 2'000;
constexpr std::uint64_t package_bytes_max = 64'000'000;

/// Unpacks an archive held in memory. `file` names it in errors: `template_not_docx` for what is no
/// archive or is damaged, `template_too_large` for what unpacks beyond the limits (the real size
/// counts, not the declared one).
base::Result<Package> unpack(std::string_view bytes, const std::string& file);

/// Packs the parts in their order with a fixed time, so that the same parts give the same bytes.
std::string pack(const Package& package);

}  // namespace opora::documents
