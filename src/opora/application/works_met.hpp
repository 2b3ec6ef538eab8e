#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opora/ports/import_batch.hpp"

namespace opora::application {

/// The works of schools that files which come together have brought rows of pupils for.
///
/// A protocol replaces all results of its school in its work, so that of two files of one work
/// (the classes of a school, one by one) only the last would remain, whichever that is. Files of
/// more than 100,000 rows are not looked at: what they replace stops them as a mass change.
class WorksMet {
public:
    using Work = std::pair<model::SchoolId, model::Procedure>;
    /// What one file brings.
    struct Brought {
        std::string file;
        std::string sha256;
        std::vector<Work> works;
    };
    static Brought of(const ports::ImportBatch& batch);

    /// The name of a file before this one, other than this one, that brought rows of the same
    /// school and work.
    std::optional<std::string> earlier(const Brought& brought) const;
    void add(Brought brought);

private:
    struct File {
        std::string name;
        std::string sha256;
    };
    std::map<Work, File> files_;
};

}  // namespace opora::application
