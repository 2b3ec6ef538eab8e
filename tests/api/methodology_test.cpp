#include "api/office.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string methodologist = testing::Office::login_of(model::Role::methodologist);
const std::string coordinator = testing::Office::login_of(model::Role::municipal_coordinator);
const std::string auditor = testing::Office::login_of(model::Role::auditor);
const std::string path = "/api/v1/methodologies/own-rule";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto place = text.find(what);
    REQUIRE(place != std::string::npos);
    return text.replace(place, what.size(), with);
}

/// The shipped methodology under another name.
std::string copy_of(testing::Office& office) {
    const auto shipped =
        office.json(office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025"));
    CHECK(shipped["own"] == false);
    return replaced(shipped["text"], "id: federal-2025", "id: own-rule");
}

api::Response save(testing::Office& office, const std::string& text, const std::string& edit,
                   const std::string& login = methodologist) {
    return office.ask(login, "PUT", path, {{"text", text}, {"reason", "Решение совета"}},
                      {{"if-match", "\"" + edit + "\""}});
}

}  // namespace

TEST_CASE(
    "a copy with another limit is saved, lists other schools, and the journal tells the limit") {
    testing::Office office;
    const std::string text = copy_of(office);
    CHECK(save(office, text, "0").status == 201);
    const std::string list = path + "/list?year=2024";
    CHECK(office.json(office.ask(methodologist, "GET", list))["listings"][0]["verdict"] == "watch");
    const std::string stricter = replaced(text, "value: 2 procedures", "value: 1 procedures");
    CHECK(save(office, stricter, "1").status == 200);
    CHECK(office.json(office.ask(methodologist, "GET", list))["listings"][0]["verdict"] ==
          "listed");
    const auto all = office.json(office.ask(auditor, "GET", "/api/v1/methodologies"));
    CHECK(all["methodologies"].size() == 2);
    const auto newest =
        office.json(office.ask(coordinator, "GET", "/api/v1/journal"))["entries"][0];
    CHECK(newest["action_title"] == "Сохранена методика");
    CHECK(newest["reason"] == "Решение совета");
    CHECK(newest["changes"].dump().find("1 procedures") != std::string::npos);
}

TEST_CASE("of two editors the second is told, and reads what the first has written") {
    testing::Office office;
    const std::string text = copy_of(office);
    REQUIRE(save(office, text, "0").status == 201);
    CHECK(save(office, text, "0").status == 409);
    const std::string first = replaced(text, "value: 30 %", "value: 25 %");
    CHECK(save(office, first, "1", coordinator).status == 200);
    const auto late = save(office, text, "1");
    CHECK(office.json(late)["code"] == "version_conflict");
    CHECK(office.json(office.ask(methodologist, "GET", path))["text"] == first);
    CHECK(office.ask(methodologist, "PUT", path, {{"text", text}}).status == 428);
}

TEST_CASE("mistakes come with their lines as one types, and are not saved") {
    testing::Office office;
    const std::string broken =
        replaced(copy_of(office), "value: 2 procedures", "value: много процедур");
    const auto checked = office.json(office.ask(methodologist, "POST", "/api/v1/methodology-checks",
                                                {{"id", "own-rule"}, {"text", broken}}));
    REQUIRE_FALSE(checked["errors"].empty());
    CHECK(checked["errors"][0]["row"].get<int>() > 1);
    CHECK(office.json(save(office, broken, "0"))["code"] == "methodology_wrong");
    CHECK(office.ask(methodologist, "GET", path).status == 404);
    const auto other = office.json(office.ask(methodologist, "POST", "/api/v1/methodology-checks",
                                              {{"id", "other"}, {"text", copy_of(office)}}));
    CHECK(other["errors"][0]["expected"] == "other");
    const auto good = office.json(office.ask(methodologist, "POST", "/api/v1/methodology-checks",
                                             {{"id", ""}, {"text", copy_of(office)}}));
    CHECK(good["errors"].empty());
    CHECK(good["methodology"]["id"] == "own-rule");
}

TEST_CASE("the program's own are neither changed nor deleted; an own one is, and can come again") {
    testing::Office office;
    const std::string shipped = "/api/v1/methodologies/federal-2025";
    const auto text = office.json(office.ask(methodologist, "GET", shipped))["text"];
    const std::vector<api::Field> zero{{"if-match", "\"0\""}};
    CHECK(office.json(office.ask(methodologist, "PUT", shipped, {{"text", text}}, zero))["code"] ==
          "methodology_shipped");
    CHECK(office.ask(methodologist, "DELETE", shipped, nullptr, zero).status == 409);
    REQUIRE(save(office, copy_of(office), "0").status == 201);
    const std::vector<api::Field> first{{"if-match", "\"1\""}};
    CHECK(office.ask(auditor, "DELETE", path, nullptr, first).status == 403);
    CHECK(office.ask(methodologist, "DELETE", path, nullptr, zero).status == 409);
    CHECK(office.ask(methodologist, "DELETE", path, nullptr, first).status == 204);
    CHECK(office.ask(methodologist, "GET", path).status == 404);
    CHECK(office.ask(methodologist, "DELETE", path, nullptr, first).status == 404);
    CHECK(save(office, copy_of(office), "0").status == 201);
}

TEST_CASE("names that are no names never reach the disk") {
    testing::Office office;
    for (const char* id : {"..", "a", "Own", "a b c", "моя"}) {
        const std::string text =
            replaced(copy_of(office), "id: own-rule", std::string{"id: \""} + id + "\"");
        const auto response =
            office.ask(methodologist, "PUT", std::string{"/api/v1/methodologies/"} + id,
                       {{"text", text}}, {{"if-match", "\"0\""}});
        CHECK(response.status == 422);
    }
}

TEST_CASE("the command line finds an own methodology of a folder by its id, as it was saved last") {
    testing::Office office;
    const auto directory = office.workspace().store().directory();
    const auto find = [&](const std::string& id) {
        return application::find_methodology(office.adapters(), id, directory);
    };
    REQUIRE_FALSE(find("own-rule"));
    const std::string text = copy_of(office);
    REQUIRE(save(office, text, "0").status == 201);
    REQUIRE(
        save(office, replaced(text, "value: 2 procedures", "value: 1 procedures"), "1").status ==
        200);
    const auto found = find("own-rule");
    REQUIRE(found);
    CHECK(found->edit == 2);
    CHECK(found->text.find("value: 1 procedures") != std::string::npos);
    CHECK_FALSE(application::find_methodology(office.adapters(), "own-rule"));
    const auto unknown = find("no-such");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().front().expected == "federal-2025, own-rule");
}
