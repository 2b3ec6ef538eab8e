#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace opora::main {

/// A file that was built into the program: «methodology/packs/federal-2025.yaml» and its bytes.
struct Resource {
    std::string_view name;
    std::string_view bytes;
};

/// All of them, sorted by name.
std::vector<Resource> resources();

/// The bytes of one; std::nullopt if there is no such file.
std::optional<std::string_view> resource(std::string_view name);

}  // namespace opora::main
