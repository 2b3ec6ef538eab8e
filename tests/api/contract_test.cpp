#include <fstream>
#include <iterator>

#include "api/office.hpp"

using namespace opora;

namespace {

std::string text_of(const api::Response& response) {
    REQUIRE_FALSE(response.file.empty());
    std::ifstream file{response.file};
    return {std::istreambuf_iterator<char>{file}, {}};
}

const std::string path = "/api/v1/pairs/2/3/contract";

}  // namespace

TEST_CASE("the contract of a pair is a Word file that is made for one answer") {
    testing::Office office;
    const auto response =
        office.ask(testing::Office::login_of(model::Role::methodologist), "GET", path);
    REQUIRE(response.status == 200);
    CHECK(response.content_type.find("wordprocessingml") != std::string::npos);
    CHECK(response.remove_file);
    CHECK(response.file.parent_path().filename() == "tmp");
}

TEST_CASE("the name of a head goes to those who see the school and the names of its people") {
    testing::Office office;
    const struct {
        model::Role role;
        const char* leader;
        const char* head;
    } rows[] = {{model::Role::municipal_coordinator, "1", "Глава первой"},
                {model::Role::municipal_coordinator, "3", ""},  // Another district.
                {model::Role::regional_coordinator, "1", ""}};  // No names at all.
    for (const auto& row : rows) {
        CAPTURE(std::string{code(row.role)});
        CAPTURE(row.leader);
        const auto response =
            office.ask(testing::Office::login_of(row.role), "GET",
                       std::string{"/api/v1/pairs/2/"} + row.leader + "/contract");
        REQUIRE(response.status == 200);
        CHECK(text_of(response) == row.head);
    }
}

TEST_CASE("a contract of a school out of sight, of unknown ones or of one school is refused") {
    testing::Office office;
    const std::string login = testing::Office::login_of(model::Role::municipal_coordinator);
    CHECK(office.ask(login, "GET", "/api/v1/pairs/3/1/contract").status == 404);
    CHECK(office.ask(login, "GET", "/api/v1/pairs/no/1/contract").status == 404);
    CHECK(office.ask(login, "GET", "/api/v1/pairs/2/no/contract").status == 404);
    CHECK(office.ask(login, "GET", "/api/v1/pairs/2/2/contract").status == 422);
}
