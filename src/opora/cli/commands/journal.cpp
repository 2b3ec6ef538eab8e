#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>

#include "opora/cli/command.hpp"
#include "opora/wording/journal_words.hpp"

namespace opora::cli {

namespace {

struct Arguments {
    std::filesystem::path directory;
    ports::JournalFilter filter;
    std::string actor;
    bool verify = false;
    std::string seal;
    OutputOptions output;
};

wording::Table journal_table(const std::vector<model::JournalEntry>& entries) {
    wording::Table table{.title = "Журнал действий",
                         .columns = {{"number", "№", wording::ColumnStyle::whole},
                                     {"time", "Время (UTC)"},
                                     {"actor", "Кто"},
                                     {"action", "Действие"},
                                     {"changes", "Что было и что стало"},
                                     {"reason", "Почему"}},
                         .rows = {}};
    for (const model::JournalEntry& one : entries) {
        table.rows.push_back({one.number, one.time, one.actor, one.action,
                              wording::journal_sentence(one.changes), one.reason});
    }
    return table;
}

int verify(const ports::Journal& journal, const std::string& seal) {
    const auto head = journal.verify(seal.empty() ? std::nullopt : std::optional{seal});
    if (!head) return refuse(head.error());
    say(fmt::format("Журнал цел: записей {}. Печать последней записи: {}", head->entries,
                    head->seal));
    return done;
}

}  // namespace

void add_journal_command(CommandLine& line) {
    auto* command = line.app.add_subcommand("journal", "Показать и проверить журнал действий");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_flag("--verify", arguments->verify, "Проверить, что журнал не меняли");
    command->add_option("--seal", arguments->seal,
                        "Печать, напечатанная раньше: записи до неё должны быть на месте");
    command->add_option("--actor", arguments->actor, "Кто: user:5, local:ivanova");
    command->add_option("--action", arguments->filter.action, "Код действия: import, user_change");
    command->add_option("--from", arguments->filter.from, "Не раньше дня, UTC: 2024-05-01");
    command->add_option("--to", arguments->filter.to, "Раньше этого дня");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora journal район --verify");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] {
            const auto journal = line.adapters.open_journal(arguments->directory);
            if (arguments->verify || !arguments->seal.empty()) {
                return verify(*journal, arguments->seal);
            }
            if (!arguments->actor.empty()) arguments->filter.actors = {arguments->actor};
            const auto entries =
                journal->entries(arguments->filter, std::numeric_limits<std::int64_t>::max());
            const auto written = write_table(journal_table(entries), arguments->output);
            return written ? int{done} : refuse(written.error());
        };
    });
}

}  // namespace opora::cli
