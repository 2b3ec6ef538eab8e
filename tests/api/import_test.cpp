#include <algorithm>
#include <chrono>
#include <future>
#include <thread>

#include "api/office.hpp"
#include "opora/storage/sodium_secrets.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string methodologist = testing::Office::login_of(model::Role::methodologist);
const std::string district = testing::Office::login_of(model::Role::municipal_coordinator);
const std::string region = testing::Office::login_of(model::Role::regional_coordinator);

const std::string results_heading = "school_id,subject,grade,year,class,score,mark\n";

std::string results_of(const std::string& school, int year = 2023) {
    std::string text;
    for (int pupil = 0; pupil < 12; ++pupil) {
        text += school + ",russian,5," + std::to_string(year) + ",5А," +
                std::to_string(10 + pupil) + ",4\n";
    }
    return text;
}

/// What one person does with files.
class Desk {
public:
    Desk(testing::Office& office, std::string login) : office_{office}, login_{std::move(login)} {
        const auto opened = ask("POST", "", Json::object());
        REQUIRE(opened.status == 201);
        id_ = office_.json(opened)["id"];
    }

    api::Response ask(std::string method, const std::string& tail, const Json& body = nullptr) {
        const std::string base = "/api/v1/import-batches" + (id_.empty() ? "" : "/" + id_);
        return office_.ask(login_, std::move(method), base + tail, body);
    }
    void send(const std::string& name, const std::string& content) {
        const auto sent =
            office_.send(login_, "/api/v1/import-batches/" + id_ + "/files?name=" + name, content);
        CHECK(sent.status == 201);
    }
    /// The job at its end.
    Json finished(const api::Response& begun) {
        CAPTURE(begun.body);
        REQUIRE(begun.status == 202);
        const std::string job = office_.json(begun)["job"]["id"];
        for (int i = 0; i < 2'000; ++i) {
            const Json now = office_.json(office_.ask(login_, "GET", "/api/v1/jobs/" + job));
            if (now["state"] != "waiting" && now["state"] != "running") return now;
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
        FAIL("the job does not end");
        return {};
    }
    Json check(const Json& form = Json::object()) {
        CHECK(finished(ask("POST", "/checks", form))["state"] == "done");
        return state();
    }
    Json store(const std::string& rows = "all_or_nothing", bool accepted = false) {
        return finished(ask("POST", "/commits", {{"rows", rows}, {"changes_accepted", accepted}}));
    }
    Json state() { return office_.json(ask("GET", "")); }
    const std::string& id() const { return id_; }

private:
    testing::Office& office_;
    std::string login_;
    std::string id_;
};

Json imports(testing::Office& office, const std::string& login) {
    return office.json(office.ask(login, "GET", "/api/v1/imports"))["imports"];
}

Json years(testing::Office& office) {
    return office.json(office.ask(methodologist, "GET", "/api/v1/territories"))["years"];
}

}  // namespace

TEST_CASE("a messy file: checked, mended by leaving rows out, seen at once, undone") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("протоколы.csv", results_heading + results_of("1") +
                                   "нет такой,russian,5,2023,5А,7,3\n" +
                                   "1,russian,55,2023,5А,7,3\n");
    const Json checked = desk.check();
    CHECK(checked["state"] == "checked");
    const Json& report = checked["files"][0]["report"];
    CHECK(report["kind"] == "bulk");
    CHECK(report["added"] == 12);
    CHECK(report["errors"] == 2);
    CHECK(report["objection"]["code"] == "rows_refused");
    CHECK(years(office).size() == 1);  // Nothing is written by a check.

    const Json errors = office.json(desk.ask("GET", "/files/1/errors"));
    CHECK(errors["count"] == 2);
    CHECK(errors["sorts"].size() == 2);
    CHECK(errors["errors"][0]["row"] == 14);
    CHECK(errors["errors"][0]["found"] == "нет такой");
    const Json some = office.json(desk.ask("GET", "/files/1/errors?code=unknown_school"));
    CHECK(some["count"] == 1);
    const auto failed = desk.ask("GET", "/files/1/failed-rows");
    CHECK(failed.status == 200);
    CHECK(std::filesystem::exists(failed.file));

    const Json refused = desk.store();
    CHECK(refused["state"] == "failed");
    CHECK(refused["error"]["code"] == "rows_refused");
    CHECK(desk.state()["state"] == "checked");
    CHECK(desk.store("good")["state"] == "done");
    CHECK(desk.state()["state"] == "stored");
    CHECK(years(office).size() == 2);
    const Json history = imports(office, methodologist);
    CHECK(history[0]["rows_accepted"] == 12);
    CHECK(history[0]["file"] == "протоколы.csv");
    CHECK(history[0]["own"] == true);
    CHECK(history[0]["actor"] == "Вымышленный");

    const std::string undo =
        "/api/v1/imports/" + std::to_string(history[0]["import"].get<int>()) + "/undo";
    CHECK(office.ask(methodologist, "POST", undo).status == 200);
    CHECK(office.json(office.ask(methodologist, "POST", undo))["code"] == "already_undone");
    CHECK(years(office).size() == 1);
}

