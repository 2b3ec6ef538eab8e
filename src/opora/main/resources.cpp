#include "opora/main/resources.hpp"

#include <algorithm>
#include <cstdint>

namespace opora::main {

extern "C" {
// Written by cmake/resources.cmake: name, first byte and size of every file.
struct OporaResource {
    const char* name;
    const char* begin;
    std::uint64_t size;
};
extern const OporaResource opora_resource_table[];
extern const std::uint64_t opora_resource_count;
}

std::vector<Resource> resources() {
    std::vector<Resource> all;
    for (std::uint64_t i = 0; i < opora_resource_count; ++i) {
        const OporaResource& entry = opora_resource_table[i];
        all.push_back({entry.name, {entry.begin, entry.size}});
    }
    std::ranges::sort(all, {}, &Resource::name);
    return all;
}

std::optional<std::string_view> resource(std::string_view name) {
    for (std::uint64_t i = 0; i < opora_resource_count; ++i) {
        const OporaResource& entry = opora_resource_table[i];
        if (name == entry.name) return std::string_view{entry.begin, entry.size};
    }
    return std::nullopt;
}

}  // namespace opora::main
