#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// Kinds of assessment. `annual` holds the school's own yearly marks, the base of quality and
/// success series.
enum class ProcedureType : std::uint8_t {
    vpr,
    oge,
    ege,
    gve,
    niko,
    rdr,
    vsoko,
    diagnostics,
    annual
};

/// The main period, its reserve days, or a later retake.
enum class Period : std::uint8_t { main, reserve, retake };

/// One assessment: what was held, in which subject and grade, in which year.
///
/// `grade` is the grade of the participants, `programme_grade` the grade whose programme was
/// assessed (they differ when an autumn ВПР looks back at the previous grade). The same procedure
/// across years has the same type, subject and programme grade.
struct Procedure {
    SchoolYear year;
    ProcedureType type = ProcedureType::vpr;
    SubjectCode subject;
    int programme_grade = 0;
    int grade = 0;
    Period period = Period::main;

    friend auto operator<=>(const Procedure&, const Procedure&) = default;
};

/// Whether two procedures are the same work in different years (or periods).
bool same_across_years(const Procedure& left, const Procedure& right);

/// `vpr`, `oge` …: the code in files, tables and the rule language.
std::string_view code(ProcedureType type);
/// «ВПР», «ОГЭ» …
std::string_view title(ProcedureType type);
/// Reads a code or a Russian name («ВПР», «впр», `vpr`).
std::optional<ProcedureType> procedure_type(std::string_view text);

/// `main`, `reserve`, `retake`.
std::string_view code(Period period);
std::optional<Period> period(std::string_view text);

constexpr int grade_min = 1;
constexpr int grade_max = 12;

}  // namespace opora::model
