#include <CLI/CLI.hpp>

#include "opora/cli/command.hpp"

namespace opora::cli {

void add_serve_command(CommandLine& line) {
    auto request = std::make_shared<application::ServeRequest>();
    auto* command = line.app.add_subcommand("serve", "Открыть рабочую папку в браузере");
    add_directory(*command, request->directory);
    command->add_option("--port", request->port, "Порт; 0: любой свободный")
        ->check(CLI::Range(0, 65535));
    command->add_option("--listen", request->listen, "Адрес, по умолчанию только этот компьютер");
    command->add_option("--certificate", request->certificate, "Сертификат для HTTPS, PEM");
    command->add_option("--key", request->key, "Ключ к сертификату, PEM");
    command->add_option("--host", request->hosts, "Имя сервера, по которому его открывают");
    command->add_flag("--behind-proxy", request->behind_proxy,
                      "Шифрует прокси-сервер; его заголовкам X-Forwarded верить");
    command->add_flag("--log", request->log, "Писать строку о каждом запросе в поток ошибок");
    command->footer("Пример: opora serve район --port 8080");
    command->callback([&line, request] {
        line.action = [&line, request] {
            const auto served = line.adapters.serve(*request);
            return served ? static_cast<int>(done) : refuse(served.error());
        };
    });
}

}  // namespace opora::cli
