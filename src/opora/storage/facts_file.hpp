#pragma once

#include <filesystem>
#include <string>

#include "opora/model/result_table.hpp"
#include "opora/storage/duckdb_session.hpp"

namespace opora::storage {

/// The rows of a fact file with its works, in no particular order.
model::ResultTable read_facts(DuckdbSession& session, const std::filesystem::path& path);

/// The rows of one school and procedure in the order of the source file; no works.
model::ResultTable read_facts(DuckdbSession& session, const std::filesystem::path& path,
                              const model::SchoolId& school, const model::Procedure& procedure);

}  // namespace opora::storage
