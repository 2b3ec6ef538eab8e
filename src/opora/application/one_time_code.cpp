#include "opora/application/one_time_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/base/hmac_sha1.hpp"

namespace opora::application {

namespace {

/// The counter as eight bytes, the highest first.
std::string counter_bytes(std::int64_t step) {
    std::string bytes(8, '\0');
    auto rest = static_cast<std::uint64_t>(step);
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, rest >>= 8U) {
        *byte = static_cast<char>(rest & 0xFFU);
    }
    return bytes;
}

std::uint64_t power_of_ten(int digits) {
    std::uint64_t power = 1;
    for (int i = 0; i < digits; ++i) power *= 10;
    return power;
}

}  // namespace

std::string one_time_code(std::string_view secret, std::int64_t step, int digits) {
    const auto mac = base::hmac_sha1(secret, counter_bytes(step));
    const std::size_t place = mac.back() & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = (number << 8U) | mac[place + i];
    return fmt::format("{:0{}}", (number & 0x7FFFFFFFU) % power_of_ten(digits), digits);
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code,
                                          std::int64_t now_step, std::int64_t last) {
    for (const std::int64_t step : {now_step, now_step - 1, now_step + 1}) {
        if (step > last && one_time_code(secret, step) == code) return step;
    }
    return std::nullopt;
}

std::string base32(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31U];
        held &= (1U << bits) - 1;
    }
    if (bits > 0) text += alphabet[(held << (5 - bits)) & 31U];
    return text;
}

std::string code_address(std::string_view secret, std::string_view login) {
    // «Опора», percent-encoded; a login holds nothing that needs it.
    constexpr std::string_view issuer = "%D0%9E%D0%BF%D0%BE%D1%80%D0%B0";
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}", issuer, login,
                       base32(secret));
}

}  // namespace opora::application
