#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/application/identifying.hpp"
#include "opora/application/methodologies.hpp"

namespace opora::application {

/// One state of the data with what was already concluded from it. Shared by requests; thread-safe.
/// Whoever holds a view sees one state, whatever is loaded meanwhile.
class View {
public:
    /// `scales` are those that hold in the working directory; they outlive the view.
    View(ports::Store& store, std::span<const model::Scale> scales);

    /// Schools with the results of those that they follow.
    const indicators::Evidence& evidence() const { return evidence_->evidence; }
    const std::string& snapshot() const { return evidence_->snapshot; }
    /// School years with results, newest first.
    std::vector<model::SchoolYear> years() const;

    /// The list of all candidates; computed once for a methodology, its settings and a year.
    std::shared_ptr<const model::SchoolList> list(const Methodology& methodology,
                                                  model::SchoolYear year);
    /// The same without probabilities, at once, and not remembered: for trying parameters.
    model::SchoolList trial(const Methodology& methodology, model::SchoolYear year);
    /// The listings of one school with their derivations.
    base::Result<model::SchoolList> explain(const Methodology& methodology, model::SchoolYear year,
                                            const model::SchoolId& school);

private:
    using Key = std::tuple<std::string, std::string, int>;  // Id, version, year.

    std::mutex mutex_;
    Basis basis_;
    const LoadedEvidence* evidence_;
    std::map<Key, std::shared_ptr<const model::SchoolList>> lists_;
};

/// The working directory that a server serves: opened once for writing, read as views.
class Workspace {
public:
    /// Throws StorageError, `busy` when another program writes to the directory.
    Workspace(const Adapters& adapters, const std::filesystem::path& directory);

    std::shared_ptr<View> view();
    /// To be called after every change of data: the next view is a new one.
    void changed();

    const std::vector<Methodology>& methodologies() const { return methodologies_; }
    const Methodology* methodology(const std::string& id) const;  ///< The latest version.
    const Adapters& adapters() const { return adapters_; }
    ports::Store& store() { return *store_; }

private:
    const Adapters& adapters_;
    std::unique_ptr<ports::Store> store_;
    std::vector<Methodology> methodologies_;
    std::vector<model::Scale> scales_;
    std::mutex mutex_;
    std::shared_ptr<View> view_;
};

}  // namespace opora::application
