#pragma once

#include <optional>
#include <set>

#include "opora/base/error.hpp"
#include "opora/model/user.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::application {

/// Whose data a person may load, undo and see loaded.
///
/// A person of the whole store (no territory) may load everything. One of a territory may load data
/// of its schools, and of the territories below it. To the reader of files the schools of others
/// are not there at all, so that a row that names one is refused as a row of an unknown school is:
/// neither is told apart. The territories above are known by name, but nothing of theirs is
/// changed.
class ImportScope {
public:
    ImportScope(const model::User& user, ports::RegisterRows all);

    bool whole() const { return whole_; }
    /// The schools and territories that the reader of a file may know.
    const ports::RegisterRows& known() const { return known_; }

    /// Takes what a file tells of territories above out of a form, with a warning: the form stands
    /// for its schools all the same.
    void narrow(ports::ImportBatch& batch) const;
    /// Error `other_territory` for rows that would change what is not the person's to change.
    std::optional<base::Error> objection(const ports::ImportBatch& batch) const;
    /// Rows that a file before this one brought count as known from now on.
    void learn(const ports::RegisterRows& rows);

    /// Whether the data of another person of this territory are of the scope.
    bool holds(const model::TerritoryId& territory) const;

private:
    bool holds(const model::SchoolId& school) const;
    bool moves(const std::vector<model::Territory>& rows, std::set<model::TerritoryId>& own) const;
    bool objects(const ports::RegisterRows& rows) const;
    void measure();

    bool whole_ = false;
    model::TerritoryId territory_;
    ports::RegisterRows all_;                   ///< Schools, territories and teachers of the store.
    ports::RegisterRows known_;                 ///< Of them, those of the scope.
    std::set<model::TerritoryId> territories_;  ///< The own one and those below it.
    std::set<model::SchoolId> schools_;
};

}  // namespace opora::application
