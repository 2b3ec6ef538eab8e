#include "opora/application/account_rules.hpp"

#include <algorithm>

namespace opora::application {

namespace {

base::Unexpected<base::Error> wrong(std::string field, std::string message) {
    return base::Unexpected{base::Error{.code = "field_wrong",
                                        .message = std::move(message),
                                        .place = {.column = std::move(field)}}};
}

bool is_login(const std::string& login) {
    const auto fits = [](char symbol) {
        return ('a' <= symbol && symbol <= 'z') || ('0' <= symbol && symbol <= '9') ||
               symbol == '.' || symbol == '-' || symbol == '_';
    };
    return login.size() >= 3 && login.size() <= 40 && std::ranges::all_of(login, fits);
}

}  // namespace

base::Result<base::Done> check_account(const model::User& user) {
    if (!is_login(user.login)) {
        return wrong("login",
                     "имя для входа: от 3 до 40 строчных латинских букв, цифр, точек и черт");
    }
    if (user.name.empty()) return wrong("name", "укажите фамилию, имя и отчество");
    const bool of_school = user.role == model::Role::school_head ||
                           user.role == model::Role::deputy_head ||
                           user.role == model::Role::teacher;
    if (of_school && user.school.value.empty()) return wrong("school", "укажите школу");
    return base::Done{};
}

}  // namespace opora::application
