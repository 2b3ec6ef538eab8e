#include "opora/model/procedure.hpp"

#include <array>
#include <tuple>

#include "opora/base/expects.hpp"

namespace opora::model {

namespace {

struct TypeNames {
    ProcedureType type;
    std::string_view code;
    std::string_view title;
    std::string_view title_small;
};

constexpr std::array<TypeNames, 9> types{{
    {ProcedureType::vpr, "vpr", "ВПР", "впр"},
    {ProcedureType::oge, "oge", "ОГЭ", "огэ"},
    {ProcedureType::ege, "ege", "ЕГЭ", "егэ"},
    {ProcedureType::gve, "gve", "ГВЭ", "гвэ"},
    {ProcedureType::niko, "niko", "НИКО", "нико"},
    {ProcedureType::rdr, "rdr", "РДР", "рдр"},
    {ProcedureType::vsoko, "vsoko", "ВСОКО", "всоко"},
    {ProcedureType::diagnostics, "diagnostics", "Диагностика", "диагностика"},
    {ProcedureType::annual, "annual", "Годовые отметки", "годовые отметки"},
}};

const TypeNames& names(ProcedureType type) {
    for (const TypeNames& row : types) {
        if (row.type == type) return row;
    }
    OPORA_EXPECTS(false && "unknown procedure type");
}

constexpr std::array<std::pair<Period, std::string_view>, 3> periods{{
    {Period::main, "main"},
    {Period::reserve, "reserve"},
    {Period::retake, "retake"},
}};

}  // namespace

bool same_across_years(const Procedure& left, const Procedure& right) {
    return std::tie(left.type, left.subject, left.programme_grade) ==
           std::tie(right.type, right.subject, right.programme_grade);
}

std::string_view code(ProcedureType type) { return names(type).code; }
std::string_view title(ProcedureType type) { return names(type).title; }

std::optional<ProcedureType> procedure_type(std::string_view text) {
    for (const TypeNames& row : types) {
        if (text == row.code || text == row.title || text == row.title_small) return row.type;
    }
    return std::nullopt;
}

std::string_view code(Period period) { return periods[static_cast<std::size_t>(period)].second; }

std::optional<Period> period(std::string_view text) {
    for (const auto& [value, name] : periods) {
        if (text == name) return value;
    }
    return std::nullopt;
}

}  // namespace opora::model
