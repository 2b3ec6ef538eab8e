#include <fmt/format.h>

#include <charconv>
#include <set>
#include <tuple>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_registers.hpp"
#include "opora/intake/kinds/row_fields.hpp"

namespace opora::intake {

namespace {

/// «4 РУ», «4РУ», «5 класс МА»: a grade and a subject.
struct MarkerColumn {
    std::size_t place = 0;
    int grade = 0;
    model::SubjectCode subject;
};

std::optional<MarkerColumn> marker_column(std::string_view heading, const Subjects& subjects) {
    const std::string words = normalised(heading);
    MarkerColumn column;
    const auto [end, failure] = std::from_chars(words.data(), words.data() + words.size(), column.grade);
    if (failure != std::errc{} || column.grade < model::grade_min || column.grade > model::grade_max) {
        return std::nullopt;
    }
    std::string_view rest = trimmed(std::string_view{words}.substr(static_cast<std::size_t>(end - words.data())));
    constexpr std::string_view word = "класс";
    if (rest.starts_with(word)) rest = trimmed(rest.substr(word.size()));
    const auto subject = subjects.find(rest, model::ProcedureType::vpr);
    if (!subject) return std::nullopt;
    column.subject = *subject;
    return column;
}

class MarkersReader : public KindReader {
public:
    explicit MarkersReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        HeadedTable headed =
            OPORA_TRY(find_headings(table, session_.kind, session_.dictionaries().synonyms));
        if (!headed.found) return base::Done{};
        find_columns(headed.headings);
        if (columns_.empty()) return base::Done{};
        session_.understood = true;
        TableRow row;
        while (!session_.stopped() && OPORA_TRY(table.next(row))) {
            if (is_comment(row)) continue;
            RowFields fields{session_, headed.headings, table.sheet(), row};
            take(fields, row);
            if (!fields.good()) fields.refuse();
        }
        return base::Done{};
    }

private:
    void find_columns(Headings& headings) {
        columns_.clear();
        for (std::size_t place = 0; place < headings.cells.size(); ++place) {
            Heading& heading = headings.cells[place];
            if (heading.role != HeadingRole::unrecognised) continue;
            auto column = marker_column(heading.text, session_.dictionaries().subjects);
            if (!column) continue;
            column->place = place;
            heading.role = HeadingRole::task;
            columns_.push_back(std::move(*column));
        }
    }

    void take(RowFields& fields, const TableRow& row) {
        const model::School* school = fields.needed_school();
        const auto year = fields.needed_year();
        std::vector<model::ObjectivityMarker> markers;
        std::int32_t marked = 0;
        for (const MarkerColumn& column : columns_) {
            const std::string_view cell =
                column.place < row.cells.size() ? trimmed(row.cells[column.place]) : std::string_view{};
            if (cell.empty()) continue;
            const auto flag = yes_no(cell);
            if (!flag) {
                fields.fail("markers", "not_flag",
                            fmt::format("В столбце «{} класс, {}» должно быть «да» или «нет».", column.grade,
                                        session_.dictionaries().subjects.title(column.subject)),
                            "да / нет, + / -, 1 / 0, пусто");
                continue;
            }
            marked += *flag ? 1 : 0;
            markers.push_back({school != nullptr ? school->id : model::SchoolId{}, year.value_or(model::SchoolYear{}),
                               column.subject, column.grade, *flag});
        }
        const auto stated = fields.whole("markers", {0, 1000});
        if (!fields.good()) return;
        if (stated && *stated != marked) {
            fields.warn("markers", "markers_differ", "Количество маркеров не равно числу отмеченных столбцов.");
        }
        if (!keys_.emplace(school->id.value, year->ending).second) {
            fields.fail("school_id", "duplicate", "Школа за этот год уже встретилась в файле.", "одна строка");
            return;
        }
        auto& all = session_.batch.rows.markers;
        all.insert(all.end(), markers.begin(), markers.end());
    }

    Session& session_;
    std::vector<MarkerColumn> columns_;
    std::set<std::pair<std::string, int>> keys_;
};

}  // namespace

std::unique_ptr<KindReader> markers_reader(Session& session) { return std::make_unique<MarkersReader>(session); }

}  // namespace opora::intake
