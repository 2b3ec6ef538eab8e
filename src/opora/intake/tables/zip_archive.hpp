#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "opora/base/result.hpp"
#include "opora/intake/tables/byte_source.hpp"

struct zip;

namespace opora::intake {

/// How far an entry may unpack. The declared sizes of a zip are hearsay: bytes are counted as they
/// come.
struct UnpackLimits {
    std::int64_t bytes_max = 0;
    std::int64_t ratio_max =
        0;  ///< Unpacked to packed, checked once `ratio_free_bytes` are unpacked.
    std::int64_t ratio_free_bytes = 50'000'000;
};

/// A zip file opened for reading. Nothing is ever unpacked to disk. One thread at a time.
class ZipArchive {
public:
    /// Refuses what is not a whole zip (`zip_broken`), entries with an absolute name or a way up
    /// (`zip_entry_name`) and encrypted entries (`encrypted`).
    static base::Result<std::shared_ptr<ZipArchive>> open(const std::filesystem::path& path);

    explicit ZipArchive(struct zip* archive) : archive_{archive} {}
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    bool contains(std::string_view name) const { return find(name).has_value(); }

    /// Unpacked size as the archive declares it; nothing for an entry that is not there.
    std::optional<std::int64_t> declared_bytes(std::string_view name) const;

    /// The bytes of an entry as a stream that keeps the archive open. `entry_missing`; later
    /// `zip_broken`, `zip_bomb`, `too_large`.
    static base::Result<ByteSource> stream(const std::shared_ptr<ZipArchive>& archive,
                                           std::string_view name, const UnpackLimits& limits);

private:
    std::optional<std::uint64_t> find(std::string_view name) const;
    base::Result<base::Done> check_entries() const;

    struct zip* archive_;
};

}  // namespace opora::intake
