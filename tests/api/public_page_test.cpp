#include "api/office.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string admin = testing::Office::login_of(model::Role::administrator);
const std::string coordinator = testing::Office::login_of(model::Role::municipal_coordinator);
constexpr const char* path = "/api/v1/public";

}  // namespace

TEST_CASE("the public page is closed until the administrator opens it, and the journal says so") {
    testing::Office office;
    CHECK(office.json(office.ask("", "GET", path)) == Json{{"enabled", false}});
    CHECK(office.ask(coordinator, "PUT", path, {{"enabled", true}}).status == 403);
    CHECK(office.ask("", "PUT", path, {{"enabled", true}}).status == 401);
    CHECK(office.ask(admin, "PUT", path, {{"enabled", "да"}}).status == 422);
    CHECK(office.ask(admin, "PUT", path, {{"enabled", true}}).status == 200);
    CHECK(office.json(office.ask("", "GET", path))["enabled"] == true);
    const auto newest = office.json(office.ask(admin, "GET", "/api/v1/journal"))["entries"][0];
    CHECK(newest["changes"][0]["title"] == "Публичная страница");
    CHECK(newest["changes"][0]["after"] == "включено");
    CHECK(office.ask(admin, "PUT", path, {{"enabled", false}}).status == 200);
    CHECK(office.json(office.ask("", "GET", path)) == Json{{"enabled", false}});
    const auto closed = office.ask("", "GET", std::string{path} + "?format=csv");
    CHECK(office.json(closed) == Json{{"enabled", false}});
}

TEST_CASE("districts by marks, without a word of a school; small cells hidden with others") {
    testing::Office office;
    office.ask(admin, "PUT", path, {{"enabled", true}});
    const auto response = office.ask("", "GET", path);
    const auto page = office.json(response);
    // District a: two schools, 8 pupils with «2» and 12 with «4»; district b: 4 and 6.
    CHECK(page["table"]["marks"] == Json{"2", "3", "4", "5"});
    const Json& rows = page["table"]["rows"];
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["title"] == "Район А");
    CHECK(rows[0]["pupils"] == 20);
    CHECK(rows[1]["by_mark"][0].is_null());
    CHECK(page["table"]["hidden"] == true);
    CHECK(page["table"]["whole"]["by_mark"] == Json{12, 0, 18, 0});
    for (const char* secret : {"Первая", "Вторая", "Третья"}) {
        CHECK(response.body.find(secret) == std::string::npos);
    }
    const auto file = office.ask("", "GET", std::string{path} + "?format=csv");
    REQUIRE(file.status == 200);
    CHECK(file.content_type == "text/csv; charset=utf-8");
    // The file holds what the page shows, and nothing where the page shows nothing.
    CHECK(file.body.find("Район Б,10,скрыто,скрыто") != std::string::npos);
    CHECK(file.body.find("Всего,30,12,0.4,0,0,18,0.6,0,0") != std::string::npos);
    CHECK(file.body.find("Первая") == std::string::npos);
    CHECK(office.ask("", "GET", std::string{path} + "?format=xlsx").status == 200);
    CHECK(office.ask("", "GET", std::string{path} + "?procedure=no").status == 404);
    CHECK(office.ask("", "GET", std::string{path} + "?year=x").status == 422);
    CHECK(
        office.json(office.ask("", "GET", std::string{path} + "?year=2020"))["procedures"].empty());
}
