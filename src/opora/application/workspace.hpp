#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
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

    /// What `make` concludes from this state: made once and kept under its name, which holds all
    /// that it depends on. Conclusions are made one at a time; one may ask for another.
    template <class Value>
    std::shared_ptr<const Value> kept(const std::string& name, const std::function<Value()>& make) {
        const std::lock_guard guard{mutex_};
        if (const auto found = find_kept(name)) {
            return std::static_pointer_cast<const Value>(found);
        }
        auto made = std::make_shared<const Value>(make());
        keep(name, made);
        return made;
    }
    /// For what is made by `kept` alone: the store is not read by two at a time.
    ports::Store& store() { return store_; }
    const LoadedEvidence& loaded() const { return *evidence_; }
    std::span<const model::Scale> scales() const { return scales_; }

private:
    using Key = std::tuple<std::string, std::string, int>;  // Id, version, year.

    std::shared_ptr<const void> find_kept(const std::string& name) const;
    void keep(const std::string& name, std::shared_ptr<const void> made);

    std::recursive_mutex mutex_;
    ports::Store& store_;
    std::span<const model::Scale> scales_;
    Basis basis_;
    const LoadedEvidence* evidence_;
    std::map<Key, std::shared_ptr<const model::SchoolList>> lists_;
    std::map<std::string, std::shared_ptr<const void>> kept_;
};

/// The working directory that a server serves: opened once for writing, read as views.
class Workspace {
public:
    /// Throws StorageError, `busy` when another program writes to the directory.
    Workspace(const Adapters& adapters, const std::filesystem::path& directory);

    std::shared_ptr<View> view();
    /// To be called after every change of data: the next view is a new one. It is made here; until
    /// then requests are answered from the old one.
    void changed();

    /// The program's and the office's own, by id and version.
    std::vector<const Methodology*> methodologies() const;
    /// The latest version, or the newest saving of an own one. What was given once stays as it is
    /// for as long as the workspace, whatever is saved meanwhile.
    const Methodology* methodology(const std::string& id) const;
    /// From now on this is the newest of its id.
    void put_own(Methodology methodology);
    void remove_own(const std::string& id);
    const Adapters& adapters() const { return adapters_; }
    ports::Store& store() { return *store_; }
    std::span<const model::Scale> scales() const { return scales_; }

private:
    const Adapters& adapters_;
    std::unique_ptr<ports::Store> store_;
    std::vector<Methodology> methodologies_;
    std::deque<Methodology> own_;  ///< Every saving; nothing is moved or taken out.
    std::map<std::string, const Methodology*> own_newest_;
    std::vector<model::Scale> scales_;
    std::mutex changing_;  ///< One new view is made at a time, so that the last one stays.
    mutable std::mutex mutex_;
    std::shared_ptr<View> view_;
};

}  // namespace opora::application
