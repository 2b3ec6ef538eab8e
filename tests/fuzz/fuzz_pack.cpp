// Any text as a pack: mistakes with their lines, or a pack whose parameters can be written out and
// read back.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "opora/rules/pack.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace opora;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto pack = rules::parse_pack(text, "t.yaml");
    if (!pack) {
        if (pack.error().empty()) std::abort();
        for (const base::Error& error : pack.error()) {
            if (!error.place.row || *error.place.row < 1) std::abort();
        }
        return 0;
    }
    for (const rules::Parameter& parameter : pack->parameters) {
        const auto same =
            rules::with_parameter(*pack, parameter.name, rules::to_text(parameter.value));
        if (!same) std::abort();
    }
    return 0;
}
