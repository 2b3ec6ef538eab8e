// Lists over their addresses: what a page sends, and what it is answered.
#include <chrono>
#include <future>
#include <thread>

#include "api/list_office.hpp"

using namespace opora;
using testing::Json;

namespace {

constexpr const char* coordinator = "municipal_coordinator";
constexpr const char* head = "school_head";

std::string etag(const api::Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag") return value;
    }
    return {};
}

std::string header_of(const api::Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers) {
        if (name == wanted) return value;
    }
    return {};
}

/// A change of a list under an edition.
api::Response change(testing::Office& office, const char* login, const std::string& path,
                     const Json& body, const std::string& tag) {
    return office.ask(login, "POST", "/api/v1/lists/1" + path, body, {{"if-match", tag}});
}

std::string day(testing::Office& office, int days) {
    return model::iso(testing::day_after(office.workspace(), days));
}

}  // namespace

TEST_CASE(
    "the whole way over the addresses: draft, publish, acknowledge, appeal, decide, approve") {
    testing::Office office;
    testing::add_procedure(office.workspace(), {5, 4, 0});
    const auto made = office.ask(coordinator, "POST", "/api/v1/lists",
                                 {{"methodology", "federal-2025"}, {"year", 2024}});
    REQUIRE(made.status == 201);
    CHECK(office.json(made)["territory"] == "a");
    CHECK(office.json(made)["listed"] == 2);
    CHECK(office.ask(head, "GET", "/api/v1/lists/1").status == 404);
    const auto published = change(office, coordinator, "/publication",
                                  {{"appeals_until", day(office, 3)}}, etag(made));
    REQUIRE(published.status == 200);

    const Json own = office.json(office.ask(head, "GET", "/api/v1/lists/1"));
    REQUIRE(own["schools"].size() == 1);
    CHECK(own["schools"][0]["school"] == "2");
    CHECK(own["may"] == Json{"acknowledge", "appeal"});
    CHECK(office.ask(head, "POST", "/api/v1/lists/1/acknowledgements", Json::object()).status ==
          200);
    const auto appealed = office.ask(head, "POST", "/api/v1/lists/1/appeals",
                                     {{"text", "<script>alert(1)</script>"}});
    REQUIRE(appealed.status == 201);
    CHECK(office.ask(head, "POST", "/api/v1/lists/1/appeals", {{"text", "Ещё"}}).status == 409);
    const auto attached =
        office.send(head, "/api/v1/lists/1/appeals/1/files?name=../../акт.pdf", "%PDF <script>");
    REQUIRE(attached.status == 201);
    const Json file = office.json(attached)["appeals"][0]["files"][0];
    CHECK(file["name"] == "акт.pdf");

    const auto late = change(office, coordinator, "/approval",
                             {{"number", "1"}, {"date", "2024-11-26"}}, etag(published));
    CHECK(late.status == 412);
    CHECK(office.json(late)["errors"][0]["message"] == "Подано возражение: № 1, Вторая «школа»");
    const auto now = office.ask(coordinator, "GET", "/api/v1/lists/1");
    const auto decided = change(
        office, coordinator, "/appeals/1/decision",
        {{"granted", true}, {"reason", "Протокол исправлен"}, {"verdict", "watch"}}, etag(now));
    REQUIRE(decided.status == 200);
    const Json versions = office.json(decided)["versions"];
    REQUIRE(versions.size() == 2);
    CHECK(versions[1]["appeal"] == 1);
    CHECK(versions[1]["moves"][0]["school"] == "2");
    CHECK(versions[1]["moves"][0]["leaves"] == true);
    const auto approved = change(office, coordinator, "/approval",
                                 {{"number", "12-о"},
                                  {"date", "2024-11-26"},
                                  {"early_reason", "все ознакомлены"},
                                  {"points", "Утвердить.\nПоручить:\n- раз\n – два\n\n"}},
                                 etag(decided));
    REQUIRE(approved.status == 200);
    CHECK(office.json(approved)["stage"] == "approved");
    CHECK(office.json(approved)["order"]["seal"].get<std::string>().size() == 64);
    CHECK(office.json(office.ask("auditor", "GET", "/api/v1/lists/1/verification"))["holds"] ==
          true);
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/lists"))["lists"].size() == 1);
}

