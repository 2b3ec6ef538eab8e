#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::ports {

/// A column of a kind of file.
struct FileColumn {
    std::string title;        ///< Russian heading of the template.
    std::string description;  ///< Russian: what stands in it.
    bool required = false;
    std::string example;  ///< Fictional.
};

/// A kind of file that can be imported.
struct FileKind {
    std::string code;         ///< `vpr-f1`, `schools` …
    std::string title;        ///< Russian.
    std::string description;  ///< One Russian sentence: what the file is and where it comes from.
    bool has_template = false;
    std::vector<FileColumn> columns;
};

/// What a reader must know of the register to understand a file.
struct ReadRequest {
    std::filesystem::path path;
    std::optional<std::string> kind;      ///< Overrides the detection by content.
    const RegisterRows* known = nullptr;  ///< The register; never null.
    /// Of a file without a column of years; a row that names another year is refused.
    std::optional<model::SchoolYear> year;
    std::optional<std::filesystem::path>
        synonyms;  ///< The user's own headings, added to the shipped ones.
    std::optional<std::filesystem::path>
        scales;  ///< Folder of the user's own scales, which outrank the shipped ones.
    /// A working directory whose own factors and questionnaires hold in place of the shipped ones.
    std::optional<std::filesystem::path> directory;
};

/// Understands files: an adapter over spreadsheets, csv and parquet.
class FileReader {
public:
    virtual ~FileReader() = default;
    virtual std::vector<FileKind> kinds() const = 0;
    /// The code of the kind of a file by its first rows, or the one asked for.
    virtual base::Result<std::string> detect(const ReadRequest& request) const = 0;
    /// An error of the whole file; errors of rows stand in the batch.
    virtual base::Result<ImportBatch> read(const ReadRequest& request) const = 0;
    /// A template of a kind, or of one questionnaire («answers-pupils»), as a working directory may
    /// have its own.
    virtual base::Result<base::Done> write_template(
        const std::string& kind, const std::filesystem::path& path,
        const std::optional<std::filesystem::path>& directory) const = 0;
    /// The refused rows with their reasons, ready to be corrected and sent again.
    virtual void write_failed(const FailedRows& failed,
                              const std::filesystem::path& path) const = 0;
};

}  // namespace opora::ports
