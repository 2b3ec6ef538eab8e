#pragma once

#include "opora/rules/token_reader.hpp"

namespace opora::rules {

using ParsedFilter = base::Result<ProcedureFilter, ExpressionError>;

/// Whether a filter of procedures begins here: a type («ВПР»), `grade`, `programme`, `subjects`,
/// `procedures`, `[`.
bool filter_begins(const TokenReader& reader);

/// `ВПР, ОГЭ, programme grades 4..8, [russian, mathematics]`, up to the closing bracket or a shift
/// by years, neither of which is taken.
ParsedFilter parse_filter(TokenReader& reader);

/// `last(3 years)`, `previous(years_parameter)`, or the name of a window.
base::Result<WindowReference, ExpressionError> parse_window(TokenReader& reader);

/// `grade 4` or `grades 5..9`: first and last grade.
base::Result<std::pair<int, int>, ExpressionError> parse_grades(TokenReader& reader);

/// `year before`, `2 years before`; 0 if no shift begins here.
base::Result<int, ExpressionError> parse_shift(TokenReader& reader);

}  // namespace opora::rules
