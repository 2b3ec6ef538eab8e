#include "opora/intake/bulk/bulk_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace opora::intake {

namespace {

constexpr int closed = -1;  // As POSIX has it.

base::Unexpected<base::Error> unreadable() {
    return base::Unexpected{base::Error{
        .code = "file_unreadable",
        .message =
            "файл не открывается или не читается до конца: проверьте, что он есть и доступен",
        .place = {},
        .expected = {},
        .found = {}}};
}

}  // namespace

base::Result<BulkFile> BulkFile::open(const std::filesystem::path& path) {
    // A pipe is refused below; opening it must not wait for its writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor == closed) return unreadable();
    struct stat status {};
    BulkFile file{descriptor, 0};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return unreadable();
    file.bytes_ = status.st_size;
    return file;
}

BulkFile::BulkFile(BulkFile&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, closed)}, bytes_{other.bytes_} {}

BulkFile& BulkFile::operator=(BulkFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

BulkFile::~BulkFile() {
    if (descriptor_ != closed) ::close(descriptor_);
}

base::Result<std::size_t> BulkFile::read(std::int64_t from, std::span<char> into) const {
    std::size_t filled = 0;
    while (filled < into.size()) {
        const auto count = ::pread(descriptor_, into.data() + filled, into.size() - filled,
                                   from + static_cast<std::int64_t>(filled));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable();
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return filled;
}

}  // namespace opora::intake
