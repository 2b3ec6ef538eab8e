#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school_year.hpp"

namespace opora::intake {

/// What a reader of bulk protocols must know of the world. Every question is asked about once per
/// distinct text, never from two threads at a time; an empty function answers nothing.
struct BulkContext {
    /// The school of a key that a file may use: its id, login or exam code.
    std::function<std::optional<model::SchoolId>(std::string_view)> school;
    /// The code of a subject's name or alias. A number that is not known stays a code of its own,
    /// with a warning.
    std::function<std::optional<model::SubjectCode>(std::string_view)> subject;
    /// Synonyms of headings: «Отметка» is `mark`. English names are understood without it.
    std::function<std::optional<std::string>(std::string_view)> column;
    /// A class in the one spelling that the register uses; without it as the file writes it.
    std::function<std::string(std::string_view)> class_name;
    /// Minimum of a procedure: the test score of an ЕГЭ certificate, the primary score of mark 3
    /// elsewhere.
    std::function<std::optional<std::int32_t>(const model::Procedure&)> minimum_score;

    model::ProcedureType type = model::ProcedureType::vpr;  ///< Of rows that name none.
    std::optional<model::SchoolYear> year;                  ///< Rows of another year are refused.
    model::SchoolYear year_last = model::year_max;
};

}  // namespace opora::intake