TEST_CASE("files and papers are given out as downloads, and to nobody from elsewhere") {
    testing::Office office;
    testing::list_of_school(office);
    const std::string appeals = "/api/v1/lists/1/appeals/";
    const auto own = office.ask(head, "GET", appeals + "2/files/" + testing::appeal_file);
    REQUIRE(own.status == 200);
    CHECK(own.content_type == "application/octet-stream");
    CHECK(header_of(own, "Content-Disposition").starts_with("attachment;"));
    CHECK(std::filesystem::file_size(own.file) == 6);
    for (const std::string& path : std::vector<std::string>{
             appeals + "1/files/" + testing::appeal_file,
             appeals + "7/files/" + testing::appeal_file,
             appeals + "2/files/" + std::string(64, '0'), appeals + "2/files/..%2Fopora.sqlite",
             std::string{"/api/v1/lists/1/schools/1/letter"},
             std::string{"/api/v1/lists/9/schools/2/letter"}}) {
        CAPTURE(path);
        CHECK(office.ask(head, "GET", path).status == 404);
    }
    for (const char* paper : {"order", "workbook"}) {
        const auto given =
            office.ask("methodologist", "GET", "/api/v1/lists/1/" + std::string{paper});
        CHECK(given.status == 200);
        CHECK(given.remove_file);
        std::filesystem::remove(given.file);
    }
    const auto letter = office.ask(head, "GET", "/api/v1/lists/1/schools/2/letter");
    CHECK(letter.status == 200);
    CHECK(header_of(letter, "Content-Disposition").find("UTF-8''") != std::string::npos);
    std::filesystem::remove(letter.file);
}

TEST_CASE("a draft is discarded once, and only under the edition that was seen") {
    testing::Office office;
    testing::add_procedure(office.workspace(), {5, 4, 0});
    const auto made = office.ask(coordinator, "POST", "/api/v1/lists",
                                 {{"methodology", "federal-2025"},
                                  {"year", 2024},
                                  {"territory", "a"},
                                  {"settings", {{"low_limit", "50 %"}}}});
    REQUIRE(made.status == 201);
    CHECK(office.json(made)["settings"] == Json{"low_limit=50 %"});
    CHECK(office.ask(coordinator, "DELETE", "/api/v1/lists/1").status == 428);
    CHECK(office.ask(coordinator, "DELETE", "/api/v1/lists/1", nullptr, {{"if-match", "\"9\""}})
              .status == 412);
    CHECK(office.ask(coordinator, "DELETE", "/api/v1/lists/1", nullptr, {{"if-match", etag(made)}})
              .status == 204);
    CHECK(office.ask(coordinator, "DELETE", "/api/v1/lists/1", nullptr, {{"if-match", "\"2\""}})
              .status == 409);
}