TEST_CASE("files that need each other are imported together, whatever their order") {
    testing::Office office;
    Desk desk{office, region};
    desk.send("протоколы.csv", results_heading + results_of("9"));
    desk.send("школы.csv", "school_id,name,territory_id\n9,Девятая,a\n");
    const Json checked = desk.check();
    CHECK_FALSE(checked["files"][0]["report"].contains("objection"));
    CHECK(checked["files"][0]["report"]["added"] == 12);
    CHECK(desk.store()["state"] == "done");
    const Json history = imports(office, region);
    CHECK(history[0]["kind"] == "bulk");
    CHECK(history[1]["kind"] == "schools");
    CHECK(history[0]["batch"] == desk.id());
    CHECK(history[1]["batch"] == desk.id());
    CHECK(office.ask(region, "GET", "/api/v1/schools/9").status == 200);
    CHECK(office.json(desk.ask("POST", "/undo"))["undone"] == 2);
    CHECK(office.ask(region, "GET", "/api/v1/schools/9").status == 404);
}

TEST_CASE("all or nothing holds for all files together") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("верный.csv", results_heading + results_of("1"));
    desk.send("с ошибкой.csv", results_heading + results_of("2") + "2,russian,55,2023,5А,7,3\n");
    desk.check();
    CHECK(desk.store()["state"] == "failed");
    CHECK(desk.state()["refusal"]["code"] == "rows_refused");
    CHECK(imports(office, methodologist).size() == 0);  // Of the own district nobody else's.
    CHECK(years(office).size() == 1);
    CHECK(desk.store("good")["state"] == "done");
    CHECK(imports(office, methodologist).size() == 2);
}

TEST_CASE("a file that changes very much is stored only when the changes are accepted") {
    testing::Office office;
    Desk desk{office, methodologist};
    std::string other = results_heading;
    for (int pupil = 0; pupil < 30; ++pupil) other += "1,russian,5,2024,,1,3\n";
    desk.send("другое.csv", other);
    const Json checked = desk.check();
    CHECK_FALSE(checked["files"][0]["report"].contains("objection"));  // Ten rows are few.
    Desk again{office, methodologist};
    CHECK(desk.store()["state"] == "done");
    std::string third = results_heading;
    for (int pupil = 0; pupil < 30; ++pupil) third += "1,russian,5,2024,,2,4\n";
    again.send("третье.csv", third);
    CHECK(again.check()["files"][0]["report"]["objection"]["code"] == "mass_change");
    CHECK(again.store()["error"]["code"] == "mass_change");
    CHECK(again.store("all_or_nothing", true)["state"] == "done");
}

