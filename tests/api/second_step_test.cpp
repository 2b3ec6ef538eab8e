#include "api/office.hpp"
#include "opora/application/one_time_code.hpp"

using namespace opora;
using testing::Json;

namespace {

const std::string admin = testing::Office::login_of(model::Role::administrator);
const std::string methodologist = testing::Office::login_of(model::Role::methodologist);
constexpr const char* path = "/api/v1/second-step";

/// A person whose coming in asks for a code; the clock of the office is known to the test.
struct Guarded {
    testing::Office office;
    std::string secret;
    std::vector<std::string> recovery;

    Guarded() {
        REQUIRE(office.ask(methodologist, "POST", path).status == 201);
        const auto user = office.accounts().find_login(methodologist);
        secret =
            office.accounts().second_step(user->id)->secret.substr(std::string{"sealed "}.size());
        const auto on = office.ask(methodologist, "PUT", path, {{"code", code()}});
        REQUIRE(on.status == 200);
        recovery = office.json(on)["recovery_codes"].get<std::vector<std::string>>();
    }
    std::string code() {
        return application::one_time_code(secret, application::code_step(office.now()));
    }
    api::Response enter(const Json& code) {
        Json form{{"login", methodologist}, {"password", testing::Office::password}};
        if (!code.is_null()) form["code"] = code;
        return office.ask("", "POST", "/api/v1/session", form);
    }
    std::string refused(const Json& code) { return office.json(enter(code))["code"]; }
};

}  // namespace

TEST_CASE("with the second step on, a password alone does not let in; a code does, once") {
    Guarded one;
    CHECK(one.refused(nullptr) == "second_step_needed");
    CHECK(one.refused("000000") == "code_wrong");
    one.office.pass(60);
    const std::string code = one.code();
    CHECK(one.enter(code).status == 201);
    CHECK(one.refused(code) == "code_wrong");
    one.office.pass(30);
    CHECK(one.enter(one.code()).status == 201);
    const auto users = one.office.json(one.office.ask(admin, "GET", "/api/v1/users"))["users"];
    for (const Json& user : users) CHECK(user["second_step"] == (user["login"] == methodologist));
}

TEST_CASE("recovery codes: ten, each works once, in any case and with or without dashes") {
    Guarded one;
    REQUIRE(one.recovery.size() == 10);
    CHECK(one.enter(one.recovery[0]).status == 201);
    CHECK(one.refused(one.recovery[0]) == "code_wrong");
    std::string plain = one.recovery[1];
    std::erase(plain, '-');
    for (char& c : plain) c = static_cast<char>('A' <= c && c <= 'Z' ? c + 32 : c);
    CHECK(one.enter(plain).status == 201);
}

TEST_CASE("guessing codes waits like guessing passwords; the password in between clears nothing") {
    Guarded one;
    for (int i = 0; i < 5; ++i) {
        CHECK(one.refused("000000") == "code_wrong");
        if (i < 4) CHECK(one.refused(nullptr) == "second_step_needed");
    }
    CHECK(one.refused(nullptr) == "too_many_attempts");
    CHECK(one.refused(one.recovery[0]) == "too_many_attempts");
}

TEST_CASE("a link for a new password does not go around the second step") {
    Guarded one;
    const auto user = one.office.accounts().find_login(methodologist);
    const auto given =
        one.office.ask(admin, "POST", "/api/v1/users/" + user->id.value + "/tickets");
    Json form{{"ticket", one.office.json(given)["ticket"]}, {"password", "другой длинный пароль"}};
    const auto refused = one.office.ask("", "POST", "/api/v1/tickets", form);
    CHECK(one.office.json(refused)["code"] == "second_step_needed");
    form["code"] = one.recovery[0];
    CHECK(one.office.ask("", "POST", "/api/v1/tickets", form).status == 201);
}

TEST_CASE("off by an own code, or by the administrator for somebody who lost everything") {
    Guarded one;
    const auto removal = [&](const std::string& code) {
        return one.office.ask(methodologist, "POST", std::string{path} + "/removal",
                              {{"code", code}});
    };
    CHECK(removal("000000").status == 422);
    CHECK(one.office.ask(methodologist, "POST", path).status == 409);
    CHECK(removal(one.recovery[0]).status == 204);
    CHECK(one.enter(nullptr).status == 201);
    CHECK(removal("000000").status == 409);

    Guarded lost;
    const auto user = lost.office.accounts().find_login(methodologist);
    const std::string reset = "/api/v1/users/" + user->id.value + "/second-step";
    CHECK(lost.office.ask(methodologist, "DELETE", reset).status == 403);
    CHECK(lost.office.ask(admin, "DELETE", reset).status == 204);
    CHECK(lost.enter(nullptr).status == 201);
    const auto journal = lost.office.json(lost.office.ask(admin, "GET", "/api/v1/journal"));
    CHECK(journal.dump().find("Отключён вход с кодом") != std::string::npos);
    CHECK(journal.dump().find(lost.secret) == std::string::npos);
}

TEST_CASE("a setup that was never confirmed asks for nothing") {
    testing::Office office;
    const auto setup = office.ask(methodologist, "POST", path);
    CHECK(office.json(setup)["address"].get<std::string>().starts_with("otpauth://totp/"));
    CHECK(office.ask(methodologist, "PUT", path, {{"code", "000000"}}).status == 422);
    CHECK(office
              .ask("", "POST", "/api/v1/session",
                   {{"login", methodologist}, {"password", testing::Office::password}})
              .status == 201);
}
