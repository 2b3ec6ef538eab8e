#pragma once

#include <doctest/doctest.h>

#include "opora/ports/account_store.hpp"

namespace opora::contract {

/// A curator of two schools under that login.
inline model::User add_curator(ports::AccountStore& store, const std::string& login) {
    auto added = store.add({.login = login,
                            .name = "Вымышленный Пользователь",
                            .role = model::Role::curator,
                            .territory = {"t"},
                            .assigned = {{"2"}, {"1"}}},
                           "test");
    REQUIRE(added);
    return *added;
}

/// What every AccountStore promises of users; `make` gives an empty one.
template <class Make>
void check_users(Make make) {
    SUBCASE("a user comes back as added, with an id, the first version and sorted schools") {
        const auto store = make();
        const model::User user = add_curator(*store, "ivanova");
        CHECK(user.version == 1);
        CHECK(user.assigned == std::vector<model::SchoolId>{{"1"}, {"2"}});
        CHECK(store->user(user.id) == user);
        CHECK(store->find_login("ivanova") == user);
        CHECK_FALSE(store->find_login("IVANOVA"));
        CHECK_FALSE(store->user({"777"}));
        CHECK_FALSE(store->user({"1 or 1=1"}));
        CHECK(store->password_hash(user.id).empty());
    }
    SUBCASE("a login is taken once") {
        const auto store = make();
        add_curator(*store, "a");
        const auto again = store->add({.login = "a"}, "test");
        REQUIRE_FALSE(again);
        CHECK(again.error().code == "login_taken");
        CHECK(store->users().size() == 1);
    }
    SUBCASE("of two changes of one version the second is refused and changes nothing") {
        const auto store = make();
        model::User first = add_curator(*store, "a");
        model::User second = first;
        first.name = "Первый";
        second.name = "Второй";
        CHECK(store->change(first, {"test"}));
        const auto late = store->change(second, {"test"});
        REQUIRE_FALSE(late);
        CHECK(late.error().code == "version_conflict");
        CHECK(store->user(first.id)->name == "Первый");
        CHECK(store->user(first.id)->version == 2);
        second.id = {"99"};
        CHECK(store->change(second, {"test"}).error().code == "user_unknown");
    }
}

/// What every AccountStore promises of sessions and tickets.
template <class Make>
void check_sessions(Make make) {
    SUBCASE("a new password and a closed account end sessions and tickets") {
        for (const bool by_password : {true, false}) {
            CAPTURE(by_password);
            const auto store = make();
            model::User user = add_curator(*store, "a");
            store->add_session({"s1", user.id, "c", 10, 10, 100});
            store->add_session({"s2", user.id, "c", 20, 20, 100});
            store->add_ticket({"t", user.id, 100}, "test");
            REQUIRE(store->sessions(user.id).size() == 2);
            CHECK(store->sessions(user.id)[0].digest == "s2");
            if (by_password) {
                store->set_password_hash(user.id, "hash", "test");
                CHECK(store->password_hash(user.id) == "hash");
            } else {
                user.active = false;
                REQUIRE(store->change(user, {"test"}));
            }
            CHECK(store->sessions(user.id).empty());
            CHECK_FALSE(store->ticket("t"));
        }
    }
    SUBCASE("sessions: seen, ended, forgotten when their time is over") {
        const auto store = make();
        const model::User user = add_curator(*store, "a");
        store->add_session({"s1", user.id, "c", 10, 10, 100});
        store->see_session("s1", 50, 150);
        CHECK(store->session("s1") == ports::Session{"s1", user.id, "c", 10, 50, 150});
        store->forget_expired(150);
        CHECK(store->session("s1"));
        store->forget_expired(151);
        CHECK_FALSE(store->session("s1"));
        store->end_session("unknown");
    }
}

}  // namespace opora::contract