TEST_CASE("a coordinator of a district loads his own district's data and no other's") {
    testing::Office office;
    const struct {
        const char* what;
        std::string file;
        std::string code;  // Of the trouble, of the objection, or empty.
    } rows[] = {
        {"own results", results_heading + results_of("1"), ""},
        {"results of another district", results_heading + results_of("3"), "unknown_school"},
        {"results of no school", results_heading + results_of("no-such"), "unknown_school"},
        {"a new school of his own", "school_id,name,territory_id\n7,Седьмая,a\n", ""},
        {"a school of another district, taken over", "school_id,name,territory_id\n3,Моя,a\n",
         "other_territory"},
        {"a new school of another district", "school_id,name,territory_id\n7,Седьмая,b\n",
         "other_territory"},
        {"an own school, given away", "school_id,name,territory_id\n1,Первая,b\n",
         "other_territory"},
        {"another district, renamed", "territory_id,name,level,parent_id\nb,Мой,municipality,a\n",
         "other_territory"},
        {"the own district, moved", "territory_id,name,level,parent_id\na,А,municipality,\n",
         "other_territory"},
        {"the own district, renamed", "territory_id,name,level,parent_id\na,А,municipality,r\n",
         ""},
        {"a teacher of another district", "teacher_id,school_id,name\nt1,3,Имя\n",
         "unknown_school"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        Desk desk{office, district};
        desk.send("файл.csv", row.file);
        const Json file = desk.check()["files"][0];
        CAPTURE(file.dump());
        std::string code;
        if (file.contains("trouble")) code = file["trouble"]["code"];
        if (file.contains("report") && file["report"]["errors"] > 0)
            code = office.json(desk.ask("GET", "/files/1/errors"))["errors"][0]["code"];
        CHECK(code == row.code);
        desk.ask("DELETE", "");
    }
    Desk full{office, district};
    full.send("школы.csv", "school_id,name,territory_id\n1,Первая,a\n");
    CHECK(full.check({{"full", true}})["files"][0]["trouble"]["code"] == "forbidden");
}

TEST_CASE("files, jobs and imports of others are as if they were not there") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("файл.csv", results_heading + results_of("1"));
    const std::string path = "/api/v1/import-batches/" + desk.id();
    CHECK(office.ask(district, "GET", path).status == 404);
    CHECK(office.ask(district, "DELETE", path).status == 404);
    CHECK(office.ask(district, "POST", path + "/checks", Json::object()).status == 404);
    desk.check();
    const std::string job = "/api/v1/jobs/" + desk.state()["job"].get<std::string>();
    CHECK(office.ask(methodologist, "GET", job).status == 200);
    for (const std::string tail : {"", "/events"})
        CHECK(office.ask(district, "GET", job + tail).status == 404);
    CHECK(office.ask(district, "DELETE", job).status == 404);
    desk.store();
    // Of the same district: seen, and undone by a colleague.
    CHECK(imports(office, district).size() == 1);
    CHECK(imports(office, district)[0]["own"] == false);
    // What the whole region's office imported is not the district's.
    CHECK(office.ask(district, "POST", "/api/v1/imports/1/undo").status == 404);
    CHECK(office.ask(district, "POST", "/api/v1/imports/3/undo").status == 200);
}

TEST_CASE("events of a job end with its end") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("файл.csv", results_heading + results_of("1"));
    desk.check();
    const auto events = office.ask(
        methodologist, "GET", "/api/v1/jobs/" + desk.state()["job"].get<std::string>() + "/events");
    REQUIRE(events.events);
    const auto last = events.events();
    REQUIRE(last);
    CHECK(last->find(R"("state":"done")") != std::string::npos);
    CHECK(last->ends_with("\n\n"));
    CHECK_FALSE(events.events());
}

