#include "opora/base/whole_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

namespace opora::base {

std::filesystem::path unfinished(const std::filesystem::path& path) {
    return path.string() + fmt::format(".{}.tmp", ::getpid());
}

Error not_written(const std::filesystem::path& path) {
    return {.code = "out_not_written",
            .message = "файл не записан: проверьте, есть ли папка, место и право записи",
            .place = {.file = path.string()}};
}

Result<Done> write_whole_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path temporary = unfinished(path);
    std::ofstream file{temporary, std::ios::binary};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code trouble;
    if (file) std::filesystem::rename(temporary, path, trouble);
    if (file && !trouble) return Done{};
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return Unexpected{not_written(path)};
}

}  // namespace opora::base
