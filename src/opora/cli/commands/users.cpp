#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "opora/application/account_rules.hpp"
#include "opora/application/sign_in.hpp"
#include "opora/base/unix_time.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/subcommand.hpp"

namespace opora::cli {

namespace {

struct Arguments {
    std::filesystem::path directory;
    model::User user;
    std::string login;
    std::string role;
    std::string territory;
    std::string school;
    std::vector<std::string> assigned;
    std::string reason;
    std::string address = "http://127.0.0.1:8080";
    bool second_step = false;
    OutputOptions output;
};

using Shared = std::shared_ptr<Arguments>;

base::Error wrong(std::string code, std::string message, std::string found) {
    return {.code = std::move(code), .message = std::move(message), .found = std::move(found)};
}

base::Error unknown(const std::string& login) {
    return wrong("user_unknown", "такого пользователя нет: смотрите opora user list", login);
}

/// Prints the link by which a person comes in for the first time, or anew.
void say_link(const CommandLine& line, ports::AccountStore& accounts, const model::User& user,
              const std::string& address) {
    const auto secrets = line.adapters.open_secrets();
    application::SignIn sign_in{accounts, *secrets, base::unix_seconds};
    const std::string ticket = sign_in.give_ticket(user.id, line.adapters.actor);
    say(fmt::format("Ссылка действует один раз, три дня:\n  {}/ticket/{}", address, ticket));
    say(fmt::format("id: {}", user.id.value));
}

/// Territory and schools are those of the register: a slip of the pen would show an empty program.
base::Result<base::Done> check_places(const CommandLine& line, const Arguments& arguments,
                                      const model::User& user) {
    const auto store = line.adapters.open_store(arguments.directory, ports::OpenMode::read);
    const ports::RegisterRows rows = store->register_store().rows();
    const bool territory = user.territory.value.empty() ||
                           std::ranges::find(rows.territories, user.territory,
                                             &model::Territory::id) != rows.territories.end();
    if (!territory) {
        return base::Unexpected{
            wrong("territory_unknown", "такой территории нет в реестре", user.territory.value)};
    }
    std::vector<model::SchoolId> schools = user.assigned;
    if (!user.school.value.empty()) schools.push_back(user.school);
    for (const model::SchoolId& one : schools) {
        if (std::ranges::find(rows.schools, one, &model::School::id) == rows.schools.end()) {
            return base::Unexpected{
                wrong("school_unknown", "такой школы нет в реестре", one.value)};
        }
    }
    return base::Done{};
}

int add(const CommandLine& line, const Arguments& arguments) {
    model::User user{.login = arguments.login,
                     .name = arguments.user.name,
                     .role = *model::role(arguments.role),
                     .territory = {arguments.territory},
                     .school = {arguments.school}};
    for (const std::string& school : arguments.assigned) user.assigned.push_back({school});
    if (const auto fit = application::check_account(user); !fit) return refuse(fit.error());
    if (const auto fit = check_places(line, arguments, user); !fit) return refuse(fit.error());
    const auto accounts = line.adapters.open_accounts(arguments.directory);
    const auto added = accounts->add(user, line.adapters.actor);
    if (!added) return refuse(added.error());
    say_link(line, *accounts, *added, arguments.address);
    return done;
}

int list(const CommandLine& line, const Arguments& arguments) {
    const auto accounts = line.adapters.open_accounts(arguments.directory);
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const bool for_people = *format == Format::table;
    wording::Table table{.title = "Учётные записи",
                         .columns = {{"id", "№"},
                                     {"login", "Вход"},
                                     {"name", "Имя"},
                                     {"role", "Роль"},
                                     {"territory", "Территория"},
                                     {"school", "Школа"},
                                     {"state", "Состояние"},
                                     {"second_step", "Вход с кодом"}},
                         .rows = {}};
    for (const model::User& user : accounts->users()) {
        const bool entered = !accounts->password_hash(user.id).empty();
        const char* state = !user.active ? "closed" : entered ? "active" : "waiting";
        const char* words = !user.active ? "закрыта" : entered ? "действует" : "ждёт первого входа";
        const auto step = accounts->second_step(user.id);
        table.rows.push_back({user.id.value, user.login, user.name,
                              std::string{for_people ? title(user.role) : code(user.role)},
                              user.territory.value, user.school.value,
                              std::string{for_people ? words : state}, step && step->active});
    }
    const auto written = write_table(table, arguments.output);
    return written ? int{done} : refuse(written.error());
}

int close(const CommandLine& line, const Arguments& arguments) {
    const auto accounts = line.adapters.open_accounts(arguments.directory);
    auto user = accounts->find_login(arguments.login);
    if (!user) return refuse(unknown(arguments.login));
    user->active = false;
    const auto closed = accounts->change(*user, {line.adapters.actor, arguments.reason});
    if (!closed) return refuse(closed.error());
    say("Учётная запись закрыта; сеансы и ссылки больше не действуют.");
    return done;
}

int reset(const CommandLine& line, const Arguments& arguments) {
    const auto accounts = line.adapters.open_accounts(arguments.directory);
    const auto user = accounts->find_login(arguments.login);
    if (!user) return refuse(unknown(arguments.login));
    if (!user->active) {
        return refuse(wrong("user_closed", "учётная запись закрыта", arguments.login));
    }
    if (arguments.second_step) {
        accounts->remove_second_step(user->id, {line.adapters.actor, arguments.reason});
    }
    say_link(line, *accounts, *user, arguments.address);
    return done;
}

std::vector<std::string> roles() {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < model::roles_count; ++i) {
        all.emplace_back(code(static_cast<model::Role>(i)));
    }
    return all;
}

void add_adding(CommandLine& line, CLI::App& parent) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = add_subcommand(line, parent, arguments, "add", "Завести учётную запись", add);
    command->add_option("--login", arguments->login, "Имя для входа")->required();
    command->add_option("--name", arguments->user.name, "Фамилия, имя, отчество")->required();
    command->add_option("--role", arguments->role, "Роль")
        ->required()
        ->check(CLI::IsMember(roles()));
    command->add_option("--territory", arguments->territory, "Территория; без неё все");
    command->add_option("--school", arguments->school, "Школа, если человек работает в школе");
    command->add_option("--assigned", arguments->assigned, "Школы куратора")->delimiter(',');
    command->add_option("--address", arguments->address, "Адрес программы для ссылки");
    command->footer(
        "Пример: opora user add район --login ivanova --name \"Иванова Анна\" --role "
        "methodologist");
}

}  // namespace