TEST_CASE("one import at a time; one that was cancelled before its turn gives the turn back") {
    testing::Office office;
    Desk first{office, methodologist};
    Desk second{office, district};
    for (Desk* desk : {&first, &second}) {
        desk->send("файл.csv", results_heading + results_of("1"));
        desk->check();
    }
    std::promise<void> go;
    const auto gate = go.get_future().share();
    for (std::size_t i = 0; i < application::Jobs::running_max; ++i) {
        REQUIRE(office.jobs().start({"someone"}, "", "", [gate](application::JobControl&) {
            gate.wait();
            return base::Result<base::Done>{base::Done{}};
        }));
    }
    const Json decision{{"rows", "good"}};
    const auto waiting = first.ask("POST", "/commits", decision);
    CHECK(waiting.status == 202);
    const auto late = second.ask("POST", "/commits", decision);
    CHECK(late.status == 409);
    CHECK(office.json(late)["code"] == "busy");
    CHECK(office.ask(district, "POST", "/api/v1/imports/2/undo").status == 404);
    CHECK(first.ask("DELETE", "").status == 409);
    CHECK(office
              .ask(methodologist, "DELETE",
                   "/api/v1/jobs/" + office.json(waiting)["job"]["id"].get<std::string>())
              .status == 202);
    go.set_value();
    CHECK(first.finished(waiting)["state"] == "cancelled");
    CHECK(years(office).size() == 1);
    CHECK(first.state()["state"] == "checked");
    CHECK(second.store()["state"] == "done");
}

TEST_CASE("files that nobody decided on are deleted after a day") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("файл.csv", results_heading + results_of("1"));
    const auto folder = office.workspace().store().directory() / "waiting" / desk.id();
    CHECK(std::filesystem::exists(folder / "1" / "файл.csv"));
    SUBCASE("while the program runs") {
        office.pass(application::ImportDesk::waiting_seconds + 1);
        office.imports().sweep();
    }
    SUBCASE("with the next start") {
        office.pass(application::ImportDesk::waiting_seconds + 1);
        office.restart();
    }
    CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("a begun batch is there after a restart, to be checked again; a stored one is not") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("школы и классы.csv", results_heading + results_of("1"));
    desk.send("лишний.csv", "?");
    CHECK(desk.ask("DELETE", "/files/2").status == 204);
    desk.check({{"kinds", {{"1", "bulk"}}}});
    const auto folder = office.workspace().store().directory() / "waiting" / desk.id();
    std::ofstream{folder / "stray"} << "?";
    office.restart();
    const Json kept = desk.state();
    CHECK(kept["state"] == "collecting");
    REQUIRE(kept["files"].size() == 1);
    CHECK(kept["files"][0]["name"] == "школы и классы.csv");
    CHECK(kept["files"][0]["chosen_kind"] == "bulk");
    CHECK(kept["files"][0]["bytes"] == (results_heading + results_of("1")).size());
    CHECK_FALSE(std::filesystem::exists(folder / "stray"));
    CHECK(office.ask(district, "GET", "/api/v1/import-batches/" + desk.id()).status == 404);
    CHECK(desk.ask("POST", "/commits", {{"rows", "good"}}).status == 409);
    CHECK(desk.check()["state"] == "checked");
    Desk another{office, methodologist};
    CHECK(another.id() != desk.id());
    CHECK(desk.store()["state"] == "done");
    office.restart();
    CHECK(desk.ask("GET", "").status == 404);
    CHECK_FALSE(std::filesystem::exists(folder));
    CHECK(another.state()["state"] == "collecting");
    CHECK(years(office).size() == 2);
}

TEST_CASE(
    "what is no record of a batch is removed at the start, and a lost file leaves its batch") {
    testing::Office office;
    Desk desk{office, methodologist};
    desk.send("один.csv", "1");
    desk.send("два.csv", "2");
    const auto waiting = office.workspace().store().directory() / "waiting";
    std::filesystem::remove(waiting / desk.id() / "1" / "один.csv");
    for (const char* text : {"", "owner", "owner 1\nexpires x\n", "file\n", "\xff\xfe"}) {
        const auto folder = waiting / ("broken" + std::to_string(std::string{text}.size()));
        std::filesystem::create_directories(folder);
        std::ofstream{folder / "batch.txt"} << text;
    }
    office.restart();
    REQUIRE(desk.state()["files"].size() == 1);
    CHECK(desk.state()["files"][0]["number"] == 2);
    CHECK(std::distance(std::filesystem::directory_iterator{waiting}, {}) == 1);
}

