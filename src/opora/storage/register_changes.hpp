#pragma once

#include <functional>
#include <optional>
#include <string>

#include "opora/ports/register_store.hpp"
#include "opora/storage/register_tables.hpp"
#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// What a file does to one row of the register: it comes, goes, changes, or stays (both sides
/// equal).
struct RowChange {
    const RegisterTable* table = nullptr;
    std::string key;  ///< Encoded values of the key columns.
    std::optional<Record> before;
    std::optional<Record> after;

    bool stays() const { return before == after; }
};

/// Visits what the rows of a file do to the register, table by table, in the order of the file; of
/// rows with the same key the last one counts. With `full`, rows that are missing from the file go,
/// as far as they share the scope of its rows.
void each_change(const SqliteConnection& connection, const ports::RegisterRows& rows, bool full,
                 const std::function<void(const RowChange&)>& visit);

/// Adds a change to the counts and, while there is room, to the examples.
void count_change(const RowChange& change, ports::RowChanges& changes);

}  // namespace opora::storage
