#include <algorithm>
#include <functional>

#include "api/office.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/api/table_text.hpp"

using namespace opora;
using testing::Json;
using wording::TableCell;

namespace {

const std::string methodologist = testing::Office::login_of(model::Role::methodologist);

std::string value_of(const api::Response& response, std::string_view header) {
    for (const auto& [name, value] : response.headers) {
        if (name == header) return value;
    }
    return {};
}

wording::Table numbers() {
    return {.title = "Числа",
            .columns = {{"name", "Имя"}, {"value", "Число", wording::ColumnStyle::number}},
            .rows = {{std::string{"Ёлка"}, 2.0},
                     {std::string{"яблоня"}, TableCell{}},
                     {std::string{"Береза"}, 10.0},
                     {TableCell{}, 1.0}}};
}

std::vector<std::string> names(const std::string& field, const std::string& value) {
    const api::Request request{.query = {{field, value}}};
    std::vector<std::string> names;
    for (const auto& row : api::as_asked(request, numbers()).rows) {
        const auto* name = std::get_if<std::string>(&row[0]);
        names.push_back(name == nullptr ? "" : *name);
    }
    return names;
}

}  // namespace

TEST_CASE("a table is ordered by any column, what is missing stands last in both directions") {
    using Names = std::vector<std::string>;
    CHECK(names("sort", "name") == Names{"Береза", "Ёлка", "яблоня", ""});
    CHECK(names("sort", "-name") == Names{"яблоня", "Ёлка", "Береза", ""});
    CHECK(names("sort", "value") == Names{"", "Ёлка", "Береза", "яблоня"});
    CHECK(names("sort", "-value") == Names{"Береза", "Ёлка", "", "яблоня"});
    CHECK(names("sort", "no_such_column") == Names{"Ёлка", "яблоня", "Береза", ""});
}

TEST_CASE("numbers within texts are ordered by their size") {
    wording::Table table{.title = "Школы", .columns = {{"name", "Школа"}}, .rows = {}};
    for (const char* name : {"Школа № 10", "школа № 9", "Школа № 9 имени", "Школа"}) {
        table.rows.push_back({std::string{name}});
    }
    const auto ordered = api::as_asked({.query = {{"sort", "name"}}}, table);
    CHECK(std::get<std::string>(ordered.rows[0][0]) == "Школа");
    CHECK(std::get<std::string>(ordered.rows[1][0]) == "школа № 9");
    CHECK(std::get<std::string>(ordered.rows[3][0]) == "Школа № 10");
}

TEST_CASE("a text is looked for whatever its capitals, and е stands for ё") {
    using Names = std::vector<std::string>;
    CHECK(names("text", "ЕЛК") == Names{"Ёлка"});
    CHECK(names("text", "берёза") == Names{"Береза"});
    CHECK(names("text", "дуб").empty());
    CHECK(names("text", "").size() == 4);
}

TEST_CASE("names of files: nothing that a file system takes for its own, any letter survives") {
    CHECK(api::file_name("Школы: А/Б \"в\"\n") == "Школы_ А_Б _в__");
    CHECK(api::percent_encoded("Район 1.") == "%D0%A0%D0%B0%D0%B9%D0%BE%D0%BD%201.");
}

TEST_CASE("every table goes out as csv and as a workbook named after page, territory and day") {
    testing::Office office;
    for (const std::string path :
         {"/api/v1/schools", "/api/v1/methodologies/federal-2025/list", "/api/v1/typology",
          "/api/v1/typology/transitions", "/api/v1/clusters", "/api/v1/objectivity",
          "/api/v1/pairs", "/api/v1/series", "/api/v1/funnel", "/api/v1/schools/2/years",
          "/api/v1/schools/2/scores", "/api/v1/schools/2/comparable",
          "/api/v1/schools/2/indicators"}) {
        CAPTURE(path);
        const auto csv = office.ask(methodologist, "GET", path + "?format=csv");
        CHECK(csv.status == 200);
        CHECK(csv.content_type == "text/csv; charset=utf-8");
        const auto book = office.ask(methodologist, "GET", path + "?format=xlsx");
        CHECK(book.status == 200);
        CHECK(book.body.starts_with("PK"));
        const std::string name = value_of(book, "Content-Disposition");
        CHECK(name.starts_with("attachment; filename=\"table.xlsx\"; filename*=UTF-8''"));
        CHECK(name.find(api::percent_encoded("Район А")) != std::string::npos);
    }
}

TEST_CASE("a file holds what the person sees and no formula") {
    testing::Office office;
    const auto csv = office.ask(methodologist, "GET", "/api/v1/schools?format=csv").body;
    CHECK(csv.find("Первая <script>") != std::string::npos);
    CHECK(csv.find("Третья") == std::string::npos);  // Of another district.
    wording::Table table{.title = "Школы", .columns = {{"name", "Школа"}}, .rows = {}};
    for (const char* name : {"=1+1", "+7", "@x", "-a"}) table.rows.push_back({std::string{name}});
    const std::string text = wording::csv_table(table);
    CHECK(text.find("\n'=1+1") != std::string::npos);
    CHECK(text.find("\n'@x") != std::string::npos);
}

TEST_CASE("the tables of a methodology as files, in words") {
    testing::Office office;
    const std::string path = "/api/v1/methodologies/federal-2025";
    const auto parameters = office.ask(methodologist, "GET", path + "?format=csv");
    REQUIRE(parameters.status == 200);
    CHECK(parameters.body.find("достаточно любого из условий") != std::string::npos);
    CHECK(parameters.body.find("2\u00a0процедуры") != std::string::npos);
    const auto lines = [&](const std::string& part) {
        const auto file = office.ask(methodologist, "GET", path + "?format=csv&part=" + part);
        return std::ranges::count(file.body, '\n');
    };
    CHECK(lines("rules") == 3);
    CHECK(lines("notes") == 2);
    CHECK(office.ask(methodologist, "GET", path + "?format=xlsx&part=x").status == 422);
}

