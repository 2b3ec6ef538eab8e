// Any bytes as a backup: refused with nothing left behind, or a folder.

#include <cstdint>
#include <filesystem>

#include "fuzz/fuzz_file.hpp"
#include "opora/base/expects.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/storage/backup.hpp"

using namespace opora;

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto file = testing::fuzz_file(testing::fuzz_text(bytes, size), ".zip");
    const auto folder = std::filesystem::path{file}.replace_extension("restored");
    try {
        storage::restore(file, folder);
        OPORA_EXPECTS(std::filesystem::is_directory(folder));
        std::filesystem::remove_all(folder);
    } catch (const ports::StorageError& error) {
        OPORA_EXPECTS(!error.code().empty());
        OPORA_EXPECTS(!std::filesystem::exists(folder));
    }
    return 0;
}