TEST_CASE("forms of lists that are wrong say so, and nothing is made") {
    testing::Office office;
    testing::list_of_school(office);
    const std::string tag = etag(office.ask(coordinator, "GET", "/api/v1/lists/1"));
    const struct {
        const char* path;
        Json body;
        int status;
    } rows[] = {
        {"/publication", {{"appeals_until", "завтра"}}, 422},
        {"/publication", {{"appeals_until", "2024-01-01"}}, 409},
        {"/appeals/x/decision", {{"granted", true}, {"reason", "да"}}, 404},
        {"/appeals/7/decision", {{"granted", true}, {"reason", "да"}}, 404},
        {"/appeals/1/decision", {{"granted", true}, {"reason", " "}}, 422},
        {"/appeals/1/decision", {{"granted", true}, {"reason", "да"}, {"verdict", "listed"}}, 422},
        {"/appeals/1/decision", {{"granted", true}, {"reason", std::string(30'000, 'a')}}, 422},
        {"/approval", {{"number", "1"}, {"date", "26.11.2024"}}, 422},
        {"/approval", {{"number", "1"}, {"date", "2024-11-26"}}, 409},
        {"/renewals", {{"reason", "так"}}, 409},
    };
    for (const auto& row : rows) {
        CAPTURE(row.path);
        CHECK(change(office, coordinator, row.path, row.body, tag).status == row.status);
    }
    CHECK(etag(office.ask(coordinator, "GET", "/api/v1/lists/1")) == tag);
    CHECK(office
              .ask(coordinator, "POST", "/api/v1/lists",
                   {{"methodology", "federal-2025"}, {"year", 2024}, {"territory", "b"}})
              .status == 403);
    CHECK(
        office
            .ask(coordinator, "POST", "/api/v1/lists", {{"methodology", "no-such"}, {"year", 2024}})
            .status == 404);
}

TEST_CASE(
    "posts that create something of a list are done once under one key, also after a restart") {
    testing::Office office;
    testing::add_procedure(office.workspace(), {5, 4, 0});
    const auto twice = [&](const char* login, const std::string& path, const Json& body,
                           const std::string& key) {
        const std::vector<api::Field> headers{{"idempotency-key", key}};
        const auto first = office.ask(login, "POST", path, body, headers);
        CAPTURE(first.body);
        CHECK(first.status == 201);
        CHECK(office.ask(login, "POST", path, body, headers).body == first.body);
        office.restart();
        const auto last = office.ask(login, "POST", path, body, headers);
        CHECK(last.status == 201);
        CHECK(last.body == first.body);
        CHECK(etag(last) == etag(first));
        return first;
    };
    const Json form{{"methodology", "federal-2025"}, {"year", 2024}};
    const auto made = twice(coordinator, "/api/v1/lists", form, "list");
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/lists"))["lists"].size() == 1);
    CHECK(office.ask(coordinator, "POST", "/api/v1/lists", form).status == 201);
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/lists"))["lists"].size() == 2);
    REQUIRE(
        change(office, coordinator, "/publication", {{"appeals_until", day(office, 3)}}, etag(made))
            .status == 200);

    const std::string appeals = "/api/v1/lists/1/appeals";
    twice(head, appeals, {{"text", "Ошибка"}}, "appeal");
    for (int i = 0; i < 2; ++i) {
        const auto sent = office.send(head, appeals + "/1/files?name=акт.pdf", "%PDF",
                                      {{"idempotency-key", "file"}});
        CHECK(sent.status == 201);
        office.restart();
    }
    const Json list = office.json(office.ask(head, "GET", "/api/v1/lists/1"));
    REQUIRE(list["appeals"].size() == 1);
    CHECK(list["appeals"][0]["files"].size() == 1);
}

TEST_CASE("a school takes its appeal back while it waits; nobody else does, and not twice") {
    testing::Office office;
    testing::list_of_school(office);
    const std::string path = "/api/v1/lists/1/appeals/2/withdrawal";
    CHECK(office.ask(coordinator, "POST", path, Json::object()).status == 403);
    CHECK(office.ask(head, "POST", "/api/v1/lists/1/appeals/1/withdrawal", Json::object()).status ==
          404);  // Of another school: as if it were not there.
    CHECK(office.json(office.ask(head, "GET", "/api/v1/lists/1"))["may"].dump().find("withdraw") !=
          std::string::npos);
    const auto seen = office.ask(coordinator, "GET", "/api/v1/lists/1");
    const auto done = office.ask(head, "POST", path, {{"reason", "Ошибка найдена <b>у нас</b>"}});
    REQUIRE(done.status == 200);
    const Json appeal = office.json(done)["appeals"][0];
    CHECK(appeal["withdrawal"]["reason"] == "Ошибка найдена <b>у нас</b>");
    CHECK(office.json(done)["appeals_open"] == 0);
    CHECK(office.ask(head, "POST", path, Json::object()).status == 409);
    // Whoever decides from an old page is told what changed.
    const auto late = change(office, coordinator, "/appeals/2/decision",
                             {{"granted", false}, {"reason", "Данные верны"}}, etag(seen));
    CHECK(late.status == 412);
    CHECK(office.json(late)["errors"][0]["message"].get<std::string>().starts_with(
        "Возражение отозвано: № 2"));
    CHECK(office.ask(head, "POST", "/api/v1/lists/1/appeals", {{"text", "Новое"}}).status == 201);
    const auto journal =
        office.ask("administrator", "GET", "/api/v1/journal?action=list_withdrawn");
    CHECK(office.json(journal)["entries"].size() == 1);
}

namespace {

/// The job at its end.
Json ended(testing::Office& office, const char* login, const std::string& job) {
    for (int i = 0; i < 5'000; ++i) {
        const Json now = office.json(office.ask(login, "GET", "/api/v1/jobs/" + job));
        if (now["state"] != "waiting" && now["state"] != "running") return now;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    FAIL("the job does not end");
    return {};
}

const std::vector<api::Field> later{{"prefer", "respond-async"}};

std::string job_of(testing::Office& office, const api::Response& response) {
    CAPTURE(response.body);
    REQUIRE(response.status == 202);
    return office.json(response)["job"]["id"];
}

}  // namespace

TEST_CASE(
    "a list is made and checked as a job for who does not want to wait; the answer is the same") {
    testing::Office office;
    testing::add_procedure(office.workspace(), {5, 4, 0});
    const Json form{{"methodology", "federal-2025"}, {"year", 2024}};
    const std::string job =
        job_of(office, office.ask(coordinator, "POST", "/api/v1/lists", form, later));
    const Json last = ended(office, coordinator, job);
    CHECK(last["state"] == "done");
    CHECK(last["steps"] == 3);
    const std::string answer = "/api/v1/jobs/" + job + "/answer";
    const auto made = office.ask(coordinator, "GET", answer);
    CHECK(made.status == 201);
    CHECK(office.json(made)["id"] == "1");
    CHECK(etag(made) == "\"1\"");
    CHECK(office.ask(head, "GET", answer).status == 404);

    const std::string check = job_of(
        office, office.ask(coordinator, "GET", "/api/v1/lists/1/verification", nullptr, later));
    CHECK(ended(office, coordinator, check)["state"] == "done");
    CHECK(office.json(office.ask(coordinator, "GET",
                                 "/api/v1/jobs/" + check + "/answer"))["holds"] == true);

    Json wrong = form;
    wrong["territory"] = "b";
    const std::string refused =
        job_of(office, office.ask(coordinator, "POST", "/api/v1/lists", wrong, later));
    ended(office, coordinator, refused);
    CHECK(office.ask(coordinator, "GET", "/api/v1/jobs/" + refused + "/answer").status == 403);
    // What takes no time is answered at once whatever the client prefers.
    CHECK(office.ask(coordinator, "GET", "/api/v1/lists", nullptr, later).status == 200);
    office.restart();
    CHECK(office.ask(coordinator, "GET", answer).status == 404);
}

TEST_CASE("a list whose making is cancelled is not there, and its key is free again") {
    testing::Office office;
    testing::add_procedure(office.workspace(), {5, 4, 0});
    std::promise<void> go;
    const auto gate = go.get_future().share();
    for (std::size_t i = 0; i < application::Jobs::running_max; ++i) {
        REQUIRE(office.jobs().start({"99"}, "чужое", "", [gate](application::JobControl&) {
            gate.wait();
            return base::Result<base::Done>{base::Done{}};
        }));
    }
    const Json form{{"methodology", "federal-2025"}, {"year", 2024}};
    auto once = later;
    once.emplace_back("idempotency-key", "k");
    const std::string job =
        job_of(office, office.ask(coordinator, "POST", "/api/v1/lists", form, once));
    CHECK(office.json(office.ask(coordinator, "POST", "/api/v1/lists", form, once))["code"] ==
          "post_running");
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/jobs/" + job + "/answer"))["code"] ==
          "post_running");
    CHECK(office.ask(coordinator, "DELETE", "/api/v1/jobs/" + job).status == 202);
    go.set_value();
    CHECK(ended(office, coordinator, job)["state"] == "cancelled");
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/jobs/" + job + "/answer"))["code"] ==
          "cancelled");
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/lists"))["lists"].empty());
    const std::string again =
        job_of(office, office.ask(coordinator, "POST", "/api/v1/lists", form, once));
    CHECK(ended(office, coordinator, again)["state"] == "done");
    // The same key is now answered with the list itself.
    CHECK(office.ask(coordinator, "POST", "/api/v1/lists", form, once).status == 201);
    CHECK(office.json(office.ask(coordinator, "GET", "/api/v1/lists"))["lists"].size() == 1);
}
