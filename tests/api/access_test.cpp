#include <algorithm>

#include "api/list_office.hpp"
#include "api/office.hpp"

using namespace opora;

namespace {

/// A path that fits a pattern.
std::string path_of(std::string_view pattern, const char* school = "2") {
    std::string path{pattern};
    for (const auto& [brace, value] : {std::pair{"{school}", school},
                                       {"{leader}", "3"},
                                       {"{methodology}", "federal-2025"},
                                       {"{user}", "1"},
                                       {"{session}", "x"},
                                       {"{job}", "1-1"},
                                       {"{kind}", "schools"},
                                       {"{batch}", "1-1"},
                                       {"{file}", "1"},
                                       {"{import}", "99"},
                                       {"{list}", "1"},
                                       {"{appeal}", school},
                                       {"{attachment}", testing::appeal_file}}) {
        if (const auto place = path.find(brace); place != std::string::npos) {
            path.replace(place, std::string_view{brace}.size(), value);
        }
    }
    REQUIRE(path.find('{') == std::string::npos);
    return path;
}

bool refused(int status) { return status == 401 || status == 403; }

}  // namespace

TEST_CASE("every address, as nobody: closed, but for coming in") {
    testing::Office office;
    for (const api::Route& route : api::all_routes()) {
        CAPTURE(std::string{route.pattern});
        const auto response = office.ask("", std::string{route.method}, path_of(route.pattern),
                                         testing::Json::object());
        if (route.entry == api::Entry::anyone) {
            // A form is looked at, a page is shown.
            CHECK(response.status == (route.method == "POST" ? 422 : 200));
        } else {
            CHECK(response.status == 401);
        }
    }
}

TEST_CASE("every address, as every role: open to those who hold its right and to nobody else") {
    testing::Office read;
    testing::list_of_school(read);
    for (const api::Route& route : api::all_routes()) {
        if (route.entry != api::Entry::permitted || route.method == "DELETE") continue;
        std::optional<testing::Office> own;  // What is changed is changed for nobody else.
        testing::Office& office = route.method == "GET" ? read : own.emplace();
        const bool of_list = route.pattern.find("{list}") != std::string_view::npos;
        if (of_list && own) testing::list_of_school(office);
        for (std::size_t i = 0; i < model::roles_count; ++i) {
            const auto role = static_cast<model::Role>(i);
            CAPTURE(std::string{route.pattern});
            CAPTURE(std::string{code(role)});
            const std::string login = testing::Office::login_of(role);
            // A curator sees the school assigned, 1; everybody else sees 2.
            const std::string path =
                path_of(route.pattern, role == model::Role::curator ? "1" : "2");
            const auto response =
                office.ask(login, std::string{route.method}, path,
                           route.method == "GET" ? testing::Json{} : testing::Json::object());
            CHECK(refused(response.status) == !application::may(role, route.permission));
            // Nobody has sent any files here.
            const bool of_nothing = route.pattern.find("{batch}") != std::string_view::npos;
            if (route.method == "GET" && application::may(role, route.permission))
                CHECK(response.status == (of_nothing ? 404 : 200));
        }
    }
}

TEST_CASE(
    "a school of another district, of another head, or of no assignment is as if it were not "
    "there") {
    testing::Office office;
    const struct {
        model::Role role;
        const char* seen;
        const char* hidden;
    } rows[] = {{model::Role::municipal_coordinator, "1", "3"},
                {model::Role::methodologist, "2", "3"},
                {model::Role::school_head, "2", "1"},
                {model::Role::teacher, "2", "1"},
                {model::Role::curator, "1", "2"},
                {model::Role::auditor, "1", "3"}};
    for (const auto& row : rows) {
        CAPTURE(std::string{code(row.role)});
        const std::string login = testing::Office::login_of(row.role);
        for (const std::string before :
             {"/api/v1/schools/", "/api/v1/methodologies/federal-2025/schools/"}) {
            CHECK(office.ask(login, "GET", before + row.seen).status == 200);
            const auto hidden = office.ask(login, "GET", before + row.hidden);
            const auto absent = office.ask(login, "GET", before + "no-such-school");
            CHECK(hidden.status == 404);
            CHECK(hidden.body == absent.body);
        }
        const auto list =
            office.json(office.ask(login, "GET", "/api/v1/methodologies/federal-2025/list"));
        for (const auto& listing : list["listings"]) CHECK(listing["school"] != row.hidden);
        const auto schools = office.json(office.ask(login, "GET", "/api/v1/schools"));
        CHECK_FALSE(schools["schools"].empty());
        for (const auto& school : schools["schools"]) CHECK(school["id"] != row.hidden);
    }
}

TEST_CASE("a change without the token of the session is refused, and so is one with another's") {
    testing::Office office;
    const std::string admin = testing::Office::login_of(model::Role::administrator);
    const testing::Json form{{"login", "new-one"},
                             {"name", "Новый"},
                             {"role", "auditor"},
                             {"territory", ""},
                             {"school", ""}};
    // The first header of a name counts: these stand before the right one.
    for (const std::string token : {"", "wrong", "token1"}) {
        const auto response =
            office.ask(admin, "POST", "/api/v1/users", form, {{"x-csrf-token", token}});
        CHECK(response.status == 403);
    }
    CHECK_FALSE(office.accounts().find_login("new-one"));
    CHECK(office.ask(admin, "POST", "/api/v1/users", form).status == 201);
    CHECK(office.accounts().find_login("new-one"));
}
