#include "opora/application/sign_in.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace opora;
using application::AttemptBucket;
using application::AttemptLimit;
using application::SignIn;

namespace {

/// Accounts in memory, as far as coming in needs them.
class FakeAccounts : public ports::AccountStore {
public:
    std::vector<model::User> users() const override { return users_; }
    std::optional<model::User> user(const model::UserId& id) const override {
        const auto found = std::ranges::find(users_, id, &model::User::id);
        return found == users_.end() ? std::nullopt : std::optional{*found};
    }
    std::optional<model::User> find_login(const std::string& login) const override {
        const auto found = std::ranges::find(users_, login, &model::User::login);
        return found == users_.end() ? std::nullopt : std::optional{*found};
    }
    base::Result<model::User> add(model::User user, const std::string&) override {
        user.id = {std::to_string(users_.size() + 1)};
        users_.push_back(user);
        return user;
    }
    base::Result<model::User> change(const model::User& user, const ports::Act&) override {
        *std::ranges::find(users_, user.id, &model::User::id) = user;
        return user;
    }
    std::string password_hash(const model::UserId& user) const override {
        const auto found = hashes_.find(user.value);
        return found == hashes_.end() ? "" : found->second;
    }
    void set_password_hash(const model::UserId& user, const std::string& hash,
                           const std::string&) override {
        hashes_[user.value] = hash;
        std::erase_if(tickets_, [&](const auto& one) { return one.second.user == user; });
    }
    void add_session(const ports::Session& session) override {
        sessions_[session.digest] = session;
    }
    std::optional<ports::Session> session(const std::string& digest) const override {
        const auto found = sessions_.find(digest);
        return found == sessions_.end() ? std::nullopt : std::optional{found->second};
    }
    void see_session(const std::string& digest, ports::Seconds now,
                     ports::Seconds expires) override {
        sessions_[digest].last_seen = now;
        sessions_[digest].expires = expires;
    }
    std::vector<ports::Session> sessions(const model::UserId&) const override { return {}; }
    void end_session(const std::string& digest) override { sessions_.erase(digest); }
    void tell_refused_sign_in(const std::optional<model::UserId>& user, const std::string& cause,
                              std::int64_t not_told) override {
        refused.push_back((user ? user->value : "-") + " " + cause +
                          (not_told > 0 ? " +" + std::to_string(not_told) : ""));
    }
    void add_ticket(const ports::Ticket& ticket, const std::string&) override {
        tickets_[ticket.digest] = ticket;
    }
    std::optional<ports::Ticket> ticket(const std::string& digest) const override {
        const auto found = tickets_.find(digest);
        return found == tickets_.end() ? std::nullopt : std::optional{found->second};
    }
    std::optional<ports::KeptSecondStep> second_step(const model::UserId& user) const override {
        const auto found = steps_.find(user.value);
        return found == steps_.end() ? std::nullopt : std::optional{found->second};
    }
    void begin_second_step(const model::UserId& user, const std::string& sealed) override {
        steps_[user.value] = {.secret = sealed};
    }
    void activate_second_step(const model::UserId& user, const std::vector<std::string>& digests,
                              const ports::Act&) override {
        steps_[user.value].active = true;
        recovery_.insert(digests.begin(), digests.end());
    }
    void remove_second_step(const model::UserId& user, const ports::Act&) override {
        steps_.erase(user.value);
    }
    bool use_code_step(const model::UserId& user, std::int64_t step) override {
        if (steps_[user.value].last >= step) return false;
        steps_[user.value].last = step;
        return true;
    }
    bool use_recovery_code(const model::UserId&, const std::string& digest) override {
        return recovery_.erase(digest) > 0;
    }
    void forget_expired(ports::Seconds) override {}

    std::vector<std::string> refused;  ///< What the journal was told.

private:
    std::vector<model::User> users_;
    std::map<std::string, std::string> hashes_;
    std::map<std::string, ports::Session> sessions_;
    std::map<std::string, ports::Ticket> tickets_;
    std::map<std::string, ports::KeptSecondStep> steps_;
    std::set<std::string> recovery_;
};

/// Secrets that can be seen through.
class FakeSecrets : public ports::Secrets {
public:
    std::string token() override { return "token" + std::to_string(++count_); }
    std::string digest(const std::string& token) const override { return "digest of " + token; }
    std::string hash_password(const std::string& password) override {
        return "hash of " + password;
    }
    bool matches(const std::string& password, const std::string& hash) override {
        ++checked;
        return hash == "hash of " + password;
    }
    std::string seal(const std::string& text) override { return "sealed " + text; }
    std::optional<std::string> unseal(const std::string& sealed) override {
        return sealed.starts_with("sealed ") ? std::optional{sealed.substr(7)} : std::nullopt;
    }
    int checked = 0;

private:
    int count_ = 0;
};

struct Office {
    FakeAccounts accounts;
    FakeSecrets secrets;
    ports::Seconds now = 1'000'000;
    SignIn sign_in{accounts, secrets, [this] { return now; }};

