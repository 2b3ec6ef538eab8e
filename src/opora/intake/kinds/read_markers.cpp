#include <fmt/format.h>

#include <set>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/marker_columns.hpp"
#include "opora/intake/kinds/protocol_rows.hpp"
#include "opora/intake/kinds/read_registers.hpp"
#include "opora/intake/kinds/row_fields.hpp"

namespace opora::intake {

namespace {

class MarkersReader : public KindReader {
public:
    explicit MarkersReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        HeadedTable headed =
            OPORA_TRY(find_headings(table, session_.kind, session_.dictionaries().synonyms));
        if (!headed.found) return base::Done{};
        columns_ = find_marker_columns(headed.headings, session_.dictionaries().subjects);
        if (columns_.empty()) return base::Done{};
        session_.understood = true;
        warn_unknown_columns(session_, table.sheet(), headed.headings, headed.row.number);
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
    void take(RowFields& fields, const TableRow& row) {
        const model::School* school = fields.needed_school();
        const auto year = fields.needed_year();
        std::vector<model::ObjectivityMarker> markers;
        std::int32_t marked = 0;
        for (const MarkerColumn& column : columns_) {
            const std::string_view cell = column.place < row.cells.size()
                                              ? stripped(row.cells[column.place])
                                              : std::string_view{};
            if (cell.empty()) continue;
            const auto flag = yes_no(cell);
            if (!flag) {
                fields.fail("markers", "not_flag",
                            fmt::format("В столбце «{} класс, {}» должно быть «да» или «нет».",
                                        column.grade,
                                        session_.dictionaries().subjects.title(column.subject)),
                            "да / нет, + / -, 1 / 0, пусто");
                continue;
            }
            marked += *flag ? 1 : 0;
            markers.push_back({school != nullptr ? school->id : model::SchoolId{},
                               year.value_or(model::SchoolYear{}), column.subject, column.grade,
                               *flag});
        }
        const auto stated = fields.whole("markers", {0, 1000});
        if (!fields.good()) return;
        if (stated && *stated != marked) {
            fields.warn("markers", "markers_differ",
                        "Количество маркеров не равно числу отмеченных столбцов.");
        }
        if (!keys_.emplace(school->id.value, year->ending).second) {
            fields.fail("school_id", "duplicate", "Школа за этот год уже встретилась в файле.",
                        "одна строка");
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

std::unique_ptr<KindReader> markers_reader(Session& session) {
    return std::make_unique<MarkersReader>(session);
}

}  // namespace opora::intake
