#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/identifier.hpp"

namespace opora::model {

using UserId = Identifier<struct UserTag>;

/// What a person does in the system. What a role may do stands in application/access.hpp.
enum class Role : std::uint8_t {
    administrator,  ///< Accounts and the state of the program; no results of schools.
    federal_coordinator,
    regional_coordinator,
    municipal_coordinator,
    methodologist,
    school_head,
    deputy_head,
    teacher,
    curator,  ///< Of the schools assigned.
    auditor,  ///< Reads everything of the territory, changes nothing.
};

constexpr std::size_t roles_count = 10;

/// A person with an account. Where the person may look: the territory with all below it (empty: all
/// of the store), a school, or the schools assigned to a curator.
struct User {
    UserId id;          ///< Given by the store.
    std::string login;  ///< Small letters; unique.
    std::string name;
    Role role = Role::auditor;
    TerritoryId territory;
    SchoolId school;                 ///< Of head, deputy and teacher.
    std::vector<SchoolId> assigned;  ///< Of a curator; sorted.
    bool active = true;
    std::int64_t version = 0;  ///< Grows with every change; guards against lost changes.

    friend bool operator==(const User&, const User&) = default;
};

/// `municipal_coordinator`.
std::string_view code(Role role);
/// «Муниципальный координатор».
std::string_view title(Role role);
std::optional<Role> role(std::string_view code);

}  // namespace opora::model
