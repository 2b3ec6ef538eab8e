#include "opora/model/user.hpp"

#include <algorithm>
#include <array>

namespace opora::model {

namespace {

struct RoleName {
    Role role;
    std::string_view code;
    std::string_view title;
};

constexpr std::array<RoleName, roles_count> names{{
    {Role::administrator, "administrator", "Администратор"},
    {Role::federal_coordinator, "federal_coordinator", "Федеральный координатор"},
    {Role::regional_coordinator, "regional_coordinator", "Региональный координатор"},
    {Role::municipal_coordinator, "municipal_coordinator", "Муниципальный координатор"},
    {Role::methodologist, "methodologist", "Методист"},
    {Role::school_head, "school_head", "Руководитель школы"},
    {Role::deputy_head, "deputy_head", "Заместитель руководителя"},
    {Role::teacher, "teacher", "Педагог"},
    {Role::curator, "curator", "Куратор"},
    {Role::auditor, "auditor", "Наблюдатель"},
}};

const RoleName& name_of(Role role) { return names[static_cast<std::size_t>(role)]; }

}  // namespace

std::string_view code(Role role) { return name_of(role).code; }
std::string_view title(Role role) { return name_of(role).title; }

std::optional<Role> role(std::string_view code) {
    const auto found = std::ranges::find(names, code, &RoleName::code);
    if (found == names.end()) return std::nullopt;
    return found->role;
}

}  // namespace opora::model
