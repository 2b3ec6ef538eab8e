#include "opora/application/access.hpp"

#include <doctest/doctest.h>

using namespace opora;
using application::may;
using application::Permission;
using model::Role;

namespace {

indicators::Evidence region() {
    indicators::EvidenceInput input;
    input.territories = {{{"r"}, model::TerritoryLevel::region, "Вымышленная область", {}, ""},
                         {{"a"}, model::TerritoryLevel::municipality, "Район А", {"r"}, ""},
                         {{"b"}, model::TerritoryLevel::municipality, "Район Б", {"r"}, ""}};
    input.schools = {{.id = {"1"}, .name = "Первая", .territory = {"a"}},
                     {.id = {"2"}, .name = "Вторая", .territory = {"a"}},
                     {.id = {"3"}, .name = "Третья", .territory = {"b"}}};
    return indicators::Evidence{std::move(input)};
}

std::string seen(const model::User& user) {
    static const auto evidence = region();
    const application::Scope scope{user, evidence};
    std::string ids;
    for (indicators::SchoolNumber i = 0; i < 3; ++i) {
        if (scope.sees(i)) ids += evidence.schools()[i].id.value;
    }
    return ids;
}

}  // namespace

TEST_CASE("who sees which schools") {
    const struct {
        model::User user;
        const char* schools;
    } rows[] = {
        {{.role = Role::regional_coordinator, .territory = {"r"}}, "123"},
        {{.role = Role::regional_coordinator}, "123"},
        {{.role = Role::municipal_coordinator, .territory = {"a"}}, "12"},
        {{.role = Role::municipal_coordinator, .territory = {"unknown"}}, ""},
        {{.role = Role::methodologist, .territory = {"b"}}, "3"},
        {{.role = Role::auditor, .territory = {"a"}}, "12"},
        {{.role = Role::school_head, .school = {"2"}}, "2"},
        // A territory gives a head nothing.
        {{.role = Role::school_head, .territory = {"r"}, .school = {"2"}}, "2"},
        {{.role = Role::teacher, .territory = {"r"}}, ""},
        {{.role = Role::curator, .territory = {"r"}, .assigned = {{"1"}, {"3"}}}, "13"},
        {{.role = Role::curator, .territory = {"r"}}, ""},
        {{.role = Role::administrator}, ""},
        {{.role = Role::regional_coordinator, .territory = {"r"}, .active = false}, ""},
    };
    for (const auto& row : rows) {
        CAPTURE(title(row.user.role));
        CHECK(seen(row.user) == row.schools);
    }
}

TEST_CASE("least rights: who may change what") {
    for (std::size_t i = 0; i < model::roles_count; ++i) {
        const auto role = static_cast<Role>(i);
        CAPTURE(title(role));
        // Whoever keeps the accounts sees no results, and the other way round.
        CHECK(may(role, Permission::manage_users) != may(role, Permission::read_schools));
        // Whoever only looks changes nothing.
        if (role == Role::auditor || role == Role::teacher || role == Role::curator) {
            for (const auto permission : {Permission::edit_methodologies, Permission::import_data,
                                          Permission::manage_lists, Permission::approve_lists}) {
                CHECK_FALSE(may(role, permission));
            }
        }
        // A list is approved by those who may make it; a school never makes its own list.
        if (may(role, Permission::approve_lists)) CHECK(may(role, Permission::manage_lists));
        CHECK_FALSE((may(role, Permission::acknowledge) && may(role, Permission::manage_lists)));
    }
}

TEST_CASE("why a person sees what he sees is said in sentences") {
    const auto sentences = application::explain_access(
        {.role = Role::municipal_coordinator, .territory = {"a"}}, region());
    REQUIRE(sentences.size() == 3 + application::permissions_count);
    CHECK(sentences[0] == "Ваша роль: Муниципальный координатор.");
    CHECK(sentences[1] == "Вам видны школы территории: Район А.");
    CHECK(sentences[2] == "Всего доступно: 2\u00a0школы.");
}
