#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/tables/shared_strings.hpp"
#include "opora/intake/tables/table_reader.hpp"

namespace opora::intake {

/// The parts of an xlsx package that hold its sheets, in the order of the tabs.
struct WorkbookParts {
    struct Sheet {
        std::string name;
        std::string part;  ///< Name of the zip entry.
        bool hidden = false;
    };
    std::vector<Sheet> sheets;
    std::string shared_strings;  ///< Empty when the book has none.
};

/// A workbook shared by the readers of its sheets. Shared strings are read when the first sheet is.
class Workbook {
public:
    Workbook(std::filesystem::path path, WorkbookParts parts, const TableLimits& limits)
        : path_{std::move(path)}, parts_{std::move(parts)}, limits_{limits} {}

    /// Finds the sheets: `not_workbook` for another office document, else the errors of zip and
    /// XML.
    static base::Result<std::shared_ptr<Workbook>> open(const std::filesystem::path& path,
                                                        const TableLimits& limits);

    const WorkbookParts& parts() const { return parts_; }
    const TableLimits& limits() const { return limits_; }
    std::string file_name() const { return path_.filename().string(); }

    base::Result<base::Done> load_shared_strings();
    const SharedStrings& shared_strings() const { return strings_; }

    /// The bytes of a sheet over a zip handle of its own.
    base::Result<ByteSource> sheet_bytes(const WorkbookParts::Sheet& sheet) const;

private:
    std::filesystem::path path_;
    WorkbookParts parts_;
    TableLimits limits_;
    SharedStrings strings_;
    bool strings_loaded_ = false;
};

}  // namespace opora::intake
