#include "opora/main/web_assets.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "opora/base/expects.hpp"

extern "C" {
extern const char opora_web_bundle[];
extern const char opora_web_bundle_end[];
}

namespace opora::main {

namespace {

constexpr std::size_t fields_count = 8;

std::array<std::string_view, fields_count> fields_of(std::string_view line) {
    std::array<std::string_view, fields_count> fields;
    for (std::string_view& field : fields) {
        const auto end = std::min(line.find('\t'), line.size());
        field = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return fields;
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    OPORA_EXPECTS(read.ec == std::errc{});
    return value;
}

}  // namespace

std::vector<server::Asset> web_assets() {
    const std::string_view bundle{
        opora_web_bundle, static_cast<std::size_t>(opora_web_bundle_end - opora_web_bundle)};
    const auto head_end = bundle.find("\n\n");
    OPORA_EXPECTS(head_end != std::string_view::npos);
    const std::string_view bytes = bundle.substr(head_end + 2);
    std::vector<server::Asset> assets;
    for (std::string_view head = bundle.substr(0, head_end); !head.empty();) {
        const auto end = std::min(head.find('\n'), head.size());
        const auto fields = fields_of(head.substr(0, end));
        head.remove_prefix(std::min(end + 1, head.size()));
        assets.push_back({.path = std::string{fields[0]},
                          .content_type = std::string{fields[1]},
                          .bytes = bytes.substr(number(fields[4]), number(fields[5])),
                          .gzip = bytes.substr(number(fields[6]), number(fields[7])),
                          .etag = std::string{fields[2]},
                          .immutable = fields[3] == "1"});
    }
    return assets;
}

}  // namespace opora::main
