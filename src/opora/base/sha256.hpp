#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace opora::base {

/// SHA-256 of bytes fed in pieces. Move-only.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&& other) noexcept;
    Sha256& operator=(Sha256&& other) noexcept;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);

    /// Lower-case hex of what was added; the object starts anew.
    std::string hex();
    std::array<std::uint8_t, 32> digest();

private:
    void* context_;
};

/// Lower-case hex SHA-256 of a text.
std::string sha256(std::string_view text);

}  // namespace opora::base
