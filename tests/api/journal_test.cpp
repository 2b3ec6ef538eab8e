#include <set>

#include "api/office.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string admin = testing::Office::login_of(model::Role::administrator);
const std::string coordinator = testing::Office::login_of(model::Role::municipal_coordinator);
const std::string auditor = testing::Office::login_of(model::Role::auditor);

/// An account of district b, changed once with a reason; its path.
std::string change_somebody(testing::Office& office) {
    Json form{{"login", "petrova"}, {"name", "Вымышленная"}, {"role", "auditor"},
              {"territory", "b"},   {"school", ""},          {"active", true}};
    const auto added = office.ask(admin, "POST", "/api/v1/users", form);
    const std::string path = "/api/v1/users/" + office.json(added)["id"].get<std::string>();
    form["role"] = "curator";
    form["assigned"] = {"3"};
    form["reason"] = "Приказ «О кураторах» =1";
    CHECK(office.ask(admin, "PUT", path, form, {{"if-match", "\"1\""}}).status == 200);
    return path;
}

}  // namespace

TEST_CASE("the journal says who, when, what was, what became, and why") {
    testing::Office office;
    change_somebody(office);
    const auto page = office.json(office.ask(admin, "GET", "/api/v1/journal"));
    const Json& newest = page["entries"][0];
    CHECK(newest["action"] == "user_change");
    CHECK(newest["action_title"] == "Изменена учётная запись");
    CHECK(newest["who"] == "Вымышленный");
    CHECK(newest["reason"] == "Приказ «О кураторах» =1");
    std::set<std::string> told;
    for (const Json& one : newest["changes"]) {
        told.insert(one["title"].get<std::string>() + ": " + one.value("before", "") + " > " +
                    one["after"].get<std::string>());
    }
    CHECK(told.contains("Роль: Наблюдатель > Куратор"));
    CHECK(told.contains("Школы куратора: — > 3"));
    CHECK(newest.dump().find("petrova") == std::string::npos);
    std::set<std::string> actions;
    for (const Json& one : page["entries"]) actions.insert(one["action"]);
    for (const char* one : {"import", "user_add", "password_set", "sign_in"})
        CHECK(actions.contains(one));
}

TEST_CASE(
    "the journal is read page by page, each row once, and filtered by person, kind and date") {
    testing::Office office;
    for (int i = 0; i < 70; ++i) {
        office.ask("", "POST", "/api/v1/session",
                   {{"login", admin}, {"password", testing::Office::password}});
    }
    std::vector<std::int64_t> numbers;
    std::string after;
    for (int pages = 0; pages < 10; ++pages) {
        const auto page = office.json(office.ask(admin, "GET", "/api/v1/journal" + after));
        for (const Json& one : page["entries"]) numbers.push_back(one["number"]);
        if (!page.contains("next")) break;
        after = "?cursor=" + page["next"].get<std::string>();
    }
    CHECK(numbers.size() > 100);
    CHECK(numbers.back() == 1);
    for (std::size_t i = 1; i < numbers.size(); ++i) CHECK(numbers[i - 1] == numbers[i] + 1);
    const auto count = [&](const std::string& filter) {
        return office.json(office.ask(admin, "GET", "/api/v1/journal?" + filter))["entries"].size();
    };
    CHECK(count("action=import") == 2);
    CHECK(count("actor=user:999") == 0);
    CHECK(count("from=2100-01-01") == 0);
    CHECK(count("to=2000-01-01T00:00:00Z") == 0);
    for (const char* wrong : {"cursor=x", "cursor=0", "from=вчера", "to=2000-01-01T00:00"}) {
        CHECK(office.ask(admin, "GET", std::string{"/api/v1/journal?"} + wrong).status == 422);
    }
    const auto file = office.ask(admin, "GET", "/api/v1/journal?format=csv").body;
    CHECK(std::ranges::count(file, '\n') == std::ssize(numbers) + 1);
}

TEST_CASE("who answers for a district reads what its people did, and no name of another school") {
    testing::Office office;
    const std::string path = change_somebody(office);
    const std::string id = path.substr(path.rfind('/') + 1);
    office.accounts().set_password_hash({id}, "x", "user:" + id);
    const auto whole = office.json(office.ask(admin, "GET", "/api/v1/journal"));
    CHECK(whole["entries"][0]["action"] == "password_set");
    for (const std::string& reader : {coordinator, auditor}) {
        const auto page = office.json(office.ask(reader, "GET", "/api/v1/journal"));
        CHECK(page["entries"].size() > 5);
        bool head_seen = false;
        for (const Json& one : page["people"]) {
            CHECK(one["code"] != "user:" + id);
            CHECK(one["code"].get<std::string>().starts_with("user:"));
            head_seen = head_seen || one["title"] == "Руководитель школы, школа 2";
        }
        CHECK(head_seen);
        for (const Json& one : page["entries"]) CHECK(one["action"] != "import");
        CHECK(office.json(office.ask(reader, "GET", "/api/v1/journal?actor=test"))["entries"]
                  .empty());
    }
}

TEST_CASE("the chain of the journal is checked, with a seal printed before") {
    testing::Office office;
    const auto whole = office.json(office.ask(admin, "GET", "/api/v1/journal/verification"));
    CHECK(whole["whole"] == true);
    const std::string seal = whole["seal"];
    change_somebody(office);
    const auto later =
        office.json(office.ask(admin, "GET", "/api/v1/journal/verification?seal=" + seal));
    CHECK(later["whole"] == true);
    CHECK(later["entries"] > whole["entries"]);
    const auto foreign =
        office.json(office.ask(admin, "GET", "/api/v1/journal/verification?seal=00"));
    CHECK(foreign["whole"] == false);
    CHECK(foreign["reason"].get<std::string>().find("конец журнала удалён") != std::string::npos);
}

TEST_CASE("who was not let in stands in the journal without a password or a name that was typed") {
    testing::Office office;
    office.ask("", "POST", "/api/v1/session", {{"login", admin}, {"password", "тайное слово"}});
    office.ask("", "POST", "/api/v1/session",
               {{"login", "пароль вместо имени"}, {"password", "x"}});
    const Json entries =
        office.json(office.ask(admin, "GET", "/api/v1/journal?action=sign_in_refused"))["entries"];
    REQUIRE(entries.size() == 2);
    CHECK(entries[0]["who"] == "неизвестный");
    CHECK(entries[0]["changes"].size() == 1);
    CHECK(entries[0]["changes"][0]["after"] == "нет такой учётной записи");
    CHECK(entries[1]["changes"][1]["after"] == "неверный пароль");
    for (const char* secret : {"тайное", "пароль вместо имени"})
        CHECK(entries.dump().find(secret) == std::string::npos);
}
