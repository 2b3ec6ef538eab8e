#include "opora/api/problem_codes.hpp"

#include <algorithm>
#include <array>

#include "opora/base/expects.hpp"

namespace opora::api {

namespace {

// One line a code, in alphabetical order.
// clang-format off
constexpr auto codes = std::to_array<ProblemCode>({
    {"acts_conflict", 409, "Перечень изменяют"},
    {"address_unknown", 404, "Такого адреса нет"},
    {"already_undone", 409, "Загрузка уже отменена"},
    {"appeal_unknown", 404, "Возражение не найдено"},
    {"batch_busy", 409, "Файлы сейчас обрабатываются"},
    {"batch_empty", 422, "Файлы не добавлены"},
    {"batch_stored", 409, "Файлы уже загружены"},
    {"batch_unchecked", 409, "Файлы ещё не проверены"},
    {"batch_unknown", 404, "Такой загрузки нет"},
    {"body_malformed", 422, "Данные запроса не поняты"},
    {"body_too_large", 413, "Слишком большой запрос"},
    {"busy", 409, "Хранилище занято"},
    {"cancelled", 409, "Действие прервано"},
    {"code_wrong", 401, "Код не подошёл"},
    {"coding_unknown", 501, "Неизвестный способ передачи данных"},
    {"corrupt", 503, "Хранилище повреждено"},
    {"csrf_token_wrong", 403, "Действие не подтверждено"},
    {"cursor_wrong", 422, "Такой страницы нет"},
    {"data_unchanged", 409, "Данные не изменились"},
    {"disk_full", 503, "На диске нет места"},
    {"edition_conflict", 412, "Перечень тем временем изменился"},
    {"failed", 500, "Сбой сервера"},
    {"field_missing", 422, "Не заполнено поле"},
    {"field_wrong", 422, "Поле заполнено неверно"},
    {"file_empty", 422, "Файл пуст"},
    {"file_unknown", 404, "Такого файла нет"},
    {"forbidden", 403, "Недостаточно прав"},
    {"foreign_host", 421, "Сервер не обслуживает это имя"},
    {"header_too_large", 431, "Слишком длинный заголовок запроса"},
    {"import_unknown", 404, "Такой загрузки нет"},
    {"indicator_unknown", 404, "Такого показателя нет"},
    {"io", 503, "Хранилище недоступно"},
    {"job_unknown", 404, "Такого действия нет"},
    {"jobs_busy", 503, "Слишком много действий сразу"},
    {"key_reused", 422, "Ключ запроса уже использован"},
    {"key_wrong", 422, "Слишком длинный ключ запроса"},
    {"kind_unknown", 404, "Такого вида файлов нет"},
    {"later_changes", 409, "Данные изменены позже"},
    {"limit_wrong", 422, "Число строк не понято"},
    {"list_unknown", 404, "Перечень не найден"},
    {"login_taken", 422, "Имя для входа занято"},
    {"method_not_allowed", 405, "Это действие здесь невозможно"},
    {"methodology_shipped", 409, "Методика программы не меняется"},
    {"methodology_unknown", 404, "Такой методики нет"},
    {"methodology_wrong", 422, "В методике есть ошибки"},
    {"name_missing", 422, "Не указано имя файла"},
    {"no_list", 422, "Методика перечня не составляет"},
    {"no_results", 422, "Данных недостаточно ни о ком"},
    {"nobody_to_list", 422, "Перечень пуст"},
    {"not_signed_in", 401, "Нужно войти"},
    {"other_school", 403, "Это другая школа"},
    {"other_territory", 403, "Данные другой территории"},
    {"overloaded", 503, "Сервер занят"},
    {"own_account", 409, "Свою учётную запись так не меняют"},
    {"pair_banned", 422, "Пара исключена"},
    {"pair_itself", 422, "Школа названа лидером самой себе"},
    {"pair_no_place", 422, "У школы-лидера нет места"},
    {"pair_not_settled", 409, "Пара не закреплена"},
    {"pair_not_weak", 422, "Этой школе лидер не нужен"},
    {"pair_teachers", 422, "Методика оценивает педагогов"},
    {"pair_two_leaders", 422, "Закреплены два лидера"},
    {"pair_unknown", 404, "Такой пары нет"},
    {"password_weak", 422, "Пароль слишком простой"},
    {"post_interrupted", 409, "Действие могло прерваться"},
    {"post_running", 409, "Это действие уже выполняется"},
    {"procedure_unknown", 404, "Такой процедуры нет"},
    {"read_only", 503, "Хранилище открыто только для чтения"},
    {"refused", 422, "Не выполнено"},
    {"request_malformed", 400, "Запрос не понят"},
    {"school_not_told", 409, "Школы нет в перечне"},
    {"school_unknown", 404, "Школа не найдена"},
    {"second_step_active", 409, "Вход с кодом уже включён"},
    {"second_step_missing", 409, "Вход с кодом не настроен"},
    {"second_step_needed", 401, "Нужен код"},
    {"session_unknown", 404, "Такого сеанса нет"},
    {"setting_wrong", 422, "Значение параметра не понято"},
    {"stage_conflict", 409, "Сейчас это невозможно"},
    {"territory_unknown", 404, "Такой территории нет"},
    {"ticket_unknown", 404, "Ссылка не действует"},
    {"too_many_attempts", 429, "Слишком много попыток"},
    {"too_many_batches", 409, "Слишком много начатых загрузок"},
    {"too_many_files", 422, "Слишком много файлов"},
    {"upload_not_stored", 507, "Файл не сохранён"},
    {"user_unknown", 404, "Такого пользователя нет"},
    {"version_conflict", 409, "Запись уже изменена"},
    {"version_missing", 428, "Не указано, какая запись менялась"},
    {"wrong_credentials", 401, "Вход не выполнен"},
    {"year_missing", 422, "Результатов ещё нет"},
    {"year_wrong", 422, "Учебный год не понят"},
});
// clang-format on

}  // namespace

std::span<const ProblemCode> problem_codes() { return codes; }

bool is_problem_code(std::string_view code) {
    return std::ranges::find(codes, code, &ProblemCode::code) != codes.end();
}

const ProblemCode& problem_code(std::string_view code) {
    auto found = std::ranges::find(codes, code, &ProblemCode::code);
    if (found == codes.end()) found = std::ranges::find(codes, "refused", &ProblemCode::code);
    OPORA_EXPECTS(found != codes.end());
    return *found;
}

}  // namespace opora::api
