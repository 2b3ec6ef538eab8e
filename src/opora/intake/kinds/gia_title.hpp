#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/intake/dictionaries/subjects.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/model/procedure.hpp"

namespace opora::intake {

/// The first line of an exam centre's list: «1 - Русский язык 06.06.2023»; for a foreign language
/// with two dates, «9 - Английский язык п27.05.2023 у03.06.2023» (written and oral part).
struct ExamTitle {
    std::optional<std::int32_t> code;
    std::string subject;      ///< As written, without code, dates and words about the period.
    std::optional<Date> day;  ///< The first date.
    std::optional<model::ProcedureType> type;  ///< When the line names it: «ОГЭ», «ЕГЭ», «ГВЭ».
    model::Period period = model::Period::main;
    std::string text;  ///< The line itself, to be written again.
};

/// Reads one line; nothing when it has neither a date nor the beginning «<код> -».
std::optional<ExamTitle> read_exam_title(std::string_view line);

/// The title among the rows above the headings.
std::optional<ExamTitle> find_exam_title(std::span<const TableRow> above);

/// The subject of a list, for the procedure that it belongs to.
std::optional<model::SubjectCode> subject_of(const ExamTitle& title, model::ProcedureType type,
                                             const Subjects& subjects);

}  // namespace opora::intake
