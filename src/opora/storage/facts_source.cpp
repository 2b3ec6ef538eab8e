#include "opora/storage/facts_source.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "opora/storage/duckdb_text.hpp"
#include "opora/storage/procedure_text.hpp"

namespace opora::storage {

namespace {

constexpr std::int16_t absent = model::ResultTable::absent;

std::vector<std::string> texts_of(const model::Dictionary& dictionary) {
    std::vector<std::string> texts;
    for (std::uint32_t number = 0; number < dictionary.size(); ++number) {
        texts.emplace_back(dictionary.text(number));
    }
    return texts;
}

std::vector<std::string> texts_of(const std::vector<model::Procedure>& procedures) {
    std::vector<std::string> texts;
    for (const model::Procedure& procedure : procedures) texts.push_back(procedure_text(procedure));
    return texts;
}

/// The rows of one chunk as runs of the table, and the columns that are filled from them one after
/// another.
class ChunkWriter {
public:
    ChunkWriter(duckdb_data_chunk chunk, std::span<const tally::RowRun> runs)
        : chunk_{chunk}, runs_{runs} {}

    duckdb_vector next_vector() { return duckdb_data_chunk_get_vector(chunk_, column_++); }

    template <class T>
    static T* values(duckdb_vector vector) {
        return static_cast<T*>(duckdb_vector_get_data(vector));
    }

    /// Calls `visit(place in the chunk, row of the table)` for each row.
    template <class Visit>
    void each(const Visit& visit) const {
        std::size_t place = 0;
        for (const tally::RowRun& run : runs_) {
            for (std::size_t row = run.begin; row < run.end; ++row) visit(place++, row);
        }
    }

    static void set_null(duckdb_vector vector, std::size_t place) {
        duckdb_vector_ensure_validity_writable(vector);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), place);
    }

    void numbers(const std::vector<std::int16_t>& column) {
        if (column.empty()) return;
        duckdb_vector vector = next_vector();
        auto* values = ChunkWriter::values<std::int16_t>(vector);
        each([&](std::size_t place, std::size_t row) {
            values[place] = column[row];
            if (column[row] == absent) set_null(vector, place);
        });
    }

    void flags(const std::vector<std::int16_t>& column) {
        if (column.empty()) return;
        duckdb_vector vector = next_vector();
        auto* values = ChunkWriter::values<bool>(vector);
        each([&](std::size_t place, std::size_t row) {
            values[place] = column[row] == 1;
            if (column[row] == absent) set_null(vector, place);
        });
    }

    /// A column of numbers of texts, as the texts are to be written.
    template <class Number>
    void texts(const std::vector<Number>& column, const CodedTexts& texts) {
        if (column.empty()) return;
        switch (texts.coding()) {
            case CodedTexts::Coding::bytes:
                return coded<std::uint8_t>(column, texts, [](std::size_t text) {
                    return static_cast<std::uint8_t>(text);
                });
            case CodedTexts::Coding::words:
                return coded<std::uint16_t>(column, texts, [](std::size_t text) {
                    return static_cast<std::uint16_t>(text);
                });
            case CodedTexts::Coding::plain:
                return coded<duckdb_string_t>(column, texts,
                                              [&](std::size_t text) { return texts.value(text); });
        }
    }

    void points(const model::ResultTable& table) {
        if (table.points_begin.empty()) return;
        duckdb_vector vector = next_vector();
        auto* lists = ChunkWriter::values<duckdb_list_entry>(vector);
        std::size_t total = 0;
        each([&](std::size_t, std::size_t row) { total += table.points_of(row).size(); });
        duckdb_list_vector_reserve(vector, total);
        duckdb_vector child = duckdb_list_vector_get_child(vector);
        auto* values = ChunkWriter::values<std::int16_t>(child);
        std::size_t end = 0;
        each([&](std::size_t place, std::size_t row) {
            const auto points = table.points_of(row);
            lists[place] = {end, points.size()};
            for (const std::int16_t point : points) {
                values[end] = point;
                if (point == absent) set_null(child, end);
                ++end;
            }
        });
        duckdb_list_vector_set_size(vector, total);
    }

private:
    template <class Stored, class Number, class Code>
    void coded(const std::vector<Number>& column, const CodedTexts& texts, const Code& code) {
        duckdb_vector vector = next_vector();
        auto* values = ChunkWriter::values<Stored>(vector);
        each([&](std::size_t place, std::size_t row) {
            values[place] = code(column[row]);
            if (texts.blank(column[row])) set_null(vector, place);
        });
    }

    duckdb_data_chunk chunk_;
    std::span<const tally::RowRun> runs_;
    std::size_t column_ = 0;
};

}  // namespace

std::vector<GroupRange> cut_groups(const tally::RowGroups& groups, std::size_t parts) {
    std::vector<GroupRange> ranges;
    const std::size_t rows = groups.rows_before(groups.size());
    std::size_t first = 0;
    for (std::size_t part = 1; part <= parts && first < groups.size(); ++part) {
        std::size_t last = first + 1;
        while (last < groups.size() && groups.rows_before(last) * parts < rows * part) ++last;
        ranges.push_back({first, last});
        first = last;
    }
    return ranges;
}

