// Any bytes as the target of a request: refused, or a path that climbs nowhere and fields that are
// text.

#include <algorithm>
#include <cstdint>

#include "fuzz/fuzz_file.hpp"
#include "opora/base/expects.hpp"
#include "opora/base/utf8.hpp"
#include "opora/server/target.hpp"

using namespace opora;

namespace {

void check_text(std::string_view text) {
    OPORA_EXPECTS(base::valid_utf8_prefix(text) == text.size());
    OPORA_EXPECTS(text.find('\0') == std::string_view::npos);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto target = server::parse_target(testing::fuzz_text(bytes, size));
    if (!target) return 0;
    OPORA_EXPECTS(target->path.starts_with('/'));
    OPORA_EXPECTS(target->path.find("/../") == std::string::npos);
    OPORA_EXPECTS(!target->path.ends_with("/.."));
    OPORA_EXPECTS(target->query.size() <= 64);
    check_text(target->path);
    for (const auto& [name, value] : target->query) {
        check_text(name);
        check_text(value);
    }
    return 0;
}
