#pragma once

#include <optional>
#include <string>

#include "opora/application/access.hpp"
#include "opora/base/result.hpp"
#include "opora/model/list_state.hpp"

namespace opora::application {

/// Who acts on lists, and on which of them.
///
/// Whoever works at the command line owns the folder and may do everything. In the browser a role
/// gives rights (application/access.hpp), and the territory, the school or the assignment says
/// where: lists are kept by coordinators and methodologists of their territory or one above it;
/// schools see a list from its publication on and act for themselves alone.
class ListRights {
public:
    /// Of the command line.
    explicit ListRights(std::string actor) : actor_{std::move(actor)} {}
    ListRights(model::User user, const indicators::Evidence& evidence);

    /// «user:3», «local:ivanova».
    const std::string& actor() const { return actor_; }

    /// Whether the person may do it for this list. Error `forbidden` or `other_territory`.
    base::Result<base::Done> expect(Permission permission,
                                    const model::TerritoryId& territory) const;
    /// Whether the person speaks for the school. Error `other_school`.
    base::Result<base::Done> expect_of(const model::SchoolId& school) const;

    bool sees_school(const model::SchoolId& school) const;
    /// Drafts are seen by those who keep lists, and by auditors.
    bool sees(const model::ListState& state, const model::SchoolList& list) const;
    /// Whether the person keeps lists of this territory.
    bool keeps(const model::TerritoryId& territory) const;

    /// The territory of a list when none is named: the person's own.
    model::TerritoryId usual_territory() const;
    /// The school that the person speaks for.
    std::optional<model::SchoolId> own_school() const;

private:
    bool covers(const model::TerritoryId& territory) const;

    std::string actor_;
    std::optional<model::User> user_;
    const indicators::Evidence* evidence_ = nullptr;
    std::optional<Scope> scope_;
};

}  // namespace opora::application
