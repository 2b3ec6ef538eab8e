#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/school_year.hpp"
#include "opora/ports/file_reader.hpp"
#include "opora/ports/store.hpp"

namespace opora::application {

/// A methodology pack that the program ships.
struct ShippedPack {
    std::string name;  ///< «federal-2025.yaml».
    std::string_view text;
};

/// A synthetic territory to be written to a folder.
struct GenerateRequest {
    std::filesystem::path out;
    int schools = 0;
    model::SchoolYear first;
    model::SchoolYear last;
    std::optional<std::int64_t> protocols;  ///< Per year, approximately.
    std::uint64_t seed = 1;
    std::string layout = "csv";  ///< files, csv, parquet
};

/// The outside world as the use cases see it; made once in main.
struct Adapters {
    std::function<std::unique_ptr<ports::Store>(const std::filesystem::path&, ports::OpenMode)>
        open_store;
    const ports::FileReader* files = nullptr;
    std::vector<ShippedPack> packs;
    /// Reads a whole text file; an error that names it.
    std::function<base::Result<std::string>(const std::filesystem::path&)> read_text;
    /// Writes a synthetic territory with its planted truth; the text says what was written.
    std::function<base::Result<std::string>(const GenerateRequest&)> generate;
    /// Writes the files of the demonstration district into a folder; in the order of their import.
    std::function<std::vector<std::filesystem::path>(const std::filesystem::path&)>
        write_demo_files;
    std::string actor;    ///< «local:ivanova».
    std::string version;  ///< Of the program.
};

}  // namespace opora::application
