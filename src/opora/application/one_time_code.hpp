#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace opora::application {

/// Codes that change every 30 seconds: TOTP (RFC 6238) over HOTP (RFC 4226) with HMAC-SHA1, what
/// every application for codes knows.
constexpr std::int64_t code_seconds = 30;
constexpr int code_digits = 6;

/// The step of a moment: whole periods since 1970.
constexpr std::int64_t code_step(std::int64_t seconds) { return seconds / code_seconds; }

/// HOTP of a counter: the four bytes of the mac at the place that its last four bits name, without
/// the sign, modulo 10^digits, with leading zeros (RFC 4226, 5.3).
std::string one_time_code(std::string_view secret, std::int64_t step, int digits = code_digits);

/// The step whose code it is, among the present one, the one before and the one after (clocks
/// differ); nothing when none is newer than `last`, for a code works once (RFC 6238, 5.2).
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code,
                                          std::int64_t now_step, std::int64_t last);

/// RFC 4648 base32 without padding, as applications take a secret.
std::string base32(std::string_view bytes);

/// «otpauth://totp/…», what the QR code of a secret says.
std::string code_address(std::string_view secret, std::string_view login);

}  // namespace opora::application
