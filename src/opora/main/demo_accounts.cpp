#include "opora/main/demo_accounts.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "opora/base/expects.hpp"

namespace opora::main {

namespace {

struct DemoAccount {
    const char* login;
    model::Role role;
};

constexpr std::array<DemoAccount, model::roles_count> demo_accounts{{
    {"admin", model::Role::administrator},
    {"federal", model::Role::federal_coordinator},
    {"region", model::Role::regional_coordinator},
    {"district", model::Role::municipal_coordinator},
    {"methodist", model::Role::methodologist},
    {"head", model::Role::school_head},
    {"deputy", model::Role::deputy_head},
    {"teacher", model::Role::teacher},
    {"curator", model::Role::curator},
    {"auditor", model::Role::auditor},
}};

constexpr std::size_t password_length = 12;
constexpr const char* actor = "demo";

/// People of a school belong to the one that the explanations of the README are about.
model::User user_of(const DemoAccount& account, const indicators::Evidence& evidence) {
    model::User user{.login = account.login, .name = "Вымышленный сотрудник", .role = account.role};
    const auto school = evidence.find_school({"edu000107"});
    if (!school) return user;
    const model::SchoolId& id = evidence.schools()[*school].id;
    switch (account.role) {
        case model::Role::school_head:
        case model::Role::deputy_head:
        case model::Role::teacher:
            user.school = id;
            break;
        case model::Role::curator:
            user.assigned = {id};
            break;
        default:
            break;
    }
    return user;
}

}  // namespace

void print_demo_accounts(ports::AccountStore& accounts, ports::Secrets& secrets,
                         const indicators::Evidence& evidence) {
    fmt::print("Учётные записи демонстрации (пароли новые при каждом запуске):\n");
    for (const DemoAccount& account : demo_accounts) {
        auto user = accounts.find_login(account.login);
        if (!user) {
            auto added = accounts.add(user_of(account, evidence), actor);
            OPORA_EXPECTS(added.has_value());
            user = *added;
        }
        const std::string password = secrets.token().substr(0, password_length);
        accounts.set_password_hash(user->id, secrets.hash_password(password), actor);
        fmt::print("  {:10} {}   {}\n", account.login, password, title(account.role));
    }
}

}  // namespace opora::main
