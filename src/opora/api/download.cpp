#include "opora/api/download.hpp"

namespace opora::api {

namespace {

/// Percent sequences for all but the letters, digits and signs that RFC 8187 leaves as they are.
std::string encoded(const std::string& name) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char symbol : name) {
        if (plain.find(symbol) != std::string_view::npos) {
            text += symbol;
            continue;
        }
        const auto byte = static_cast<unsigned char>(symbol);
        text += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

}  // namespace

Response download(const std::filesystem::path& file, const std::string& name,
                  std::string_view content_type) {
    Response response{.content_type = std::string{content_type}};
    response.file = file;
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename*=UTF-8''" + encoded(name));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace opora::api
