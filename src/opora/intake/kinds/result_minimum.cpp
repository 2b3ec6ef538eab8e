#include "opora/intake/kinds/result_minimum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "opora/tally/scale.hpp"

namespace opora::intake {

namespace {

using model::ResultTable;

class Completion {
public:
    explicit Completion(Session& session) : session_{session}, table_{session.batch.results} {
        for (auto* column : {&table_.mark, &table_.below_minimum, &table_.at_minimum}) {
            if (column->empty()) column->assign(table_.rows(), ResultTable::absent);
        }
        for (const model::Work& work : table_.works) {
            const auto found = std::ranges::find(table_.procedures, work.procedure);
            if (found == table_.procedures.end()) continue;
            works_.emplace(static_cast<std::uint32_t>(found - table_.procedures.begin()), &work);
        }
    }

    void complete(std::size_t row) {
        const model::Scale* scale = scale_of(row);
        const model::Procedure& procedure = table_.procedures[table_.procedure[row]];
        const std::int16_t test_score = value(table_.test_score, row);
        if (procedure.type == model::ProcedureType::ege && test_score != ResultTable::absent) {
            const auto minimum = scale != nullptr
                                     ? tally::minimum_of(*scale, model::MinimumPurpose::certificate)
                                     : std::nullopt;
            if (minimum) {
                table_.below_minimum[row] = test_score < *minimum ? 1 : 0;
                table_.at_minimum[row] = test_score == *minimum ? 1 : 0;
            } else {
                warn(
                    row, "minimum_unknown",
                    "Минимальный балл ЕГЭ этого предмета и года неизвестен: достижение минимума не "
                    "определено.");
            }
            return;
        }
        complete_mark(row, scale);
    }

    /// Columns that stayed without a value are dropped again, as an empty column says the same.
    void finish() {
        for (auto* column : {&table_.mark, &table_.below_minimum, &table_.at_minimum}) {
            if (std::ranges::all_of(*column,
                                    [](std::int16_t cell) { return cell == ResultTable::absent; }))
                column->clear();
        }
    }

private:
    static std::int16_t value(const std::vector<std::int16_t>& column, std::size_t row) {
        return column.empty() ? ResultTable::absent : column[row];
    }

    void warn(std::size_t row, std::string_view code, std::string_view message) {
        session_.report.warn_row(code, message, "", table_.source_row[row]);
    }

    void complete_mark(std::size_t row, const model::Scale* scale) {
        const std::int16_t score = value(table_.score, row);
        std::int16_t& mark = table_.mark[row];
        if (scale == nullptr && mark == ResultTable::absent && score != ResultTable::absent) {
            warn_without_scale(row);
        }
        std::optional<tally::MarkSpan> possible;
        if (scale != nullptr && score != ResultTable::absent)
            possible = possible_marks(row, *scale, score);
        if (possible && mark != ResultTable::absent && !possible->contains(mark)) {
            warn(row, "mark_disagrees",
                 "Отметка из файла не соответствует шкале перевода баллов: сохранена отметка из "
                 "файла.");
        }
        const bool unmarked = std::ranges::binary_search(session_.unmarked, row);
        if (possible && mark == ResultTable::absent && !unmarked &&
            possible->lowest == possible->highest) {
            mark = static_cast<std::int16_t>(possible->lowest);
            warn(row, "mark_computed",
                 "Отметки в файле нет: она вычислена по шкале перевода баллов.");
        }
        if (mark != ResultTable::absent) {
            table_.below_minimum[row] = mark == 2 ? 1 : 0;
        } else if (possible && !unmarked && (possible->lowest > 2 || possible->highest == 2)) {
            table_.below_minimum[row] = possible->highest == 2 ? 1 : 0;
        }
        if (scale != nullptr && scale->first_scores[0] && score != ResultTable::absent) {
            table_.at_minimum[row] = score == *scale->first_scores[0] ? 1 : 0;
        }
    }

    /// Without a scale nobody knows what a score is worth: the result waits for its mark.
    void warn_without_scale(std::size_t row) {
        const model::Procedure& procedure = table_.procedures[table_.procedure[row]];
        using enum model::ProcedureType;
        if (procedure.type != vpr && procedure.type != oge && procedure.type != gve) return;
        if (std::ranges::binary_search(session_.unmarked, row)) return;
        warn(row, "scale_unknown",
             fmt::format("Отметки в файле нет, а шкала перевода баллов {} {} года не заведена: "
                         "отметка не вычислена. Внесите отметки или добавьте шкалу в папку scales "
                         "рабочей папки.",
                         model::title(procedure.type), procedure.year.ending));
    }

    tally::MarkSpan possible_marks(std::size_t row, const model::Scale& scale, std::int32_t score) {
        std::vector<std::optional<std::int16_t>> points;
        const auto work = works_.find(table_.procedure[row]);
        std::span<const model::Task> tasks;
        if (work != works_.end() && !scale.conditions.empty()) {
            tasks = work->second->tasks;
            for (const std::int16_t point : table_.points_of(row)) {
                points.push_back(point == ResultTable::absent ? std::nullopt
                                                              : std::optional{point});
            }
        }
        return tally::possible_marks(scale, score, tasks, points).value_or(tally::MarkSpan{2, 5});
    }

    const model::Scale* scale_of(std::size_t row) {
        const std::uint64_t key = (std::uint64_t{table_.school[row]} << 32) | table_.procedure[row];
        const auto [place, fresh] = scales_.emplace(key, nullptr);
        if (fresh) {
            const std::string_view school = table_.schools.text(table_.school[row]);
            place->second =
                tally::find_scale(session_.dictionaries().scales,
                                  table_.procedures[table_.procedure[row]], region_of(school));
        }
        return place->second;
    }

    model::TerritoryId region_of(std::string_view school) const {
        const model::School* found = session_.index.find_id(school);
        model::TerritoryId id = found != nullptr ? found->territory : model::TerritoryId{};
        // Territories form short chains; the bound only guards against a ring.
        for (int step = 0; step < 8 && !id.value.empty(); ++step) {
            const auto territory =
                std::ranges::find(session_.context.territories, id, &model::Territory::id);
            if (territory == session_.context.territories.end()) break;
            if (territory->level == model::TerritoryLevel::region) return id;
            id = territory->parent;
        }
        return {};
    }

    Session& session_;
    ResultTable& table_;
    std::unordered_map<std::uint32_t, const model::Work*> works_;
    std::unordered_map<std::uint64_t, const model::Scale*> scales_;
};

}  // namespace

void complete_results(Session& session) {
    if (session.batch.results.rows() == 0) return;
    Completion completion{session};
    for (std::size_t row = 0; row < session.batch.results.rows(); ++row) completion.complete(row);
    completion.finish();
}

}  // namespace opora::intake