CodedTexts::CodedTexts(std::vector<std::string> texts) : texts_{std::move(texts)} {
    for (const std::string& text : texts_) values_.push_back(duckdb_text(text));
    // DuckDB's enumerations take C strings.
    const bool with_nul = std::ranges::any_of(
        texts_, [](const std::string& text) { return text.find('\0') != std::string::npos; });
    if (texts_.empty() || with_nul || texts_.size() > UINT16_MAX) return;
    coding_ = texts_.size() <= UINT8_MAX ? Coding::bytes : Coding::words;
}

SourceColumn CodedTexts::column(std::string name) const {
    if (coding_ == Coding::plain) return {std::move(name), DUCKDB_TYPE_VARCHAR, false, {}};
    return {std::move(name), DUCKDB_TYPE_ENUM, false, texts_};
}

/// Walks the groups of a slice and cuts them into chunks.
class FactsReader : public SliceReader {
public:
    explicit FactsReader(const FactsSource& source) : source_{source} {}

    void start(std::size_t slice) override {
        group_ = source_.ranges_[slice].first;
        last_ = source_.ranges_[slice].last;
        run_ = 0;
        done_ = 0;
    }

    std::size_t fill(duckdb_data_chunk chunk) override {
        const std::size_t rows = take(duckdb_vector_size());
        if (rows > 0) write(chunk);
        return rows;
    }

private:
    /// Moves up to `limit` rows into `runs_`.
    std::size_t take(std::size_t limit) {
        runs_.clear();
        std::size_t taken = 0;
        while (taken < limit && group_ < last_) {
            const auto runs = source_.groups_.runs(group_);
            const std::uint32_t begin = runs[run_].begin + done_;
            const auto room = static_cast<std::uint32_t>(limit - taken);
            const std::uint32_t end = std::min(runs[run_].end, begin + room);
            runs_.push_back({begin, end});
            taken += end - begin;
            done_ += end - begin;
            if (end < runs[run_].end) break;
            done_ = 0;
            if (++run_ < runs.size()) continue;
            run_ = 0;
            ++group_;
        }
        return taken;
    }

    void write(duckdb_data_chunk chunk) const {
        const model::ResultTable& table = source_.table_;
        ChunkWriter writer{chunk, runs_};
        writer.texts(table.school, source_.schools_);
        writer.texts(table.procedure, source_.procedures_);
        auto* source_rows = ChunkWriter::values<std::int32_t>(writer.next_vector());
        writer.each([&](std::size_t place, std::size_t row) {
            source_rows[place] = table.source_row[row];
        });
        writer.texts(table.class_name, source_.classes_);
        writer.texts(table.variant, source_.variants_);
        if (!table.participant.empty()) write_participants(writer);
        for (const auto* column :
             {&table.score, &table.test_score, &table.mark, &table.journal_mark}) {
            writer.numbers(*column);
        }
        for (const auto* column : {&table.below_minimum, &table.at_minimum}) writer.flags(*column);
        writer.points(table);
    }

    void write_participants(ChunkWriter& writer) const {
        duckdb_vector vector = writer.next_vector();
        auto* values = ChunkWriter::values<duckdb_string_t>(vector);
        writer.each([&](std::size_t place, std::size_t row) {
            values[place] = duckdb_text(source_.table_.participant[row]);
            if (source_.table_.participant[row].empty()) ChunkWriter::set_null(vector, place);
        });
    }

    const FactsSource& source_;
    std::vector<tally::RowRun> runs_;
    std::size_t group_ = 0;
    std::size_t last_ = 0;
    std::size_t run_ = 0;
    std::uint32_t done_ = 0;  ///< Rows of the run that earlier chunks took.
};

FactsSource::FactsSource(const model::ResultTable& table, const tally::RowGroups& groups,
                         std::size_t parts)
    : table_{table},
      groups_{groups},
      ranges_{cut_groups(groups, parts)},
      schools_{texts_of(table.schools)},
      procedures_{texts_of(table.procedures)},
      classes_{texts_of(table.classes)},
      variants_{texts_of(table.variants)} {}

std::vector<SourceColumn> FactsSource::columns() const {
    std::vector<SourceColumn> columns{schools_.column("school_id"),
                                      procedures_.column("procedure"),
                                      {"source_row", DUCKDB_TYPE_INTEGER, false, {}}};
    const auto add = [&](bool present, SourceColumn column) {
        if (present) columns.push_back(std::move(column));
    };
    add(!table_.class_name.empty(), classes_.column("class"));
    add(!table_.variant.empty(), variants_.column("variant"));
    add(!table_.participant.empty(), {"participant", DUCKDB_TYPE_VARCHAR, false, {}});
    add(!table_.score.empty(), {"score", DUCKDB_TYPE_SMALLINT, false, {}});
    add(!table_.test_score.empty(), {"test_score", DUCKDB_TYPE_SMALLINT, false, {}});
    add(!table_.mark.empty(), {"mark", DUCKDB_TYPE_SMALLINT, false, {}});
    add(!table_.journal_mark.empty(), {"journal_mark", DUCKDB_TYPE_SMALLINT, false, {}});
    add(!table_.below_minimum.empty(), {"below_minimum", DUCKDB_TYPE_BOOLEAN, false, {}});
    add(!table_.at_minimum.empty(), {"at_minimum", DUCKDB_TYPE_BOOLEAN, false, {}});
    add(!table_.points_begin.empty(), {"points", DUCKDB_TYPE_SMALLINT, true, {}});
    return columns;
}

std::unique_ptr<SliceReader> FactsSource::reader() const {
    return std::make_unique<FactsReader>(*this);
}

}  // namespace opora::storage
