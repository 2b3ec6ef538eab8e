#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "opora/storage/sqlite_connection.hpp"

namespace opora::storage {

/// How a column's value is shown to people.
enum class Shown : std::uint8_t {
    plain,
    personal,  ///< Never: only that it changed.
    fraction,  ///< The numerator; its denominator is the next column.
    hidden,    ///< Said by another column.
};

struct RegisterColumn {
    std::string_view name;
    std::string_view title;  ///< Russian, for lines of changes.
    Shown shown = Shown::plain;
};

/// One table of the register: its columns, the first of which are the key.
///
/// Rows of the table that share their `scope` columns with no row of a file are none of that file's
/// business: a full list of one district's schools says nothing of another district's.
struct RegisterTable {
    std::string_view name;
    std::string_view title;  ///< «школа», before the key in lines of changes.
    std::span<const RegisterColumn> columns;
    std::size_t keys = 1;
    std::span<const std::size_t> scope;
    /// Read with all others and part of their hash; what bears on no verdict has queries of its
    /// own.
    bool bears_on_verdicts = true;

    std::string column_names() const;
    std::string select_all() const;  ///< In key order.
    std::string select_one() const;
    std::string upsert() const;
    std::string remove() const;
};

/// The tables in the order of the fields of RegisterRows.
std::span<const RegisterTable> register_tables();

/// «школа 107: тип: basic -> secondary»; «добавлена» or «удалена» where one side is missing. No
/// personal value.
std::string change_line(const RegisterTable& table, const Record* before, const Record* after);

}  // namespace opora::storage
