#pragma once

#include <array>
#include <string_view>

namespace opora::base {

/// HMAC-SHA1 (RFC 2104), as one-time codes (RFC 4226) need it. SHA-1 alone is broken; inside HMAC
/// it is not.
std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view message);

}  // namespace opora::base
