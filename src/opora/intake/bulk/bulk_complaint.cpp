#include "opora/intake/bulk/bulk_complaint.hpp"

#include <algorithm>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

BulkComplaint complaint_of(BulkColumn column) {
    switch (column) {
        case BulkColumn::school_id:
            return {"unknown_school",
                    "такой школы нет в реестре: загрузите реестр школ или исправьте код",
                    "код, логин или код РЦОИ школы из реестра"};
        case BulkColumn::subject:
            return {"unknown_subject", "такого предмета нет в справочнике",
                    "код предмета из справочника или числовой код"};
        case BulkColumn::grade:
            return {"wrong_grade", "такого класса обучения не бывает", "целое число от 1 до 11"};
        case BulkColumn::year:
            return {"wrong_year", "такого учебного года в данных быть не может",
                    "год окончания учебного года"};
        case BulkColumn::class_name:
            return {"wrong_class",
                    "название класса не читается: оно слишком длинное, или часть файла записана в "
                    "другой кодировке; сохраните весь файл как «CSV UTF-8»",
                    "короткое обозначение класса"};
        case BulkColumn::score:
            return {"wrong_score", "балл вне допустимых пределов",
                    "целое число от 0 до 4000 (для ЕГЭ до 100) или пусто"};
        case BulkColumn::mark:
            return {"wrong_mark", "отметка вне шкалы", "2, 3, 4, 5 или пусто"};
        case BulkColumn::type:
            return {"wrong_type", "вид процедуры не распознан",
                    "vpr, oge, ege, gve, niko, rdr, vsoko, diagnostics или annual"};
        case BulkColumn::programme_grade:
            return {"wrong_programme_grade", "класс программы не распознан",
                    "целое число от 1 до 11 или пусто"};
        case BulkColumn::participant:
            return {"wrong_participant",
                    "код участника не читается: он слишком длинный, или часть файла записана в "
                    "другой кодировке; сохраните весь файл как «CSV UTF-8»",
                    "короткий обезличенный код"};
        case BulkColumn::journal_mark:
            return {"wrong_journal_mark", "отметка по журналу вне шкалы", "2, 3, 4, 5 или пусто"};
    }
    return {};
}

constexpr BulkComplaint wrong_points{"wrong_points", "балл за задание вне допустимых пределов",
                                     "целое число от 0 до 100 или пусто"};

}  // namespace

BulkComplaint complaint_about(std::size_t slot) {
    return slot < bulk_columns ? complaint_of(static_cast<BulkColumn>(slot)) : wrong_points;
}

std::string shown_value(std::size_t slot, std::string_view text) {
    const bool tellable = slot <= static_cast<std::size_t>(BulkColumn::type);
    constexpr std::size_t bytes_max = 60;
    const bool readable =
        text.size() <= bytes_max && base::valid_utf8_prefix(text) == text.size() &&
        std::ranges::none_of(text,
                             [](char symbol) { return static_cast<unsigned char>(symbol) < 0x20; });
    return tellable && readable ? std::string{text} : std::string{};
}

}  // namespace opora::intake
