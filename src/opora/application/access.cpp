#include "opora/application/access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/application/indicator_report.hpp"
#include "opora/base/russian.hpp"

namespace opora::application {

namespace {

using model::Role;

struct PermissionName {
    Permission permission;
    std::string_view code;
    std::string_view title;
};

constexpr std::array<PermissionName, permissions_count> names{{
    {Permission::read_schools, "read_schools", "Смотреть школы, показатели и выводы"},
    {Permission::read_staff_names, "read_staff_names", "Видеть имена педагогов"},
    {Permission::read_methodologies, "read_methodologies", "Читать методики"},
    {Permission::edit_methodologies, "edit_methodologies", "Менять методики"},
    {Permission::import_data, "import_data", "Загружать данные и отменять загрузки"},
    {Permission::manage_lists, "manage_lists",
     "Составлять и публиковать перечни, решать по возражениям"},
    {Permission::approve_lists, "approve_lists", "Утверждать перечни"},
    {Permission::acknowledge, "acknowledge", "Отвечать за школу: ознакомление и возражения"},
    {Permission::read_lists, "read_lists", "Видеть перечни целиком: приказы, книги, проверка"},
    {Permission::read_journal, "read_journal", "Читать журнал действий"},
    {Permission::manage_users, "manage_users", "Вести учётные записи"},
}};

/// One row a role, columns in the order of Permission.
constexpr std::array<std::array<bool, permissions_count>, model::roles_count> rights{{
    // schools names m.read m.edit import manage approve ackn. lists journal users
    {false, false, true, false, false, false, false, false, false, true, true},  // administrator
    {true, false, true, true, true, true, true, false, true, true, false},  // federal_coordinator
    {true, false, true, true, true, true, true, false, true, true, false},  // regional_coordinator
    {true, true, true, true, true, true, true, false, true, true, false},   // municipal_coordinator
    {true, true, true, true, true, true, false, false, true, false, false},       // methodologist
    {true, true, true, false, false, false, false, true, false, false, false},    // school_head
    {true, true, true, false, false, false, false, true, false, false, false},    // deputy_head
    {true, false, true, false, false, false, false, false, false, false, false},  // teacher
    {true, false, true, false, false, false, false, false, false, false, false},  // curator
    {true, false, true, false, false, false, false, false, true, true, false},    // auditor
}};

bool of_school(Role role) {
    return role == Role::school_head || role == Role::deputy_head || role == Role::teacher;
}

bool sees_school(const model::User& user, const indicators::Evidence& evidence,
                 const model::School& school) {
    if (!user.active || !may(user.role, Permission::read_schools)) return false;
    if (of_school(user.role)) return school.id == user.school;
    if (user.role == Role::curator) {
        return std::ranges::binary_search(user.assigned, school.id);
    }
    return user.territory.value.empty() || lies_in(evidence, school, user.territory);
}

std::string where(const model::User& user, const indicators::Evidence& evidence) {
    if (of_school(user.role)) {
        const auto number = evidence.find_school(user.school);
        return number ? fmt::format("Вам видна ваша школа: {}.", evidence.schools()[*number].name)
                      : "Ваша школа не указана или её нет в реестре: обратитесь к администратору.";
    }
    if (user.role == Role::curator) return "Вам видны школы, к которым вы назначены куратором.";
    if (user.territory.value.empty()) return "Вам видны школы всех территорий.";
    const auto place =
        std::ranges::find(evidence.territories(), user.territory, &model::Territory::id);
    if (place == evidence.territories().end()) {
        return "Ваша территория не найдена в реестре: обратитесь к администратору.";
    }
    return fmt::format("Вам видны школы территории: {}.", place->name);
}

}  // namespace

std::string_view code(Permission permission) {
    return names[static_cast<std::size_t>(permission)].code;
}
std::string_view title(Permission permission) {
    return names[static_cast<std::size_t>(permission)].title;
}

bool may(model::Role role, Permission permission) {
    return rights[static_cast<std::size_t>(role)][static_cast<std::size_t>(permission)];
}

Scope::Scope(const model::User& user, const indicators::Evidence& evidence) {
    seen_.reserve(evidence.schools().size());
    for (const model::School& school : evidence.schools()) {
        seen_.push_back(sees_school(user, evidence, school));
        count_ += seen_.back() ? 1 : 0;
    }
}

std::vector<std::string> explain_access(const model::User& user,
                                        const indicators::Evidence& evidence) {
    std::vector<std::string> sentences{fmt::format("Ваша роль: {}.", title(user.role))};
    if (!may(user.role, Permission::read_schools)) {
        sentences.emplace_back(
            "Роль ведёт учётные записи и не открывает результатов школ: для этого нужна другая "
            "роль.");
    } else {
        sentences.push_back(where(user, evidence));
        const Scope scope{user, evidence};
        sentences.push_back(fmt::format(
            "Всего доступно: {}.", base::counted(static_cast<std::int64_t>(scope.count()),
                                                 base::PluralForms{"школа", "школы", "школ"})));
    }
    for (const PermissionName& one : names) {
        const bool yes = may(user.role, one.permission);
        sentences.push_back(fmt::format("{}: {}.", one.title, yes ? "да" : "нет"));
    }
    return sentences;
}

}  // namespace opora::application
