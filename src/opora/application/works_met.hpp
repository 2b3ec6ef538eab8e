#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "opora/ports/import_batch.hpp"

namespace opora::application {

/// The works of schools that files which come together have brought rows of pupils for.
///
/// A protocol replaces all results of its school in its work, so that of two files of one work
/// (the classes of a school, one by one) only the last would remain, whichever that is. Files of
/// more than 100,000 rows are not looked at: what they replace stops them as a mass change.
class WorksMet {
public:
    /// The name of a file before this one, other than this one, that brought rows of the same
    /// school and work.
    std::optional<std::string> earlier(const ports::ImportBatch& batch) const;
    void add(const ports::ImportBatch& batch);

private:
    struct File {
        std::string name;
        std::string sha256;
    };
    std::map<std::pair<model::SchoolId, model::Procedure>, File> files_;
};

}  // namespace opora::application
