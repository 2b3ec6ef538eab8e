#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/user.hpp"

namespace opora::application {

/// What can be done. Every use case that people reach names one.
enum class Permission : std::uint8_t {
    read_schools,  ///< Schools, indicators, findings within the scope.
    read_staff_names,
    read_methodologies,
    edit_methodologies,
    import_data,   ///< Load, preview, undo.
    manage_lists,  ///< Make, publish, decide.
    approve_lists,
    acknowledge,  ///< Of one's own school: told of the inclusion, appeals.
    read_lists,   ///< Whole lists of the territory: orders, workbooks, checking them anew.
    read_journal,
    manage_users,
};

constexpr std::size_t permissions_count = 11;

std::string_view code(Permission permission);
/// «Загружать данные и отменять загрузки».
std::string_view title(Permission permission);

/// Whether a role may do it at all; where, the scope says.
bool may(model::Role role, Permission permission);

/// Which schools a user sees: bit by school number of the evidence.
class Scope {
public:
    Scope(const model::User& user, const indicators::Evidence& evidence);

    bool sees(indicators::SchoolNumber school) const { return seen_[school]; }
    std::size_t count() const { return count_; }

private:
    std::vector<bool> seen_;
    std::size_t count_ = 0;
};

/// Why the user sees what he sees, sentence by sentence, Russian.
std::vector<std::string> explain_access(const model::User& user,
                                        const indicators::Evidence& evidence);

}  // namespace opora::application
