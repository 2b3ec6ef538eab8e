#pragma once

#include <string>

#include "opora/api/json.hpp"
#include "opora/api/router.hpp"
#include "opora/wording/table.hpp"

namespace opora::api {

/// A cell of what may be absent.
wording::TableCell cell_of(const std::optional<double>& number);
/// An empty text is a missing cell.
wording::TableCell cell_of(const std::string& text);

/// The columns, and the rows as objects by column code; what is missing is left out of them.
Json table_json(const wording::Table& table);

/// The table with the rows and in the order that the query asks for: `text` leaves those in which a
/// text contains it, `sort=column` and `sort=-column` order them (missing last, equals as before).
wording::Table as_asked(const Request& request, wording::Table table);

/// Whether the query asks for a file: `format=xlsx`, `format=csv`.
bool wants_file(const Request& request);

/// Answers with the table as the query asks for it: a file named after the table, the territory and
/// the day, or JSON: `more` with `columns` and `rows`. A column without a Russian title is for
/// pages alone. Whatever the person may not see must have been left out before.
Response table_answer(const Call& call, const application::View& view, wording::Table table,
                      Json more = Json::object());

}  // namespace opora::api
