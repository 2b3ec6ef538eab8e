#include <algorithm>
#include <charconv>

#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/account_rules.hpp"

namespace opora::api {

namespace {

using application::Permission;

Json user_json(const model::User& user, bool can_enter) {
    Json assigned = Json::array();
    for (const model::SchoolId& school : user.assigned) assigned.push_back(school.value);
    return {{"id", user.id.value},
            {"login", user.login},
            {"name", user.name},
            {"role", code(user.role)},
            {"role_title", title(user.role)},
            {"territory", user.territory.value},
            {"school", user.school.value},
            {"assigned", assigned},
            {"active", user.active},
            {"can_enter", can_enter}};
}

Json user_json(Call& call, const model::User& user) {
    Json json = user_json(user, !call.services.accounts.password_hash(user.id).empty());
    json["second_step"] = call.services.sign_in.second_step().active(user.id);
    return json;
}

std::string etag_of(const model::User& user) { return "\"" + std::to_string(user.version) + "\""; }

Response user_response(Call& call, const model::User& user, int status) {
    Response response = json_response(user_json(call, user), status);
    response.headers.emplace_back("ETag", etag_of(user));
    return response;
}

base::Unexpected<base::Error> wrong(std::string field, std::string message) {
    return base::Unexpected{base::Error{.code = "field_wrong",
                                        .message = std::move(message),
                                        .place = {.column = std::move(field)}}};
}

/// What a form says of a user; checked against what the role needs.
base::Result<model::User> read_user(const Json& form) {
    model::User user;
    user.login = OPORA_TRY(text_field(form, "login", 40));
    user.name = OPORA_TRY(text_field(form, "name", 200));
    user.territory = {OPORA_TRY(text_field(form, "territory", 100))};
    user.school = {OPORA_TRY(text_field(form, "school", 100))};
    const auto role = model::role(OPORA_TRY(text_field(form, "role", 40)));
    if (role) user.role = *role;
    OPORA_TRY(application::check_account(user));
    if (!role) return wrong("role", "выберите роль из списка");
    if (const auto active = form.find("active"); active != form.end()) {
        if (!active->is_boolean()) return wrong("active", "ожидалось да или нет");
        user.active = active->get<bool>();
    }
    if (const auto assigned = form.find("assigned"); assigned != form.end()) {
        if (!assigned->is_array()) return wrong("assigned", "ожидался список школ");
        for (const Json& school : *assigned) {
            if (!school.is_string()) return wrong("assigned", "ожидался список школ");
            user.assigned.push_back({school.get<std::string>()});
        }
    }
    return user;
}

std::string actor_of(const Call& call) { return "user:" + call.user().id.value; }

/// «закрыта», «действует», «ждёт первого входа».
std::string state_of(const Call& call, const model::User& user) {
    if (!user.active) return "закрыта";
    const bool entered = !call.services.accounts.password_hash(user.id).empty();
    return entered ? "действует" : "ждёт первого входа";
}

wording::Table users_table(const Call& call) {
    wording::Table table{.title = "Учётные записи",
                         .columns = {{"id", ""},
                                     {"name", "Имя"},
                                     {"login", "Вход"},
                                     {"role_title", "Роль"},
                                     {"territory", "Территория"},
                                     {"school", "Школа"},
                                     {"state", "Состояние"}},
                         .rows = {}};
    for (const model::User& user : call.services.accounts.users()) {
        table.rows.push_back({user.id.value, user.name, user.login, std::string{title(user.role)},
                              cell_of(user.territory.value), cell_of(user.school.value),
                              state_of(call, user)});
    }
    return table;
}

Response all(Call& call) {
    if (query(call.request, "format")) {
        return table_answer(call, *call.services.workspace.view(), users_table(call));
    }
    Json users = Json::array();
    for (const model::User& user : call.services.accounts.users()) {
        users.push_back(user_json(call, user));
    }
    return json_response({{"users", users}});
}

Response show(Call& call) {
    const auto user = call.services.accounts.user({call.value(0)});
    if (!user) return problem("user_unknown");
    return user_response(call, *user, 200);
}

Response add(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto user = read_user(*form);
    if (!user) return problem(user.error());
    const auto added = call.services.accounts.add(*user, actor_of(call));
    return added ? user_response(call, *added, 201) : problem(added.error());
}

Response change(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    auto user = read_user(*form);
    if (!user) return problem(user.error());
    user->id = {call.value(0)};
    std::string_view tag = header(call.request, "if-match");
    if (tag.size() < 3) {
        return problem("version_missing", "Откройте запись заново и повторите правку");
    }
    tag = tag.substr(1, tag.size() - 2);
    std::from_chars(tag.data(), tag.data() + tag.size(), user->version);
    if (user->id == call.user().id && (!user->active || user->role != call.user().role)) {
        return problem("own_account", "Роль и доступ администратора меняет другой администратор");
    }
    std::string reason;
    if (form->contains("reason")) {
        const auto words = text_field(*form, "reason", 1000);
        if (!words) return problem(words.error());
        reason = *words;
    }
    const auto changed = call.services.accounts.change(*user, {actor_of(call), reason});
    return changed ? user_response(call, *changed, 200) : problem(changed.error());
}

Response give_ticket(Call& call) {
    const auto user = call.services.accounts.user({call.value(0)});
    if (!user) return problem("user_unknown");
    return json_response({{"ticket", call.services.sign_in.give_ticket(user->id, actor_of(call))},
                          {"seconds", application::SignIn::ticket_life}},
                         201);
}

/// For somebody who has lost telephone and codes.
Response reset_second_step(Call& call) {
    const auto user = call.services.accounts.user({call.value(0)});
    if (!user) return problem("user_unknown");
    call.services.sign_in.second_step().reset(user->id, {actor_of(call), {}});
    return Response{.status = 204, .content_type = "text/plain"};
}

}  // namespace

std::vector<Route> user_routes() {
    constexpr BodyPolicy form{.bytes_max = 64 * 1024};
    constexpr auto users = Permission::manage_users;
    return {
        {"GET", "/api/v1/users", "Учётные записи", Entry::permitted, users, all},
        {"POST", "/api/v1/users", "Завести учётную запись", Entry::permitted, users, add, form},
        {"GET", "/api/v1/users/{user}", "Учётная запись", Entry::permitted, users, show},
        {"PUT", "/api/v1/users/{user}", "Изменить учётную запись", Entry::permitted, users, change,
         form},
        {"POST", "/api/v1/users/{user}/tickets", "Дать одноразовую ссылку для пароля",
         Entry::permitted, users, give_ticket},
        {"DELETE", "/api/v1/users/{user}/second-step", "Отключить вход с кодом другому человеку",
         Entry::permitted, users, reset_second_step},
    };
}

}  // namespace opora::api
