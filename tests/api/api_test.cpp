#include "api/office.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string admin = testing::Office::login_of(model::Role::administrator);
const std::string methodologist = testing::Office::login_of(model::Role::methodologist);

std::string value_of(const api::Response& response, std::string_view header) {
    for (const auto& [name, value] : response.headers) {
        if (name == header) return value;
    }
    return {};
}

}  // namespace

TEST_CASE("patterns: a brace takes one whole segment, never none and never two") {
    CHECK(api::match("/a/{x}", "/a/1") == std::vector<std::string>{"1"});
    CHECK(api::match("/a/{x}/b", "/a/1/b") == std::vector<std::string>{"1"});
    CHECK_FALSE(api::match("/a/{x}", "/a/"));
    CHECK_FALSE(api::match("/a/{x}", "/a"));
    CHECK_FALSE(api::match("/a/{x}", "/a/1/2"));
    CHECK_FALSE(api::match("/a", "/b"));
}

TEST_CASE("coming in gives a cookie that scripts and other sites cannot use, going out ends it") {
    testing::Office office;
    const auto in = office.ask("", "POST", "/api/v1/session",
                               {{"login", methodologist}, {"password", testing::Office::password}});
    REQUIRE(in.status == 201);
    const std::string cookie = value_of(in, "Set-Cookie");
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
    CHECK(office.json(in)["role"] == "methodologist");
    CHECK(office.ask(methodologist, "DELETE", "/api/v1/session").status == 204);
    CHECK(office.ask(methodologist, "GET", "/api/v1/session").status == 401);
}

TEST_CASE("two hundred guesses: after five they wait, and are told how long") {
    testing::Office office;
    int waited = 0;
    for (int i = 0; i < 200; ++i) {
        const auto response =
            office.ask("", "POST", "/api/v1/session", {{"login", admin}, {"password", "guess"}});
        CHECK((response.status == 401 || response.status == 429));
        if (response.status == 429) {
            ++waited;
            CHECK(value_of(response, "Retry-After") == "15");
        }
    }
    CHECK(waited == 195);
}

TEST_CASE("forms: not JSON, too deep, a missing and a wrong field") {
    testing::Office office;
    const auto code_of = [&](const api::Response& response) {
        return office.json(response)["code"];
    };
    CHECK(code_of(office.ask(admin, "POST", "/api/v1/users", Json::array())) == "body_malformed");
    Json deep = Json::object();
    for (int i = 0; i < 40; ++i) deep = Json{{"a", deep}};
    CHECK(code_of(office.ask(admin, "POST", "/api/v1/users", deep)) == "body_malformed");
    CHECK(code_of(office.ask(admin, "POST", "/api/v1/users", {{"login", "abc"}})) ==
          "field_missing");
    CHECK(code_of(office.ask(admin, "POST", "/api/v1/users", {{"login", 5}})) == "field_wrong");
    const auto unknown = office.ask(admin, "GET", "/api/v1/nothing");
    CHECK(unknown.status == 404);
    CHECK(unknown.content_type.starts_with("application/problem+json"));
    const auto wrong_method = office.ask(admin, "PUT", "/api/v1/users");
    CHECK(wrong_method.status == 405);
    CHECK(value_of(wrong_method, "Allow") == "GET, POST");
}

TEST_CASE("accounts: of two who edit one record the second is told; nobody closes his own") {
    testing::Office office;
    Json form{{"login", "petrova"}, {"name", "Вымышленная"}, {"role", "auditor"},
              {"territory", "b"},   {"school", ""},          {"active", true}};
    const auto added = office.ask(admin, "POST", "/api/v1/users", form);
    REQUIRE(added.status == 201);
    const std::string path = "/api/v1/users/" + office.json(added)["id"].get<std::string>();
    const std::string tag = value_of(added, "ETag");
    CHECK(office.ask(admin, "PUT", path, form).status == 428);
    form["name"] = "Первая";
    CHECK(office.ask(admin, "PUT", path, form, {{"if-match", tag}}).status == 200);
    form["name"] = "Вторая";
    const auto late = office.ask(admin, "PUT", path, form, {{"if-match", tag}});
    CHECK(late.status == 409);
    CHECK(office.json(late)["code"] == "version_conflict");
    CHECK(office.json(office.ask(admin, "GET", path))["name"] == "Первая");

    const auto own = office.accounts().find_login(admin);
    form["login"] = admin;
    form["role"] = "administrator";
    form["active"] = false;
    CHECK(office.ask(admin, "PUT", "/api/v1/users/" + own->id.value, form, {{"if-match", "\"1\""}})
              .status == 409);
}

TEST_CASE("a list, its derivation and a trial speak of the same schools") {
    testing::Office office;
    const auto list = office.json(
        office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025/list?year=2024"));
    REQUIRE(list["listings"].size() == 2);
    CHECK(list["listings"][0]["school_name"] == "Первая <script>");
    CHECK(list["listings"][0]["verdict"] == "watch");  // One procedure with 40 %.
    const auto trial = office.json(
        office.ask(methodologist, "POST", "/api/v1/methodologies/federal-2025/trials?year=2024",
                   {{"settings", {{"procedures_min", "1 procedures"}}}}));
    CHECK(trial["listings"][0]["verdict"] == "listed");
    const auto again = office.json(
        office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025/list?year=2024"));
    CHECK(again == list);
    const auto explanation = office.json(
        office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025/schools/1?year=2024"));
    CHECK(explanation["listings"][0]["text"].get<std::string>().find("4 из 10") !=
          std::string::npos);
    CHECK(explanation["listings"][0]["text"].get<std::string>().find("протоколы.csv") !=
          std::string::npos);

    const auto wrong =
        office.ask(methodologist, "POST", "/api/v1/methodologies/federal-2025/trials",
                   {{"settings", {{"low_limit", "много"}}}});
    CHECK(wrong.status == 422);
    CHECK(office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025/list?year=24")
              .status == 422);
    CHECK(office.ask(methodologist, "GET", "/api/v1/methodologies/no-such/list").status == 404);
}

TEST_CASE("a list read page by page is the whole list, and a lost cursor is told") {
    testing::Office office;
    const std::string who = testing::Office::login_of(model::Role::regional_coordinator);
    for (const std::string path :
         {"/api/v1/schools", "/api/v1/methodologies/federal-2025/list?year=2024"}) {
        CAPTURE(path);
        const std::string name = path.ends_with("schools") ? "schools" : "listings";
        const std::string join = path.find('?') == std::string::npos ? "?" : "&";
        const auto whole = office.json(office.ask(who, "GET", path));
        REQUIRE(whole[name].size() >= 2);
        CHECK_FALSE(whole.contains("next"));
        auto collected = testing::Json::array();
        std::string cursor;
        for (int pages = 0; pages < 5; ++pages) {
            const auto page = office.json(office.ask(
                who, "GET", path + join + "limit=1" + (cursor.empty() ? "" : "&cursor=" + cursor)));
            for (const auto& row : page[name]) collected.push_back(row);
            if (!page.contains("next")) break;
            cursor = page["next"].get<std::string>();
        }
        CHECK(collected == whole[name]);
        CHECK(office.ask(who, "GET", path + join + "cursor=no-such").status == 422);
        CHECK(office.ask(who, "GET", path + join + "limit=0").status == 422);
        CHECK(office.ask(who, "GET", path + join + "limit=2x").status == 422);
    }
}