TEST_CASE("a district too small for statistics gets reasons, no numbers and no failure") {
    testing::Office office;
    for (const std::string path :
         {"/api/v1/typology", "/api/v1/typology/transitions", "/api/v1/clusters",
          "/api/v1/schools/2/comparable", "/api/v1/funnel?territory=a"}) {
        CAPTURE(path);
        const auto answer = office.json(office.ask(methodologist, "GET", path));
        CHECK_FALSE(answer["reason"].get<std::string>().empty());
    }
    const auto rating = office.json(office.ask(methodologist, "GET", "/api/v1/rating"));
    CHECK(rating["enabled"] == false);
    CHECK_FALSE(rating.contains("rows"));
    const std::string admin = testing::Office::login_of(model::Role::administrator);
    const std::string setting = "/api/v1/settings/rating";
    CHECK(office.ask(methodologist, "PUT", setting, {{"enabled", true}, {"reason", "Приказ"}})
              .status == 403);
    CHECK(office.ask(admin, "PUT", setting, {{"enabled", true}, {"reason", " "}}).status == 422);
    CHECK(office.ask(admin, "PUT", setting, {{"enabled", true}, {"reason", "Приказ"}}).status ==
          200);
    CHECK(office.json(office.ask(methodologist, "GET", "/api/v1/rating"))["enabled"] == true);
    const auto journal = office.json(office.ask(admin, "GET", "/api/v1/journal"))["entries"];
    CHECK(journal[1]["action_title"] == "Включён рейтинг школ");
    CHECK(journal[1]["reason"] == "Приказ");
    for (const std::string path :
         {"/api/v1/pairs?caliper=x", "/api/v1/pairs?pin=1", "/api/v1/funnel?procedure=no",
          "/api/v1/funnel?indicator=x", "/api/v1/schools/2/years?indicator=x"}) {
        CAPTURE(path);
        CHECK(office.ask(methodologist, "GET", path).status >= 400);
    }
}

TEST_CASE("pairs are settled by those who keep lists; others only see what is proposed") {
    testing::Office office;
    for (const model::Role role : {model::Role::school_head, model::Role::auditor}) {
        const std::string login = testing::Office::login_of(role);
        CHECK(office.ask(login, "GET", "/api/v1/pairs").status == 200);
        CHECK(office.ask(login, "GET", "/api/v1/pairs?pin=2=1").status == 403);
        CHECK(office.ask(login, "GET", "/api/v1/pairs?ban=2=1").status == 403);
    }
    CHECK(office.ask(methodologist, "GET", "/api/v1/pairs?ban=2=1").status != 403);
}

TEST_CASE("rows of a protocol: file, row and marks, and nothing that names a pupil") {
    testing::Office office;
    const auto rows = office.json(office.ask(
        methodologist, "GET", "/api/v1/schools/2/protocol?procedure=vpr-russian-5-5"))["rows"];
    REQUIRE(rows.size() == 10);
    CHECK(rows[0]["file"] == "протоколы.csv");
    CHECK(rows[0].contains("mark"));
    CHECK_FALSE(rows[0].contains("participant"));
    const auto none = office.json(
        office.ask(methodologist, "GET", "/api/v1/schools/2/protocol?procedure=no-such"));
    CHECK(none["rows"].empty());
}

TEST_CASE("a derivation comes as a tree whose leaves name files and lead to their rows") {
    testing::Office office;
    const auto explanation = office.json(
        office.ask(methodologist, "GET", "/api/v1/methodologies/federal-2025/schools/1?year=2024"));
    const auto& rule = explanation["listings"][0]["rules"][0];
    REQUIRE(rule.contains("tree"));
    std::string found;
    const std::function<void(const Json&)> look = [&](const Json& node) {
        if (node.contains("sources")) found = node["sources"][0].get<std::string>();
        if (node.contains("sources")) CHECK(node["work"] == "vpr-russian-5-5");
        if (node.contains("parts")) std::ranges::for_each(node["parts"], look);
    };
    look(rule["tree"]);
    CHECK(found.find("протоколы.csv") != std::string::npos);
}

TEST_CASE("scores of a work come with the borders that official marks show") {
    testing::Office office;
    const auto works =
        office.json(office.ask(methodologist, "GET", "/api/v1/schools/2/scores"))["works"];
    REQUIRE(works.size() == 1);
    CHECK(works[0]["work"] == "vpr-russian-5-5");
    const auto counts = works[0]["counts"].get<std::vector<int>>();
    REQUIRE(counts.size() == 20);
    CHECK(counts[9] == 0);
    CHECK(counts[10] == 1);
    CHECK(counts[19] == 1);
    // Four pupils of every school have the mark 2, and all of them stand below 14.
    REQUIRE_FALSE(works[0]["borders"].empty());
    CHECK(works[0]["borders"][0]["score"] == 14);
    CHECK(works[0]["borders_of"] == "по официальным отметкам в протоколах");
}

TEST_CASE("accounts go out as a table, to those who keep them alone") {
    testing::Office office;
    const std::string admin = testing::Office::login_of(model::Role::administrator);
    const auto csv = office.ask(admin, "GET", "/api/v1/users?format=csv");
    CHECK(csv.status == 200);
    CHECK(csv.body.find("methodologist") != std::string::npos);
    CHECK(csv.body.find("hash of") == std::string::npos);
    CHECK(office.ask(methodologist, "GET", "/api/v1/users?format=csv").status == 403);
}
