#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <set>

#include "opora/application/identifying.hpp"
#include "opora/application/list_making.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/cli/command.hpp"
#include "opora/identification/identify.hpp"

namespace opora::cli {

namespace {

struct Arguments {
    std::filesystem::path directory;
    std::string methodology;
    int year = 0;
    std::filesystem::path out;
    application::DocumentDetails details;
};

/// Letters of an earlier list stay where they are, for they may have been signed; nobody must send
/// them by mistake.
void warn_of_old_letters(const std::filesystem::path& out,
                         const std::vector<std::filesystem::path>& written) {
    const std::set<std::filesystem::path> fresh{written.begin(), written.end()};
    std::string old;
    std::error_code no_letters;
    for (const auto& entry : std::filesystem::directory_iterator{out / "letters", no_letters}) {
        if (fresh.contains(entry.path())) continue;
        old += (old.empty() ? "" : ", ") + entry.path().filename().string();
    }
    if (old.empty()) return;
    std::fprintf(stderr,
                 "внимание: в папке писем остались письма прежнего перечня: %s. Удалите их или "
                 "укажите другую папку.\n",
                 old.c_str());
}

int write_documents(const application::Adapters& adapters, const Arguments& arguments) {
    const auto methodology =
        application::find_methodology(adapters, arguments.methodology, arguments.directory);
    if (!methodology) return refuse(methodology.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    application::Basis basis{*store, *scales};
    const model::SchoolList list = application::identify(
        basis, *methodology,
        {.year = {arguments.year}, .territory = {}, .derive = identification::is_listed});
    if (const auto reason = application::nothing_to_list(methodology->pack, list)) {
        return refuse(*reason);
    }
    const auto paths = adapters.write_documents({.list = &list,
                                                 .pack = &methodology->pack,
                                                 .directory = store->directory(),
                                                 .out = arguments.out,
                                                 .details = arguments.details});
    if (!paths) return refuse(paths.error());
    for (const std::filesystem::path& path : *paths) say(path.string());
    warn_of_old_letters(arguments.out, *paths);
    return done;
}

}  // namespace

void add_document_commands(CommandLine& line) {
    auto* command = line.app.add_subcommand("documents",
                                            "Записать проект приказа, письма школам и книгу Excel");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--methodology", arguments->methodology, "Методика или файл .yaml")
        ->required();
    command->add_option("--year", arguments->year, "Год окончания учебного года")->required();
    command->add_option("--out", arguments->out, "Папка для документов")->required();
    auto& details = arguments->details;
    command->add_option("--authority", details.authority, "Кто издаёт приказ, полностью");
    command->add_option("--authority-genitive", details.authority_genitive,
                        "То же в родительном падеже: «приказом комитета…»");
    command->add_option("--place", details.place, "Место издания");
    command->add_option("--date", details.date, "Дата приказа, как её написать");
    command->add_option("--number", details.number, "Номер приказа");
    command->add_option("--signatory", details.signatory, "Кто подписывает: фамилия и инициалы");
    command->add_option("--position", details.position, "Должность подписывающего");
    command->footer(
        "Пример: opora documents район --methodology federal-2025 --year 2024 --out документы");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return write_documents(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli
