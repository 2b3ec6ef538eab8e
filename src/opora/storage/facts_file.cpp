#include "opora/storage/facts_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "opora/ports/storage_error.hpp"
#include "opora/storage/parquet_metadata.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

constexpr std::int16_t absent = model::ResultTable::absent;

/// Appends the chunks of a fact file to a table.
class FactsLoader {
public:
    FactsLoader(const DuckdbRows& rows, model::ResultTable& table) : table_{table} {
        for (std::size_t column = 0; column < rows.columns(); ++column) {
            columns_.emplace(rows.column_name(column), column);
        }
    }

    void add(const DuckdbChunk& chunk) {
        add_texts(chunk, "school_id", table_.school,
                  [&](std::string_view text) { return table_.schools.number(text); });
        add_texts(chunk, "procedure", table_.procedure, [&](std::string_view text) {
            return table_.procedure_number(read_procedure_text(text));
        });
        const auto source_row = column("source_row");
        if (!source_row) corrupt("source_row");
        const auto* source_rows = chunk.values<std::int32_t>(*source_row);
        table_.source_row.insert(table_.source_row.end(), source_rows, source_rows + chunk.rows());

        add_names(chunk, "class", table_.class_name, table_.classes);
        add_names(chunk, "variant", table_.variant, table_.variants);
        add_participants(chunk);
        add_numbers(chunk, "score", table_.score);
        add_numbers(chunk, "test_score", table_.test_score);
        add_numbers(chunk, "mark", table_.mark);
        add_numbers(chunk, "journal_mark", table_.journal_mark);
        add_flags(chunk, "below_minimum", table_.below_minimum);
        add_flags(chunk, "at_minimum", table_.at_minimum);
        add_points(chunk);
    }

private:
    std::optional<std::size_t> column(std::string_view name) const {
        const auto found = columns_.find(name);
        return found == columns_.end() ? std::nullopt : std::optional{found->second};
    }

    [[noreturn]] static void corrupt(std::string_view name) {
        throw ports::StorageError{"corrupt",
                                  fmt::format("Файл фактов повреждён: нет столбца «{}».", name)};
    }

    /// A text column as numbers; neighbours are mostly equal, so that few texts are looked up.
    template <class Number, class NumberOf>
    void add_texts(const DuckdbChunk& chunk, std::string_view name, std::vector<Number>& into,
                   const NumberOf& number_of) {
        const auto place = column(name);
        if (!place) corrupt(name);
        std::string_view last;
        std::optional<std::uint32_t> number;
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            const std::string_view text =
                chunk.is_null(*place, row) ? std::string_view{} : chunk.text(*place, row);
            if (!number || text != last) {
                number = number_of(text);
                last = text;
            }
            into.push_back(static_cast<Number>(*number));
        }
    }

    void add_names(const DuckdbChunk& chunk, std::string_view name,
                   std::vector<std::uint16_t>& into, model::Dictionary& dictionary) {
        if (!column(name)) return;
        add_texts(chunk, name, into,
                  [&](std::string_view text) { return dictionary.number(text); });
    }

    void add_participants(const DuckdbChunk& chunk) {
        const auto place = column("participant");
        if (!place) return;
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            table_.participant.emplace_back(chunk.is_null(*place, row) ? std::string_view{}
                                                                       : chunk.text(*place, row));
        }
    }

    void add_numbers(const DuckdbChunk& chunk, std::string_view name,
                     std::vector<std::int16_t>& into) {
        const auto place = column(name);
        if (!place) return;
        const auto* values = chunk.values<std::int16_t>(*place);
        into.insert(into.end(), values, values + chunk.rows());
        blank_nulls(chunk, *place, into);
    }

    void add_flags(const DuckdbChunk& chunk, std::string_view name,
                   std::vector<std::int16_t>& into) {
        const auto place = column(name);
        if (!place) return;
        const auto* values = chunk.values<bool>(*place);
        std::transform(values, values + chunk.rows(), std::back_inserter(into),
                       [](bool value) { return static_cast<std::int16_t>(value ? 1 : 0); });
        blank_nulls(chunk, *place, into);
    }

    static void blank_nulls(const DuckdbChunk& chunk, std::size_t place,
                            std::vector<std::int16_t>& into) {
        if (chunk.null_mask(place) == nullptr) return;
        const std::size_t begin = into.size() - chunk.rows();
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            if (chunk.is_null(place, row)) into[begin + row] = absent;
        }
    }

    void add_points(const DuckdbChunk& chunk) {
        const auto place = column("points");
        if (!place) return;
        if (table_.points_begin.empty()) table_.points_begin.push_back(0);
        const auto* lists = chunk.values<duckdb_list_entry>(*place);
        duckdb_vector child = duckdb_list_vector_get_child(chunk.vector(*place));
        const auto* values = static_cast<const std::int16_t*>(duckdb_vector_get_data(child));
        std::uint64_t* mask = duckdb_vector_get_validity(child);
        for (std::size_t row = 0; row < chunk.rows(); ++row) {
            for (std::size_t i = lists[row].offset; i < lists[row].offset + lists[row].length;
                 ++i) {
                const bool known = mask == nullptr || duckdb_validity_row_is_valid(mask, i);
                table_.points.push_back(known ? values[i] : absent);
            }
            table_.points_begin.push_back(static_cast<std::uint32_t>(table_.points.size()));
        }
    }

    model::ResultTable& table_;
    std::map<std::string, std::size_t, std::less<>> columns_;
};

model::ResultTable load(DuckdbSession& session, const std::string& sql) {
    model::ResultTable table;
    DuckdbRows rows = session.stream(sql);
    FactsLoader loader{rows, table};
    while (const DuckdbChunk chunk = rows.next()) loader.add(chunk);
    return table;
}

}  // namespace

model::ResultTable read_facts(DuckdbSession& session, const std::filesystem::path& path) {
    model::ResultTable table =
        load(session, fmt::format("SELECT * FROM read_parquet({})", sql_text(path.string())));
    table.works = read_works_text(read_metadata(session, path).value("opora.works"));
    return table;
}

model::ResultTable read_facts(DuckdbSession& session, const std::filesystem::path& path,
                              const model::SchoolId& school, const model::Procedure& procedure) {
    return load(
        session,
        fmt::format(
            "SELECT * EXCLUDE (file_row_number) FROM read_parquet({}, file_row_number = true) "
            "WHERE school_id = {} AND procedure = {} ORDER BY source_row, file_row_number",
            sql_text(path.string()), sql_text(school.value), sql_text(procedure_text(procedure))));
}

}  // namespace opora::storage
