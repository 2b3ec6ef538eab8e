#include "opora/cli/list_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "opora/wording/list_words.hpp"

namespace opora::cli {

namespace {

using application::ListDossier;
using wording::ColumnStyle;
using wording::Table;
using wording::TableCell;

TableCell perhaps(const std::string& text) { return text.empty() ? TableCell{} : TableCell{text}; }

std::string acknowledged(const model::ListState& state, const model::SchoolId& school) {
    const auto found =
        std::ranges::find(state.acknowledgements, school, &model::Acknowledgement::school);
    return found == state.acknowledgements.end() ? "" : found->time;
}

std::int64_t count(const model::SchoolList& list, model::Verdict verdict) {
    return std::ranges::count(list.listings, verdict, &model::Listing::verdict);
}

std::string_view answer(const model::Appeal& appeal, bool for_people) {
    if (appeal.withdrawal) return for_people ? "отозвано" : "withdrawn";
    if (!appeal.decision) return for_people ? "не рассмотрено" : "open";
    if (for_people) return appeal.decision->granted ? "удовлетворено" : "отказано";
    return appeal.decision->granted ? "granted" : "refused";
}

}  // namespace

Table lists_table(const std::vector<ListDossier>& lists, bool for_people) {
    Table table{.title = "Перечни",
                .columns = {{"list", "№"},
                            {"stage", "Состояние"},
                            {"methodology", "Методика"},
                            {"year", "Учебный год"},
                            {"territory", "Территория"},
                            {"listed", "В перечне", ColumnStyle::whole},
                            {"watch", "Под наблюдением", ColumnStyle::whole},
                            {"acknowledged", "Ознакомлены", ColumnStyle::whole},
                            {"appeals", "Возражения", ColumnStyle::whole},
                            {"order_number", "Приказ"},
                            {"order_date", "Дата приказа"},
                            {"made", "Составлен (UTC)"}}};
    for (const ListDossier& one : lists) {
        const model::ListState& state = one.state;
        table.rows.push_back(
            {state.id.value, std::string{for_people ? title(one.stage) : code(one.stage)},
             state.methodology.value, std::int64_t{state.year.ending},
             perhaps(state.territory.value), count(one.list, model::Verdict::listed),
             count(one.list, model::Verdict::watch), std::ssize(state.acknowledgements),
             std::ssize(state.appeals), state.order ? TableCell{state.order->number} : TableCell{},
             state.order ? TableCell{model::iso(state.order->date)} : TableCell{}, state.made});
    }
    return table;
}

Table listings_table(const ListDossier& dossier, bool for_people) {
    Table table{.title = "Перечень № " + dossier.state.id.value,
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"teacher_id", "Педагог"},
                            {"outcome", "Вывод"},
                            {"rules_met", "Выполнены правила"},
                            {"acknowledged", "Ознакомлена (UTC)"},
                            {"notes", "Примечания"}}};
    const auto told = lifecycle::told_schools(dossier.list);
    for (const model::Listing& one : dossier.list.listings) {
        const bool worth_saying =
            std::ranges::binary_search(told, one.school) || !one.notes.empty();
        if (for_people && !worth_saying) continue;
        table.rows.push_back({one.school.value, one.school_name, perhaps(one.teacher.value),
                              std::string{for_people ? title(one.verdict) : code(one.verdict)},
                              fmt::format("{}", fmt::join(one.rules_met, for_people ? ", " : ";")),
                              perhaps(acknowledged(dossier.state, one.school)),
                              fmt::format("{}", fmt::join(one.notes, "; "))});
    }
    if (for_people && !std::ranges::any_of(dossier.list.listings, [](const model::Listing& one) {
            return !one.teacher.value.empty();
        })) {
        table.columns.erase(table.columns.begin() + 2);
        for (auto& row : table.rows) row.erase(row.begin() + 2);
    }
    return table;
}

Table appeals_table(const ListDossier& dossier, bool for_people) {
    Table table{.title = "Возражения",
                .columns = {{"appeal", "№", ColumnStyle::whole},
                            {"school_id", "Код школы"},
                            {"time", "Подано (UTC)"},
                            {"text", "Возражение"},
                            {"files", "Файлы", ColumnStyle::whole},
                            {"answer", "Решение"},
                            {"reason", "Основание"},
                            {"outcome_after", "Вывод после"},
                            {"decided", "Рассмотрено (UTC)"},
                            {"decided_by", "Кто"}}};
    for (const model::Appeal& one : dossier.state.appeals) {
        const auto& decision = one.decision;
        const auto after = [&] {
            return std::string{for_people ? title(decision->after) : code(decision->after)};
        };
        table.rows.push_back({one.number, one.school.value, one.time, one.text,
                              std::ssize(one.files), std::string{answer(one, for_people)},
                              decision ? TableCell{decision->reason} : TableCell{},
                              decision ? TableCell{after()} : TableCell{},
                              decision ? TableCell{decision->time} : TableCell{},
                              decision ? TableCell{decision->actor} : TableCell{}});
    }
    return table;
}

Table history_table(const ListDossier& dossier) {
    Table table{.title = "Что сделано с перечнем",
                .columns = {{"act", "№", ColumnStyle::whole},
                            {"time", "Время (UTC)"},
                            {"actor", "Кто"},
                            {"deed", "Код"},
                            {"title", "Что сделано"},
                            {"details", "Подробности"},
                            {"hash", "Хеш записи"},
                            {"seal", "Контрольная запись журнала"}}};
    const auto school = [](const model::SchoolId& id) { return "школа " + id.value; };
    for (const model::ListAct& one : dossier.acts) {
        table.rows.push_back({one.number, one.time, one.actor, std::string{code(one.deed)},
                              std::string{title(one.deed)}, wording::deed_words(one.deed, school),
                              one.hash, one.journal});
    }
    return table;
}

Table checks_table(const application::ListVerification& verification) {
    Table table{.title = "Проверка перечня",
                .columns = {{"check", "Код"},
                            {"title", "Что проверено"},
                            {"holds", "Сходится"},
                            {"remarks", "Что отличается"}}};
    for (const application::ListCheck& one : verification.checks) {
        table.rows.push_back({one.code, one.title, one.holds,
                              perhaps(fmt::format("{}", fmt::join(one.remarks, "; ")))});
    }
    return table;
}

}  // namespace opora::cli