    model::User user(const std::string& login) {
        auto added = accounts.add({.login = login, .name = "Вымышленный"}, "test");
        accounts.set_password_hash(added->id, "hash of верный пароль", "test");
        return *added;
    }
};

const std::string right = "верный пароль";

}  // namespace

TEST_CASE("a wrong password, an unknown login and a closed account are told the same") {
    Office office;
    model::User closed = office.user("closed");
    closed.active = false;
    CHECK(office.accounts.change(closed, {"test"}));
    office.user("ivanova");
    CHECK(office.accounts.add({.login = "without password"}, "test"));
    CHECK(office.sign_in.enter("ivanova", right, "p"));
    for (const auto& [login, password] : {std::pair{"ivanova", "неверный"},
                                          {"nobody", right.c_str()},
                                          {"closed", right.c_str()},
                                          {"without password", ""}}) {
        CAPTURE(login);
        const int checked = office.secrets.checked;
        const auto in = office.sign_in.enter(login, password, "p");
        REQUIRE_FALSE(in);
        CHECK(in.error().code == "wrong_credentials");
        CHECK(office.secrets.checked == checked + 1);  // And takes the same time.
    }
}

TEST_CASE(
    "guessing is slowed down: the fifth failure is free, after it one waits, longer each time") {
    AttemptLimit limit;
    const ports::Seconds now = 100;
    for (int i = 0; i < AttemptLimit::free_attempts; ++i) CHECK(limit.begin("k", now) == 0);
    CHECK(limit.begin("k", now) == 15);
    CHECK(limit.begin("k", now + 14) == 1);
    CHECK(limit.begin("other", now) == 0);
    CHECK(limit.begin("k", now + 15) == 0);
    CHECK(limit.begin("k", now + 15) == 30);
    ports::Seconds later = now + 15;
    for (int i = 0; i < 50; ++i) {
        later += AttemptLimit::wait_max;
        CHECK(limit.begin("k", later) == 0);
    }
    CHECK(limit.begin("k", later) == AttemptLimit::wait_max);
    limit.succeeded("k");
    CHECK(limit.begin("k", later) == 0);
}

TEST_CASE("an attempt that was neither right nor wrong leaves the failures before it") {
    AttemptLimit limit;
    for (int i = 0; i < AttemptLimit::free_attempts - 1; ++i) CHECK(limit.begin("k", 0) == 0);
    CHECK(limit.begin("k", 0) == 0);
    limit.taken_back("k");
    CHECK(limit.begin("k", 0) == 0);
    CHECK(limit.begin("k", 0) == 15);
}

TEST_CASE("an address: sixty failures at once, then one every ten seconds") {
    AttemptBucket bucket;
    for (int i = 0; i < AttemptBucket::free_attempts; ++i) CHECK(bucket.begin("a", 100) == 0);
    CHECK(bucket.begin("a", 100) == 10);
    CHECK(bucket.begin("a", 109) == 1);
    CHECK(bucket.begin("b", 100) == 0);
    CHECK(bucket.begin("a", 110) == 0);
    CHECK(bucket.begin("a", 110) == 10);
    bucket.taken_back("a");
    CHECK(bucket.begin("a", 110) == 0);
}

TEST_CASE("an office behind one address: who mistypes five times waits, the others come in") {
    Office office;
    office.user("ivanova");
    office.user("petrova");
    for (int i = 0; i < 2 * AttemptLimit::free_attempts; ++i) {
        CHECK_FALSE(office.sign_in.enter("ivanova", "неверный", "office"));
    }
    CHECK_FALSE(office.sign_in.enter("ivanova", right, "office"));
    for (int i = 0; i < 2 * AttemptBucket::free_attempts; ++i) {
        CHECK(office.sign_in.enter("petrova", right, "office"));  // Coming in uses nothing up.
    }
}

TEST_CASE("one password tried at every account is stopped by the address") {
    Office office;
    int looked_at = 0;
    for (int i = 0; i < 200; ++i) {
        const auto in = office.sign_in.enter("login" + std::to_string(i), "весна2024", "attacker");
        REQUIRE_FALSE(in);
        if (in.error().code == "wrong_credentials") ++looked_at;
    }
    CHECK(looked_at == AttemptBucket::free_attempts);
}

TEST_CASE("the journal is told of failures: the account if there is one, never what was typed") {
    Office office;
    office.user("ivanova");
    auto closed = office.user("closed");
    closed.active = false;
    REQUIRE(office.accounts.change(closed, {"test", {}}));
    CHECK_FALSE(office.sign_in.enter("ivanova", "неверный", "p"));
    CHECK_FALSE(office.sign_in.enter("мой пароль", "неверный", "p"));
    CHECK_FALSE(office.sign_in.enter("closed", right, "p"));
    CHECK(office.sign_in.enter("ivanova", right, "p"));
    CHECK(office.accounts.refused ==
          std::vector<std::string>{"1 password", "- account", "2 closed"});
}