TEST_CASE("a post that is sent again with its key is done once") {
    testing::Office office;
    const auto post = [&](const std::string& login, const Json& body) {
        return office.ask(login, "POST", "/api/v1/import-batches", body,
                          {{"idempotency-key", "k1"}});
    };
    const auto first = post(methodologist, Json::object());
    CHECK(first.status == 201);
    CHECK(post(methodologist, Json::object()).body == first.body);
    CHECK(post(district, Json::object()).body != first.body);
    CHECK(office.json(post(methodologist, {{"a", 1}}))["code"] == "key_reused");
    office.restart();
    CHECK(post(methodologist, Json::object()).body == first.body);
    CHECK(office.json(post(methodologist, {{"a", 1}}))["code"] == "key_reused");
    CHECK(
        office.json(office.ask(methodologist, "GET", "/api/v1/import-batches"))["batches"].size() ==
        1);
}

TEST_CASE("a post that a killed program may have done is told apart from a new one") {
    testing::Office office;
    const api::Request request{.method = "POST",
                               .path = "/api/v1/import-batches",
                               .headers = {{"idempotency-key", "k"}},
                               .body = "{}"};
    {
        api::IdempotentAnswers killed{office.answers()};
        CHECK_FALSE(killed.begin("5", request));
        CHECK(office.json(*killed.begin("5", request))["code"] == "post_running");
    }
    api::IdempotentAnswers next{office.answers()};
    CHECK(office.json(*next.begin("5", request))["code"] == "post_interrupted");
    CHECK_FALSE(next.begin("6", request));
    next.failed("6", request);
    api::IdempotentAnswers after{office.answers()};
    CHECK_FALSE(after.begin("6", request));  // What failed may be tried again.
}

TEST_CASE("answers that wait for a repetition cannot be read on the disk, and old ones go") {
    testing::Office office;
    storage::SodiumSecrets secrets;
    storage::AnswerFolder folder{storage::Directory::open(office.workspace().store().directory()),
                                 secrets};
    folder.put("5\nключ", "ссылка действует один раз");
    CHECK(folder.find("5\nключ") == "ссылка действует один раз");
    const auto path = office.workspace().store().directory() / "answers";
    for (const auto& entry : std::filesystem::directory_iterator{path}) {
        std::ifstream file{entry.path()};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        CHECK(text.find("ссылка") == std::string::npos);
        CHECK(entry.path().string().find("ключ") == std::string::npos);
        std::ofstream{entry.path()} << "испорчено";
    }
    CHECK_FALSE(folder.find("5\nключ"));
    for (int i = 0; i < 5; ++i) folder.put(std::to_string(i), "ответ");
    folder.forget(3600, 3);
    CHECK(std::distance(std::filesystem::directory_iterator{path}, {}) == 3);
    for (const auto& entry : std::filesystem::directory_iterator{path}) {
        std::filesystem::last_write_time(
            entry, std::filesystem::file_time_type::clock::now() - std::chrono::hours{2});
    }
    folder.forget(3600, 3);
    CHECK(std::filesystem::is_empty(path));
}

TEST_CASE("names of files are made harmless") {
    const struct {
        std::string given, kept;
    } rows[] = {{"Ф1 МА5.xlsx", "Ф1 МА5.xlsx"},
                {"../../etc/passwd", "passwd"},
                {"C:\\work\\отчёт.csv", "отчёт.csv"},
                {"..", "файл"},
                {"", "файл"},
                {"a/", "файл"},
                {".скрытый", "скрытый"},
                {"a\nb\x1b[1m.csv", "ab[1m.csv"},
                {"про\u202Eслх.csv", "прослх.csv"},
                {"a\xFF.csv", "a.csv"}};
    for (const auto& row : rows) CHECK(application::harmless_name(row.given) == row.kept);
    std::string very_long;
    for (int i = 0; i < 200; ++i) very_long += "щ";
    const std::string cut = application::harmless_name(very_long + ".xlsx");
    CHECK(cut.size() <= 120);
    CHECK(cut.ends_with("щ.xlsx"));
}
