#include <set>

#include "api/description.hpp"
#include "api/office.hpp"
#include "opora/api/problem_codes.hpp"

using namespace opora;
using testing::Json;

namespace {

std::string small(std::string_view text) {
    std::string all{text};
    for (char& c : all) c = static_cast<char>(c | 0x20);
    return all;
}

std::string who_of(const api::Route& route) {
    switch (route.entry) {
        case api::Entry::anyone:
            return "anyone";
        case api::Entry::signed_in:
            return "signed_in";
        case api::Entry::permitted:
            return std::string{code(route.permission)};
    }
    return {};
}

std::set<std::string> values_of(const Json& schema) {
    std::set<std::string> all;
    for (const Json& one : schema["enum"]) all.insert(one.get<std::string>());
    return all;
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream{file};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// The code literals of a source that follow `before`: problem("x", refusal("x", .code = "x".
void collect(const std::string& text, const std::string& before, std::set<std::string>& all) {
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
        const auto begin = at + before.size();
        all.insert(text.substr(begin, text.find('"', begin) - begin));
    }
}

}  // namespace

TEST_CASE("every address of the router is described: title, who may call it, its braces") {
    const testing::Description description;
    for (const api::Route& route : api::all_routes()) {
        CAPTURE(std::string{route.method});
        CAPTURE(std::string{route.pattern});
        const Json* described = description.operation(route.method, route.pattern);
        REQUIRE(described != nullptr);
        CHECK((*described)["summary"] == std::string{route.title});
        CHECK((*described)["x-who"] == who_of(route));
        CHECK((*described)["security"].empty() == (route.entry == api::Entry::anyone));
        const bool takes_body = described->contains("requestBody");
        CHECK(takes_body == (route.body.bytes_max > 0));
    }
}

TEST_CASE("every described address is one of the router") {
    const testing::Description description;
    const auto routes = api::all_routes();
    for (const auto& [path, operations] : description.whole()["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            CAPTURE(path);
            CAPTURE(method);
            const auto fits = [&, path = path, method = method](const api::Route& route) {
                return small(route.method) == method &&
                       route.pattern == std::string{testing::Description::prefix} + path;
            };
            CHECK(std::ranges::any_of(routes, fits));
        }
    }
}

TEST_CASE("roles, rights and codes of problems are described whole") {
    const testing::Description description;
    const Json& schemas = description.whole()["components"]["schemas"];
    std::set<std::string> roles;
    for (std::size_t i = 0; i < model::roles_count; ++i)
        roles.emplace(code(static_cast<model::Role>(i)));
    CHECK(values_of(schemas["Role"]) == roles);
    std::set<std::string> rights;
    for (std::size_t i = 0; i < application::permissions_count; ++i)
        rights.emplace(code(static_cast<application::Permission>(i)));
    CHECK(values_of(schemas["Permission"]) == rights);
    std::set<std::string> codes;
    for (const api::ProblemCode& one : api::problem_codes()) codes.emplace(one.code);
    CHECK(values_of(schemas["ProblemCode"]) == codes);
}

TEST_CASE("problem codes: in order, each once, and every one that a handler names is there") {
    const auto codes = api::problem_codes();
    CHECK(std::ranges::adjacent_find(codes, std::ranges::greater_equal{},
                                     &api::ProblemCode::code) == codes.end());
    std::set<std::string> named;
    for (const char* folder : {"src/opora/api", "src/opora/server"}) {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator{testing::source_folder() / folder}) {
            if (entry.path().extension() != ".cpp") continue;
            const std::string text = text_of(entry.path());
            for (const char* before :
                 {"problem(\"", "problem(\n                \"", "refusal(\"", ".code = \""}) {
                collect(text, before, named);
            }
        }
    }
    CHECK(named.size() > 10);
    for (const std::string& one : named) {
        CAPTURE(one);
        CHECK(api::problem_code(one).code == one);
    }
    CHECK(api::problem_code("no-such-code").code == "refused");
}

TEST_CASE("the judge of answers sees a missing, an undescribed and a wrong field") {
    const testing::Description description;
    const auto faults = [&](const Json& value) {
        return description.faults(value, {{"$ref", "#/components/schemas/Year"}}).size();
    };
    CHECK(faults({{"year", 2024}, {"title", "2023/24"}}) == 0);
    CHECK(faults({{"year", 2024}}) == 1);
    CHECK(faults({{"year", 2024}, {"title", "2023/24"}, {"more", 1}}) == 1);
    CHECK(faults({{"year", "2024"}, {"title", "2023/24"}}) == 1);
    CHECK(faults(Json::array()) == 1);
}

TEST_CASE("the description is served to everybody") {
    testing::Office office;
    const auto response = office.ask("", "GET", "/api/v1/openapi.json");
    CHECK(response.status == 200);
    CHECK(office.json(response)["openapi"] == "3.1.0");
}