TEST_CASE("nobody fills the journal: beyond a measure failures are counted, not written") {
    Office office;
    for (int i = 0; i < 100; ++i) {
        CHECK_FALSE(
            office.sign_in.enter("login" + std::to_string(i), "x", "peer" + std::to_string(i)));
    }
    CHECK(office.accounts.refused.size() == AttemptBucket::free_attempts);
    office.now += AttemptBucket::seconds_for_one;
    CHECK_FALSE(office.sign_in.enter("another", "x", "another peer"));
    CHECK(office.accounts.refused.back() == "- account +40");
}

TEST_CASE("the right password does not pass while one waits; after it it does") {
    Office office;
    office.user("ivanova");
    for (int i = 0; i < AttemptLimit::free_attempts; ++i) {
        CHECK_FALSE(office.sign_in.enter("ivanova", "неверный", "p"));
    }
    const auto waiting = office.sign_in.enter("ivanova", right, "other peer");
    REQUIRE_FALSE(waiting);
    CHECK(waiting.error().code == "too_many_attempts");
    CHECK(waiting.error().found == "15");
    office.now += 15;
    CHECK(office.sign_in.enter("ivanova", right, "other peer"));
}

TEST_CASE("a session ends after two idle hours and after twelve in all") {
    Office office;
    office.user("ivanova");
    const auto in = office.sign_in.enter("ivanova", right, "p");
    REQUIRE(in);
    const ports::Seconds begun = office.now;
    office.now += SignIn::session_idle;
    CHECK(office.sign_in.find(in->token));
    office.now += SignIn::session_idle + 1;
    CHECK_FALSE(office.sign_in.find(in->token));

    office.now = begun;
    const auto long_one = office.sign_in.enter("ivanova", right, "p");
    while (office.now - begun + 3600 <= SignIn::session_whole) {
        office.now += 3600;
        CHECK(office.sign_in.find(long_one->token));
    }
    office.now = begun + SignIn::session_whole + 1;
    CHECK_FALSE(office.sign_in.find(long_one->token));
}

TEST_CASE("a session of a closed account, an ended and a made-up one let nobody in") {
    Office office;
    model::User user = office.user("ivanova");
    const auto in = office.sign_in.enter("ivanova", right, "p");
    CHECK_FALSE(office.sign_in.find("made up"));
    CHECK_FALSE(office.sign_in.find(""));
    user.active = false;
    CHECK(office.accounts.change(user, {"test"}));
    CHECK_FALSE(office.sign_in.find(in->token));
    user.active = true;
    CHECK(office.accounts.change(user, {"test"}));
    office.sign_in.leave(in->token);
    CHECK_FALSE(office.sign_in.find(in->token));
}

TEST_CASE("the first start gives one administrator link, which works once and for three days") {
    Office office;
    const auto ticket = office.sign_in.first_ticket();
    REQUIRE(ticket);
    CHECK(office.accounts.users().size() == 1);
    CHECK(office.sign_in.first_ticket());  // Nobody came in yet: the link may be lost.
    CHECK(office.accounts.users().size() == 1);

    CHECK(office.sign_in.use_ticket(*ticket, "короткий").error().code == "password_weak");
    const auto in = office.sign_in.use_ticket(*ticket, "длинный пароль");
    REQUIRE(in);
    CHECK(in->user.role == model::Role::administrator);
    CHECK(office.sign_in.use_ticket(*ticket, "длинный пароль").error().code == "ticket_unknown");
    CHECK_FALSE(office.sign_in.first_ticket());

    model::User closed = in->user;
    closed.active = false;
    const auto changed = office.accounts.change(closed, {"test"});
    REQUIRE(changed);
    const auto again = office.sign_in.first_ticket();  // Nobody keeps the accounts any more.
    REQUIRE(again);
    REQUIRE(office.sign_in.use_ticket(*again, "ещё один пароль"));
    CHECK(office.accounts.users().size() == 1);
    CHECK_FALSE(office.sign_in.first_ticket());

    const std::string late = office.sign_in.give_ticket(in->user.id, "test");
    office.now += SignIn::ticket_life + 1;
    CHECK(office.sign_in.use_ticket(late, "длинный пароль").error().code == "ticket_unknown");
}

TEST_CASE("passwords: ten symbols are enough, nine, one repeated symbol and the login are not") {
    const auto good = [](const std::string& password) {
        return application::check_password(password, "petrova-maria").has_value();
    };
    CHECK(good("пароль1234"));
    CHECK_FALSE(good("пароль123"));
    CHECK_FALSE(good("aaaaaaaaaaaa"));
    CHECK_FALSE(good("petrova-maria"));
    CHECK_FALSE(good(std::string(201, 'x') + "y"));
    CHECK_FALSE(good(""));
}