void add_user_command(CommandLine& line) {
    auto* parent = line.app.add_subcommand("user", "Учётные записи: завести, показать, закрыть");
    parent->require_subcommand(1);
    add_adding(line, *parent);

    auto listing = std::make_shared<Arguments>();
    auto* command = add_subcommand(line, *parent, listing, "list", "Показать учётные записи", list);
    add_output_options(*command, listing->output);
    command->footer("Пример: opora user list район");

    auto closing = std::make_shared<Arguments>();
    command = add_subcommand(line, *parent, closing, "close", "Закрыть учётную запись", close);
    command->add_option("LOGIN", closing->login, "Имя для входа")->required();
    command->add_option("--reason", closing->reason, "Почему; останется в журнале");
    command->footer("Пример: opora user close район ivanova --reason \"уволилась\"");

    auto resetting = std::make_shared<Arguments>();
    command =
        add_subcommand(line, *parent, resetting, "reset", "Дать новую ссылку для входа", reset);
    command->add_option("LOGIN", resetting->login, "Имя для входа")->required();
    command->add_flag("--second-step", resetting->second_step, "И отключить вход с кодом");
    command->add_option("--reason", resetting->reason, "Почему; останется в журнале");
    command->add_option("--address", resetting->address, "Адрес программы для ссылки");
    command->footer("Пример: opora user reset район ivanova");
}

}  // namespace opora::cli
