#include "opora/intake/bulk/bulk_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

constexpr std::array<std::string_view, bulk_columns> column_names{
    "school_id", "subject", "grade",           "year",        "class",       "score",
    "mark",      "type",    "programme_grade", "participant", "journal_mark"};
constexpr std::size_t tasks_max = 200;

/// Lower case of Latin and Cyrillic letters, without spaces at the ends.
std::string normalised(std::string_view text) {
    std::string lower;
    while (!text.empty()) {
        const base::Character character = base::first_character(text);
        char32_t code = character.code;
        if ((code >= U'A' && code <= U'Z') || (code >= U'А' && code <= U'Я')) code += 0x20;
        if (code == U'Ё' || code == U'ё') code = U'е';
        if (character.bytes > 0) base::append_utf8(lower, code);
        text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    const auto begin = lower.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return lower.substr(begin, lower.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<std::size_t> named_column(std::string_view name) {
    const auto found = std::ranges::find(column_names, name);
    if (found == column_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - column_names.begin());
}

/// The number of a task from 0: «t1» is 0.
std::optional<std::size_t> task_number(std::string_view name) {
    if (!name.starts_with('t')) return std::nullopt;
    std::size_t number = 0;
    const auto [stop, problem] =
        std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (problem != std::errc{} || stop != name.data() + name.size()) return std::nullopt;
    if (number < 1 || number > tasks_max) return std::nullopt;
    return number - 1;
}

base::Error error(const BulkHeader& header, std::string_view code, std::string message,
                  std::string column = {}) {
    return {.code = std::string{code},
            .message = std::move(message),
            .place = {header.file, header.sheet, std::nullopt, std::move(column)},
            .expected = {},
            .found = {}};
}

struct Match {
    std::size_t column = 0;  ///< Of the file.
    std::size_t slot = 0;
};

/// The slot of a heading: a column, or `bulk_columns` plus the number of a task.
std::optional<std::size_t> slot_of(const std::string& heading, const BulkContext& context) {
    const std::string name = normalised(heading);
    if (const auto column = named_column(name)) return column;
    if (const auto task = task_number(name)) return bulk_columns + *task;
    const auto synonym = context.column ? context.column(heading) : std::nullopt;
    return synonym ? named_column(*synonym) : std::nullopt;
}

void warn_unread(BulkHeader& header, const std::string& heading) {
    if (normalised(heading).empty()) return;
    header.warnings.push_back(
        looks_personal(heading)
            ? error(header, "column_personal",
                    "столбец с личными данными не читается и не сохраняется", heading)
            : error(header, "column_unknown", "столбец не распознан и не читается", heading));
}

base::Result<base::Done> check_present(const BulkHeader& header) {
    std::string missing;
    for (const BulkColumn needed :
         {BulkColumn::school_id, BulkColumn::subject, BulkColumn::grade, BulkColumn::year}) {
        if (header.has(needed)) continue;
        missing += (missing.empty() ? "" : ", ") +
                   std::string{column_names[static_cast<std::size_t>(needed)]};
    }
    if (!header.has(BulkColumn::score) && !header.has(BulkColumn::mark)) {
        missing += missing.empty() ? "score или mark" : ", score или mark";
    }
    if (!missing.empty()) {
        return base::Unexpected{error(header, "columns_missing",
                                      "не найдены столбцы: " + missing +
                                          ". Проверьте заголовки и разделитель полей (точка с "
                                          "запятой, запятая или табуляция)")};
    }
    for (std::size_t task = 0; task < header.tasks; ++task) {
        if (header.present[bulk_columns + task]) continue;
        return base::Unexpected{
            error(header, "tasks_missing",
                  "столбцы заданий идут с пропуском: нет t" + std::to_string(task + 1))};
    }
    return base::Done{};
}

}  // namespace

bool looks_personal(std::string_view heading) {
    constexpr std::array<std::string_view, 22> words{
        "фамилия",    "имя",      "отчество",  "фио",           "ф.и.о",    "снилс",
        "паспорт",    "серия",    "документ",  "дата рождения", "телефон",  "почта",
        "адрес",      "surname",  "firstname", "first_name",    "lastname", "last_name",
        "patronymic", "passport", "snils",     "birth"};
    const std::string name = normalised(heading);
    if (name == "name" || name == "fio" || name == "full_name" || name == "pupil") return true;
    return std::ranges::any_of(
        words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

base::Result<BulkHeader> read_bulk_header(const std::vector<std::string>& headings,
                                          const BulkContext& context, std::string file,
                                          std::string sheet) {
    BulkHeader header{.file = std::move(file),
                      .sheet = std::move(sheet),
                      .headings = headings,
                      .slots = {},
                      .shown = {},
                      .present = {},
                      .tasks = 0,
                      .warnings = {}};
    std::vector<Match> matches;
    for (std::size_t column = 0; column < headings.size(); ++column) {
        const auto slot = slot_of(headings[column], context);
        if (!slot) {
            warn_unread(header, headings[column]);
            continue;
        }
        const auto same = std::ranges::find(matches, *slot, &Match::slot);
        if (same != matches.end()) {
            return base::Unexpected{
                error(header, "column_repeated",
                      "столбцы «" + headings[same->column] + "» и «" + headings[column] +
                          "» поняты одинаково: оставьте один или переименуйте лишний",
                      headings[column])};
        }
        matches.push_back({column, *slot});
        if (*slot >= bulk_columns) header.tasks = std::max(header.tasks, *slot - bulk_columns + 1);
    }
    header.slots.assign(headings.size(), static_cast<std::uint16_t>(header.unread_slot()));
    header.present.assign(header.unread_slot(), false);
    header.shown.assign(column_names.begin(), column_names.end());
    for (std::size_t task = 1; task <= header.tasks; ++task)
        header.shown.push_back("t" + std::to_string(task));
    for (const Match& match : matches) {
        header.slots[match.column] = static_cast<std::uint16_t>(match.slot);
        header.present[match.slot] = true;
        header.shown[match.slot] = headings[match.column];
    }
    OPORA_TRY(check_present(header));
    return header;
}

}  // namespace opora::intake
