#include "opora/base/hmac_sha1.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "opora/base/expects.hpp"

namespace opora::base {

std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view message) {
    std::array<unsigned char, 20> mac{};
    unsigned int length = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes,
                            message.size(), mac.data(), &length);
    OPORA_EXPECTS(made != nullptr && length == mac.size());
    return mac;
}

}  // namespace opora::base
