#include "opora/main/serve.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <mutex>
#include <system_error>

#include "opora/api/router.hpp"
#include "opora/base/unix_time.hpp"
#include "opora/main/demo_accounts.hpp"
#include "opora/main/web_assets.hpp"
#include "opora/server/server.hpp"
#include "opora/storage/answer_folder.hpp"
#include "opora/storage/methodology_folder.hpp"
#include "opora/storage/sodium_secrets.hpp"
#include "opora/storage/sqlite_accounts.hpp"
#include "opora/storage/sqlite_journal.hpp"

namespace opora::main {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message, std::string found) {
    return base::Unexpected{base::Error{
        .code = std::move(code), .message = std::move(message), .found = std::move(found)}};
}

bool is_loopback(const std::string& address) {
    return address == "::1" || address.starts_with("127.");
}

/// One JSON line a request on stderr; nothing personal is in it.
void log_answer(const server::Answered& one) {
    static std::mutex mutex;
    const std::lock_guard guard{mutex};
    fmt::print(
        stderr,
        R"({{"request":"{}","method":"{}","route":"{}","status":{},"microseconds":{},"bytes":{}}})"
        "\n",
        one.id, one.method, one.route, one.status, one.took.count(), one.bytes);
}

void log_failure(std::string_view request, std::string_view what) {
    fmt::print(stderr,
               R"({{"request":"{}","failure":"{}"}})"
               "\n",
               request, what);
}

base::Result<server::Options> options_of(const application::ServeRequest& request) {
    server::Options options;
    options.address = request.listen;
    options.port = static_cast<std::uint16_t>(request.port);
    options.behind_proxy = request.behind_proxy;
    options.hosts = request.hosts;
    if (!request.certificate.empty()) {
        options.tls = server::Tls{request.certificate, request.key};
    }
    if (!is_loopback(request.listen) && !options.tls && !request.behind_proxy) {
        return refusal("tls_needed",
                       "в сети без шифрования программа не работает: укажите --certificate и --key "
                       "или, если шифрует прокси-сервер, --behind-proxy",
                       request.listen);
    }
    return options;
}

}  // namespace

base::Result<base::Done> serve(const application::Adapters& adapters,
                               const application::ServeRequest& request) {
    server::Options options = OPORA_TRY(options_of(request));
    application::Workspace workspace{adapters, request.directory};
    storage::SqliteAccounts accounts{storage::Directory::open(request.directory)};
    storage::SqliteJournal journal{storage::Directory::open(request.directory)};
    storage::MethodologyFolder methodology_folder{storage::Directory::open(request.directory)};
    application::MethodologyDesk methodologies{workspace, methodology_folder};
    storage::SodiumSecrets secrets;
    application::SignIn sign_in{accounts, secrets, base::unix_seconds};
    const auto temporary = storage::Directory::open(request.directory).temporary();
    application::Jobs jobs{base::unix_seconds, log_failure};
    application::ImportDesk imports{workspace, accounts, jobs,
                                    storage::Directory::open(request.directory).waiting(),
                                    base::unix_seconds};
    storage::AnswerFolder answers{storage::Directory::open(request.directory), secrets};
    api::Router router{
        {workspace, sign_in, accounts, journal, methodologies, jobs, imports, answers},
        log_failure};
    options.upload_folder = temporary;

    const bool secure = options.tls.has_value();
    try {
        server::Server server{
            std::move(options), web_assets(), router,
            request.log ? log_answer : std::function<void(const server::Answered&)>{}};
        const std::string address =
            fmt::format("{}://{}:{}", secure ? "https" : "http", request.listen, server.port());
        if (request.demo_accounts) {
            print_demo_accounts(accounts, secrets, workspace.view()->evidence());
        } else if (const auto ticket = sign_in.first_ticket()) {
            fmt::print(
                "Первый вход администратора (ссылка действует один раз, три дня):\n  "
                "{}/ticket/{}\n",
                address, *ticket);
        }
        fmt::print("Опора работает по адресу {} . Остановить: Ctrl+C.\n", address);
        std::fflush(stdout);
        server.run();
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::address_in_use) {
            return refusal("address_busy", "порт занят другой программой: укажите другой --port",
                           std::to_string(request.port));
        }
        if (error.code() == std::errc::no_such_file_or_directory) {
            return refusal("certificate_unreadable", "сертификат или ключ не прочитан",
                           request.certificate.string());
        }
        return refusal("address_wrong",
                       "по этому адресу работать нельзя: проверьте --listen и --port",
                       request.listen);
    }
    return base::Done{};
}

}  // namespace opora::main
