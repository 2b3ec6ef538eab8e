#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/ports/import_batch.hpp"
#include "opora/storage/register_tables.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// The rows of one table as records in the order of its columns.
std::vector<Record> records_of(const ports::RegisterRows& rows, const RegisterTable& table);

/// Appends a record to the rows of its table; a value that no program of ours wrote is a corrupt
/// store (StorageError).
void add_record(ports::RegisterRows& rows, const RegisterTable& table, const Record& record);

/// The same for all records of a table, about `count`, until `next` finds none any more.
void add_records(ports::RegisterRows& rows, const RegisterTable& table, std::size_t count,
                 const std::function<bool(Record&)>& next);

/// A record as text and back: one value per line, `n` for nothing, `i…` for a number, `t…` for a
/// text, with the escapes of lines_text.
std::string encode(std::span<const Value> record);
void encode_into(std::string& text, std::span<const Value> record);
Record decode(std::string_view text);

}  // namespace opora::storage
