#include "opora/application/list_rights.hpp"

#include <algorithm>

namespace opora::application {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

bool inside(const indicators::Evidence& evidence, model::TerritoryId id,
            const model::TerritoryId& whole) {
    constexpr int levels_max = 8;
    for (int level = 0; level < levels_max && !id.value.empty(); ++level) {
        if (id == whole) return true;
        const auto place = std::ranges::find(evidence.territories(), id, &model::Territory::id);
        if (place == evidence.territories().end()) return false;
        id = place->parent;
    }
    return false;
}

}  // namespace

ListRights::ListRights(model::User user, const indicators::Evidence& evidence)
    : actor_{"user:" + user.id.value},
      user_{std::move(user)},
      evidence_{&evidence},
      scope_{std::in_place, *user_, evidence} {}

bool ListRights::covers(const model::TerritoryId& territory) const {
    if (!user_ || user_->territory.value.empty()) return true;
    return inside(*evidence_, territory, user_->territory);
}

base::Result<base::Done> ListRights::expect(Permission permission,
                                            const model::TerritoryId& territory) const {
    if (!user_) return base::Done{};
    if (!may(user_->role, permission)) {
        return refusal("forbidden",
                       "для этого действия нужно право: " + std::string{title(permission)});
    }
    if (covers(territory)) return base::Done{};
    return refusal("other_territory", "перечень составлен для территории, которую вы не ведёте");
}

base::Result<base::Done> ListRights::expect_of(const model::SchoolId& school) const {
    if (!user_) return base::Done{};
    if (!may(user_->role, Permission::acknowledge)) {
        return refusal("forbidden", "за школу отвечает её руководитель или заместитель");
    }
    if (user_->school == school) return base::Done{};
    return refusal("other_school", "отвечать можно только за свою школу");
}

bool ListRights::sees_school(const model::SchoolId& school) const {
    if (!user_) return true;
    const auto number = evidence_->find_school(school);
    return number && scope_->sees(*number);
}

bool ListRights::keeps(const model::TerritoryId& territory) const {
    return !user_ || (may(user_->role, Permission::manage_lists) && covers(territory));
}

bool ListRights::sees(const model::ListState& state, const model::SchoolList& list) const {
    if (!user_ || keeps(state.territory)) return true;
    const bool drafted =
        state.stage == model::ListStage::draft || state.stage == model::ListStage::discarded;
    if (drafted && user_->role != model::Role::auditor) return false;
    return std::ranges::any_of(list.listings,
                               [&](const model::Listing& one) { return sees_school(one.school); });
}

model::TerritoryId ListRights::usual_territory() const {
    return user_ ? user_->territory : model::TerritoryId{};
}

std::optional<model::SchoolId> ListRights::own_school() const {
    if (!user_ || !may(user_->role, Permission::acknowledge)) return std::nullopt;
    return user_->school;
}

}  // namespace opora::application
