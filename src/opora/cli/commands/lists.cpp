#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "opora/application/identifying.hpp"
#include "opora/application/list_desk.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/list_tables.hpp"
#include "opora/cli/subcommand.hpp"

namespace opora::cli {

namespace {

using application::ListDesk;
using application::ListDossier;

struct Arguments {
    std::filesystem::path directory;
    std::string list;
    std::string methodology;
    int year = 0;
    std::string territory;
    std::vector<std::string> settings;
    std::string until;
    std::string school;
    std::string teacher;
    std::string text;
    std::filesystem::path text_file;
    std::vector<std::filesystem::path> files;
    std::int64_t appeal = 0;
    bool grant = false;
    bool refuse = false;
    std::string verdict;
    std::string reason;
    std::string early;
    std::string date;
    std::vector<std::string> points;
    model::OrderRecord order;
    bool history = false;
    bool appeals = false;
    OutputOptions output;
};

using Shared = std::shared_ptr<Arguments>;

base::Error wrong(std::string message, std::string expected) {
    return {.code = "usage", .message = std::move(message), .expected = std::move(expected)};
}

int misused(const base::Error& error) {
    refuse(error);
    return wrong_usage;
}

std::unique_ptr<ports::Store> open(const CommandLine& line, const Arguments& arguments) {
    return line.adapters.open_store(arguments.directory, ports::OpenMode::write);
}

ListDesk desk_of(const CommandLine& line, ports::Store& store) {
    return ListDesk{store, application::ListRights{line.adapters.actor}};
}

std::int64_t count(const model::SchoolList& list, model::Verdict verdict) {
    return std::ranges::count(list.listings, verdict, &model::Listing::verdict);
}

std::string summary(const ListDossier& one) {
    return fmt::format(
        "Перечень № {}: {}. В перечне {}, под наблюдением {}. Снимок данных {}.",
        one.state.id.value, title(one.stage),
        base::counted(count(one.list, model::Verdict::listed), {"школа", "школы", "школ"}),
        count(one.list, model::Verdict::watch), one.content->list.snapshot.substr(0, 12));
}

/// Says how the list stands after a deed.
int tell(const ListDesk::Outcome& outcome) {
    if (!outcome) return refuse(outcome.error());
    say(summary(*outcome));
    return done;
}

int draft(const CommandLine& line, const Arguments& arguments) {
    auto methodology =
        application::find_methodology(line.adapters, arguments.methodology, arguments.directory);
    if (!methodology) return refuse(methodology.error());
    const auto scales = application::scales_in_force(line.adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    const auto store = open(line, arguments);
    ListDesk desk = desk_of(line, *store);
    const auto list = desk.draft({.methodology = std::move(*methodology),
                                  .settings = arguments.settings,
                                  .year = {arguments.year},
                                  .territory = {arguments.territory}},
                                 *scales, line.adapters.version);
    if (!list) return refuse(list.error());
    const int status = tell(desk.find(*list));
    say(fmt::format("id: {}", list->value));
    return status;
}

int renew(const CommandLine& line, const Arguments& arguments) {
    const auto scales = application::scales_in_force(line.adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    const auto store = open(line, arguments);
    const auto renewed =
        desk_of(line, *store)
            .renew({arguments.list}, arguments.reason, *scales, line.adapters.version, {});
    if (!renewed) return refuse(renewed.error());
    say(summary(*renewed));
    return done;
}

/// The last day of the term: as asked, or ten days from today.
std::optional<model::Date> last_day(const Arguments& arguments, const ports::ListStore& lists) {
    if (!arguments.until.empty()) return model::date_of(arguments.until);
    const auto today = model::date_of(lists.now());
    if (!today) return std::nullopt;
    return model::Date{std::chrono::sys_days{*today} + std::chrono::days{10}};
}

int publish(const CommandLine& line, const Arguments& arguments) {
    const auto store = open(line, arguments);
    const auto until = last_day(arguments, store->list_store());
    if (!until) return misused(wrong("не понят срок возражений", "ГГГГ-ММ-ДД"));
    const int status = tell(desk_of(line, *store).publish({arguments.list}, *until, {}));
    if (status == done) say(fmt::format("Возражения принимаются по {}.", model::title(*until)));
    return status;
}

/// The id of a school by its id, login or exam centre code; what is asked for when there is none.
model::SchoolId school_named(ports::Store& store, const std::string& text) {
    for (const model::School& one : store.register_store().rows().schools) {
        if (one.login == text || one.rcoi_code == text) return one.id;
    }
    return {text};
}

int acknowledge(const CommandLine& line, const Arguments& arguments) {
    const auto store = open(line, arguments);
    return tell(desk_of(line, *store)
                    .acknowledge({arguments.list}, school_named(*store, arguments.school)));
}

base::Result<std::string> appeal_text(const CommandLine& line, const Arguments& arguments) {
    if (arguments.text_file.empty()) return arguments.text;
    return line.adapters.read_text(arguments.text_file);
}

constexpr std::uintmax_t file_bytes_max = 20'000'000;

base::Result<base::Done> check_files(const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(file, error);
        if (!error && bytes <= file_bytes_max) continue;
        return base::Unexpected{
            base::Error{.code = error ? "file_unreadable" : "file_too_big",
                        .message = error ? "файл не прочитан" : "файл больше 20 МБ",
                        .place = {.file = file.string()}}};
    }
    return base::Done{};
}

int appeal(const CommandLine& line, const Arguments& arguments) {
    const auto text = appeal_text(line, arguments);
    if (!text) return refuse(text.error());
    if (const auto fit = check_files(arguments.files); !fit) return refuse(fit.error());
    const auto store = open(line, arguments);
    ListDesk desk = desk_of(line, *store);
    const model::ListId list{arguments.list};
    auto outcome =
        desk.appeal(list, school_named(*store, arguments.school), {arguments.teacher}, *text);
    if (!outcome) return refuse(outcome.error());
    const std::int64_t number = outcome->state.appeals.back().number;
    for (const auto& file : arguments.files) {
        outcome = desk.attach(list, number, file, file.filename().string());
        if (!outcome) return refuse(outcome.error());
    }
    say(fmt::format("Возражение № {} подано.", number));
    say(fmt::format("id: {}", number));
    return done;
}

int withdraw(const CommandLine& line, const Arguments& arguments) {
    const auto store = open(line, arguments);
    return tell(
        desk_of(line, *store).withdraw({arguments.list}, arguments.appeal, arguments.reason));
}

std::optional<model::Verdict> verdict_named(const std::string& text) {
    using model::Verdict;
    for (const Verdict one :
         {Verdict::listed, Verdict::watch, Verdict::not_listed, Verdict::unknown}) {
        if (code(one) == text) return one;
    }
    return std::nullopt;
}

int decide(const CommandLine& line, const Arguments& arguments) {
    if (arguments.grant == arguments.refuse) {
        return misused(wrong("не указано решение", "--grant или --refuse"));
    }
    application::DecisionRequest request{.appeal = arguments.appeal,
                                         .granted = arguments.grant,
                                         .reason = arguments.reason,
                                         .verdict = {}};
    if (!arguments.verdict.empty()) {
        request.verdict = verdict_named(arguments.verdict);
        if (!request.verdict) {
            return misused(wrong("не понят новый вывод", "listed, watch, not_listed, unknown"));
        }
    }
    const auto store = open(line, arguments);
    return tell(desk_of(line, *store).decide({arguments.list}, request, {}));
}

int approve(const CommandLine& line, const Arguments& arguments) {
    model::OrderRecord order = arguments.order;
    const auto date = model::date_of(arguments.date);
    if (!date) return misused(wrong("не понята дата приказа", "ГГГГ-ММ-ДД"));
    order.date = *date;
    for (const std::string& point : arguments.points) order.points.push_back({point, {}});
    const auto store = open(line, arguments);
    const auto outcome =
        desk_of(line, *store).approve({arguments.list}, order, arguments.early, {});
    const int status = tell(outcome);
    if (status == done) say("Контрольная запись журнала: " + outcome->state.approval_seal);
    return status;
}

int discard(const CommandLine& line, const Arguments& arguments) {
    const auto store = open(line, arguments);
    return tell(desk_of(line, *store).discard({arguments.list}, arguments.reason, {}));
}

int show(const CommandLine& line, const Arguments& arguments) {
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const bool for_people = *format == Format::table;
    const auto store = line.adapters.open_store(arguments.directory, ports::OpenMode::read);
    const ListDesk desk = desk_of(line, *store);
    if (arguments.list.empty()) {
        const auto written = write_table(lists_table(desk.all(), for_people), arguments.output);
        return written ? int{done} : refuse(written.error());
    }
    const auto dossier = desk.find({arguments.list});
    if (!dossier) return refuse(dossier.error());
    const wording::Table table = arguments.history   ? history_table(*dossier)
                                 : arguments.appeals ? appeals_table(*dossier, for_people)
                                                     : listings_table(*dossier, for_people);
    const auto written = write_table(table, arguments.output);
    if (!written) return refuse(written.error());
    if (for_people) say(summary(*dossier));
    return done;
}

using Action = int (*)(const CommandLine&, const Arguments&);

CLI::App* add_of_list(CommandLine& line, CLI::App& parent, const Shared& arguments,
                      const char* name, const char* what, Action action) {
    auto* command = add_subcommand(line, parent, arguments, name, what, action);
    command->add_option("LIST", arguments->list, "Номер перечня (см. opora list show)")->required();
    return command;
}

void add_making(CommandLine& line, CLI::App& parent) {
    auto making = std::make_shared<Arguments>();
    auto* command =
        add_subcommand(line, parent, making, "draft", "Составить проект перечня", draft);
    command->add_option("--methodology", making->methodology, "Методика или файл .yaml")
        ->required();
    command->add_option("--year", making->year, "Год окончания учебного года")->required();
    command->add_option("--territory", making->territory, "Только школы этой территории");
    command->add_option("--set", making->settings, "ПАРАМЕТР=ЗНАЧЕНИЕ, можно несколько");
    command->footer("Пример: opora list draft район --methodology federal-2025 --year 2024");

    auto renewing = std::make_shared<Arguments>();
    command = add_of_list(line, parent, renewing, "renew",
                          "Пересчитать проект или предварительный перечень по новым данным", renew);
    command->add_option("--reason", renewing->reason, "Почему")->required();
    command->footer("Пример: opora list renew район 1 --reason \"Исправлен протокол\"");

    auto publishing = std::make_shared<Arguments>();
    command = add_of_list(line, parent, publishing, "publish",
                          "Опубликовать предварительный перечень", publish);
    command->add_option("--appeals-until", publishing->until,
                        "Последний день приёма возражений, ГГГГ-ММ-ДД; иначе 10 дней");
    command->footer("Пример: opora list publish район 1 --appeals-until 2024-11-25");

    auto discarding = std::make_shared<Arguments>();
    command = add_of_list(line, parent, discarding, "discard", "Удалить проект", discard);
    command->add_option("--reason", discarding->reason, "Почему");
    command->footer("Пример: opora list discard район 1");
}

void add_answering(CommandLine& line, CLI::App& parent) {
    auto reading = std::make_shared<Arguments>();
    auto* command = add_of_list(line, parent, reading, "acknowledge",
                                "Отметить, что школа ознакомлена", acknowledge);
    command->add_option("--school", reading->school, "Школа")->required();
    command->footer("Пример: opora list acknowledge район 1 --school edu000107");

    auto appealing = std::make_shared<Arguments>();
    command = add_of_list(line, parent, appealing, "appeal", "Подать возражение школы", appeal);
    command->add_option("--school", appealing->school, "Школа")->required();
    command->add_option("--teacher", appealing->teacher, "Педагог, если перечень по педагогам");
    auto* text = command->add_option("--text", appealing->text, "Текст возражения");
    command->add_option("--text-file", appealing->text_file, "Файл с текстом")->excludes(text);
    command->add_option("--file", appealing->files, "Приложить файл, можно несколько");
    command->footer(
        "Пример: opora list appeal район 1 --school edu000107 --text \"Ошибка в протоколе\" "
        "--file акт.pdf");

    auto withdrawing = std::make_shared<Arguments>();
    command = add_of_list(line, parent, withdrawing, "withdraw",
                          "Отозвать возражение, на которое ещё не ответили", withdraw);
    command->add_option("--appeal", withdrawing->appeal, "Номер возражения")->required();
    command->add_option("--reason", withdrawing->reason, "Почему");
    command->footer("Пример: opora list withdraw район 1 --appeal 1");

    auto deciding = std::make_shared<Arguments>();
    command =
        add_of_list(line, parent, deciding, "decide", "Принять решение по возражению", decide);
    command->add_option("--appeal", deciding->appeal, "Номер возражения")->required();
    command->add_flag("--grant", deciding->grant, "Удовлетворить");
    command->add_flag("--refuse", deciding->refuse, "Отказать");
    command->add_option("--reason", deciding->reason, "Основание решения")->required();
    command->add_option("--verdict", deciding->verdict,
                        "Новый вывод: listed, watch, not_listed (обычный), unknown");
    command->footer(
        "Пример: opora list decide район 1 --appeal 1 --grant --reason \"Протокол исправлен\"");
}

void add_order_options(CLI::App& command, model::OrderRecord& order) {
    command.add_option("--place", order.place, "Место издания");
    command.add_option("--authority", order.authority, "Кто издаёт приказ, полностью");
    command.add_option("--authority-genitive", order.authority_genitive,
                       "То же в родительном падеже: «приказом комитета…»");
    command.add_option("--title", order.title, "Заголовок; иначе обычный");
    command.add_option("--basis", order.basis, "Основание; иначе анализ результатов года");
    command.add_option("--responsible", order.responsible,
                       "Кому поручается помощь школам, в дательном падеже");
    command.add_option("--control", order.control, "На кого возлагается контроль");
    command.add_option("--executor", order.executor, "Исполнитель");
    command.add_option("--signatory", order.signatory, "Кто подписывает: фамилия и инициалы");
    command.add_option("--position", order.position, "Должность подписывающего");
}

void add_approving(CommandLine& line, CLI::App& parent) {
    auto approving = std::make_shared<Arguments>();
    auto* command =
        add_of_list(line, parent, approving, "approve", "Утвердить перечень приказом", approve);
    command->add_option("--number", approving->order.number, "Номер приказа")->required();
    command->add_option("--date", approving->date, "Дата приказа, ГГГГ-ММ-ДД")->required();
    command->add_option("--early", approving->early,
                        "Почему утверждается до конца срока возражений");
    command->add_option("--point", approving->points,
                        "Пункт приказа, можно несколько; иначе обычные пункты");
    add_order_options(*command, approving->order);
    command->footer("Пример: opora list approve район 1 --number 12-о --date 2024-11-26");
}

void add_showing(CommandLine& line, CLI::App& parent) {
    auto showing = std::make_shared<Arguments>();
    auto* command =
        add_subcommand(line, parent, showing, "show", "Показать перечни или один из них", show);
    command->add_option("LIST", showing->list, "Номер перечня; без него все перечни");
    auto* history = command->add_flag("--history", showing->history, "Что сделано с перечнем");
    command->add_flag("--appeals", showing->appeals, "Возражения и решения")->excludes(history);
    add_output_options(*command, showing->output);
    command->footer("Пример: opora list show район 1 --appeals");
}

}  // namespace

void add_list_commands(CommandLine& line) {
    auto* parent =
        line.app.add_subcommand("list", "Перечень: от проекта до приказа, с возражениями школ");
    parent->require_subcommand(1);
    add_making(line, *parent);
    add_answering(line, *parent);
    add_approving(line, *parent);
    add_showing(line, *parent);
}

}  // namespace opora::cli
