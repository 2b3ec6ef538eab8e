#include "opora/application/list_papers.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "opora/application/list_verification.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/list_tables.hpp"

namespace opora::cli {

namespace {

using application::ListDesk;

struct Arguments {
    std::filesystem::path directory;
    std::string list;
    application::PaperRequest paper;
    std::string head;
    OutputOptions output;
};

int write_order(const CommandLine& line, const Arguments& arguments) {
    const auto store = line.adapters.open_store(arguments.directory, ports::OpenMode::read);
    const ListDesk desk{*store, application::ListRights{line.adapters.actor}};
    const auto dossier = desk.find({arguments.list});
    if (!dossier) return refuse(dossier.error());
    const auto written =
        application::write_paper(line.adapters, store->directory(), *dossier, arguments.paper);
    if (!written) return refuse(written.error());
    say(dossier->state.order ? fmt::format("Приказ № {} записан: {}", dossier->state.order->number,
                                           arguments.paper.out.string())
                             : fmt::format("Перечень ещё не утверждён; записан проект приказа: {}",
                                           arguments.paper.out.string()));
    return done;
}

void say_today(const application::ListVerification& checked, const model::SchoolList& list) {
    if (checked.snapshot_today.empty() || checked.snapshot_today == list.snapshot) return;
    say(fmt::format(
        "Данные с тех пор изменились. По сегодняшним данным вывод другой у {}; сам перечень "
        "остаётся прежним.",
        base::counted(std::ssize(checked.moves_today), {"школы", "школ", "школ"})));
    for (const auto& move : checked.moves_today) {
        say(fmt::format("  {} ({}): «{}» -> «{}»", move.school_name, move.school.value,
                        move.before ? title(*move.before) : "не рассматривалась",
                        move.after ? title(*move.after) : "не рассматривается"));
    }
}

int verify(const CommandLine& line, const Arguments& arguments) {
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto scales = application::scales_in_force(line.adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    const auto store = line.adapters.open_store(arguments.directory, ports::OpenMode::read);
    const ListDesk desk{*store, application::ListRights{line.adapters.actor}};
    const auto dossier = desk.find({arguments.list});
    if (!dossier) return refuse(dossier.error());
    const auto checked = application::verify_list(
        *store, *dossier, *scales, line.adapters.version,
        arguments.head.empty() ? std::nullopt : std::optional{arguments.head});
    const auto written = write_table(checks_table(checked), arguments.output);
    if (!written) return refuse(written.error());
    if (*format == Format::table) {
        say(checked.holds() ? "Перечень подлинный: всё сходится."
                            : "Перечень не подтверждён: смотрите, что отличается.");
        if (!checked.seal.empty()) say("Последняя контрольная запись журнала: " + checked.seal);
        say_today(checked, dossier->content->list);
    }
    return checked.holds() ? done : data_refused;
}

}  // namespace

void add_list_paper_commands(CommandLine& line) {
    auto ordering = std::make_shared<Arguments>();
    auto* command = line.app.add_subcommand("order", "Записать приказ об утверждении перечня");
    add_directory(*command, ordering->directory);
    command->add_option("LIST", ordering->list, "Номер перечня (см. opora list show)")->required();
    command->add_option("--out", ordering->paper.out, "Файл .docx")->required();
    auto& details = ordering->paper.details;
    command->add_option("--authority", details.authority, "Для проекта: кто издаёт приказ");
    command->add_option("--place", details.place, "Для проекта: место издания");
    command->add_option("--signatory", details.signatory, "Для проекта: кто подписывает");
    command->add_option("--position", details.position, "Для проекта: должность подписывающего");
    command->footer("Пример: opora order район 1 --out приказ.docx");
    command->callback([&line, ordering] {
        line.action = [&line, ordering] { return write_order(line, *ordering); };
    });

    auto verifying = std::make_shared<Arguments>();
    command = line.app.add_subcommand("verify", "Проверить перечень: записи, данные и выводы");
    add_directory(*command, verifying->directory);
    command->add_option("LIST", verifying->list, "Номер перечня (см. opora list show)")->required();
    command->add_option("--head", verifying->head,
                        "Контрольная запись журнала из приказа: она должна быть в журнале");
    add_output_options(*command, verifying->output);
    command->footer("Пример: opora verify район 1 --head 5f1c…");
    command->callback([&line, verifying] {
        line.action = [&line, verifying] { return verify(line, *verifying); };
    });
}

}  // namespace opora::cli
