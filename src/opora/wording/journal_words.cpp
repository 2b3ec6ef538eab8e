#include "opora/wording/journal_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "opora/model/user.hpp"

namespace opora::wording {

namespace {

struct Words {
    std::string_view code;
    std::string_view title;
};

constexpr auto actions = std::to_array<Words>({
    {"factor_review", "Решение по фактору риска"},
    {"import", "Загружены данные"},
    {"list_acknowledged", "Школа ознакомлена с перечнем"},
    {"list_appealed", "Подано возражение"},
    {"list_approved", "Перечень утверждён приказом"},
    {"list_attached", "К возражению приложен файл"},
    {"list_decided", "Принято решение по возражению"},
    {"list_discarded", "Проект перечня удалён"},
    {"list_drafted", "Составлен проект перечня"},
    {"list_published", "Опубликован предварительный перечень"},
    {"list_renewed", "Перечень пересчитан по новым данным"},
    {"list_replaced", "Перечень заменён новым"},
    {"list_withdrawn", "Возражение отозвано школой"},
    {"methodology_delete", "Удалена методика"},
    {"methodology_save", "Сохранена методика"},
    {"password_set", "Задан пароль"},
    {"rating_off", "Выключен рейтинг школ"},
    {"rating_on", "Включён рейтинг школ"},
    {"recovery_code", "Вход по резервному коду"},
    {"second_step_off", "Отключён вход с кодом"},
    {"second_step_on", "Включён вход с кодом"},
    {"setting", "Изменена настройка"},
    {"sign_in", "Вход"},
    {"sign_in_refused", "Вход не выполнен"},
    {"sign_out", "Выход"},
    {"ticket_give", "Выдана одноразовая ссылка"},
    {"undo", "Отменена загрузка"},
    {"user_add", "Заведена учётная запись"},
    {"user_change", "Изменена учётная запись"},
});

constexpr auto fields = std::to_array<Words>({
    {"act", "Действие с перечнем"},
    {"active", "Запись действует"},
    {"aggregates", "Сводные данные"},
    {"assigned", "Школы куратора"},
    {"cause", "Причина"},
    {"computed", "Рассчитано"},
    {"decision", "Решение"},
    {"edit", "Правка"},
    {"factor", "Фактор"},
    {"file_sha256", "Отпечаток файла"},
    {"hash", "Отпечаток"},
    {"import", "Загрузка"},
    {"kind", "Вид"},
    {"level", "Уровень"},
    {"list", "Перечень"},
    {"login", "Имя для входа"},
    {"methodology", "Методика"},
    {"name", "Имя"},
    {"not_told", "Ещё таких попыток, не записанных по одной"},
    {"note", "Отпечаток пояснения"},
    {"public_page", "Публичная страница"},
    {"rating", "Рейтинг"},
    {"results", "Результаты"},
    {"review", "Номер решения"},
    {"role", "Роль"},
    {"rows", "Строк"},
    {"school", "Школа"},
    {"territory", "Территория"},
    {"user", "Учётная запись"},
    {"version", "Версия"},
    {"written", "Отпечаток записанного"},
    {"year", "Год"},
});

std::string_view title_in(std::span<const Words> words, std::string_view code) {
    const auto found = std::ranges::find(words, code, &Words::code);
    return found == words.end() ? code : found->title;
}

}  // namespace

std::string_view action_title(std::string_view action) { return title_in(actions, action); }

std::string_view journal_field_title(std::string_view field) { return title_in(fields, field); }

std::string journal_value(std::string_view field, std::string_view value) {
    if (value.empty() || value == "-") return "—";
    if (field == "role") {
        if (const auto role = model::role(value)) return std::string{title(*role)};
    }
    if (field == "cause") {
        if (value == "account") return "нет такой учётной записи";
        if (value == "closed") return "запись закрыта или пароль ещё не задан";
        if (value == "password") return "неверный пароль";
        if (value == "code") return "неверный код";
    }
    if (value == "yes") return "да";
    if (value == "no") return "нет";
    if (value == "on") return "включено";
    if (value == "off") return "выключено";
    if (value == "changed") return "изменено";
    return std::string{value};
}

std::string journal_sentence(const std::vector<model::JournalChange>& changes) {
    std::string text;
    for (const model::JournalChange& one : changes) {
        if (!text.empty()) text += "; ";
        if (!one.field.empty()) text += fmt::format("{}: ", journal_field_title(one.field));
        if (one.before) text += journal_value(one.field, *one.before) + " → ";
        text += journal_value(one.field, one.after);
    }
    return text;
}

}  // namespace opora::wording
