#include <fmt/format.h>

#include <algorithm>

#include "opora/base/russian.hpp"
#include "opora/cli/table_cells.hpp"
#include "opora/cli/typology_tables.hpp"

namespace opora::cli {

using wording::ColumnStyle;
using wording::Table;
using wording::TableCell;

namespace {

constexpr auto number = ColumnStyle::number;
constexpr auto whole = ColumnStyle::whole;

}  // namespace

namespace {

Table members_table(const model::ContextClustering& clustering) {
    Table table{.title = "Школы",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"cluster", "Группа", whole},
                            {"distance", "Расстояние до центра", number},
                            {"known_share", "Известная часть условий", number},
                            {"note", "Примечание"}}};
    for (const model::ClusterMember& one : clustering.members) {
        table.rows.push_back({one.school.value, one.name,
                              one.cluster ? TableCell{std::int64_t{*one.cluster}} : TableCell{},
                              one.cluster ? TableCell{one.distance} : TableCell{}, one.known_share,
                              text_cell(one.note)});
    }
    return table;
}

Table clusters_table(const model::ContextClustering& clustering) {
    Table table{.title = "Группы",
                .columns = {{"cluster", "Группа", whole},
                            {"schools", "Школ", whole},
                            {"words", "Чем отличается"},
                            {"silhouette", "Силуэт", number},
                            {"stability", "Повторяемость", number}}};
    for (const model::ContextCluster& one : clustering.clusters) {
        table.rows.push_back({std::int64_t{one.number}, std::int64_t{one.schools}, one.words,
                              number_cell(one.silhouette), number_cell(one.stability)});
    }
    return table;
}

Table features_table(const model::ContextClustering& clustering) {
    Table table{.title = "Условия групп",
                .columns = {{"cluster", "Группа", whole},
                            {"feature", "Код условия"},
                            {"title", "Условие"},
                            {"mean", "Среднее", number},
                            {"standard", "В стандартных отклонениях от всех школ", number}}};
    for (const model::ContextCluster& one : clustering.clusters) {
        for (const model::ClusterFeature& feature : one.features) {
            table.rows.push_back({std::int64_t{one.number}, feature.feature, feature.title,
                                  feature.mean, feature.standard});
        }
    }
    return table;
}

Table counts_table(const model::ContextClustering& clustering) {
    Table table{.title = "Число групп",
                .columns = {{"clusters", "Групп", whole},
                            {"silhouette", "Силуэт", number},
                            {"stability", "Устойчивость", number},
                            {"stability_spread", "Разброс устойчивости", number},
                            {"smallest", "Школ в наименьшей", whole},
                            {"chosen", "Выбрано"},
                            {"objection", "Что мешает"}}};
    for (const model::ClusterCountTrial& one : clustering.trials) {
        table.rows.push_back({std::int64_t{one.clusters}, number_cell(one.silhouette),
                              one.stability, one.stability_spread, std::int64_t{one.smallest},
                              one.clusters == clustering.clusters_chosen,
                              text_cell(one.objection)});
    }
    return table;
}

}  // namespace

TypologyAnswer clusters_answer(const model::ContextClustering& clustering) {
    TypologyAnswer answer;
    answer.parts = {{"members", members_table(clustering)},
                    {"clusters", clusters_table(clustering)},
                    {"features", features_table(clustering)},
                    {"counts", counts_table(clustering)}};
    answer.readable = {answer.parts[3].second, answer.parts[1].second, answer.parts[0].second};
    answer.closing = clustering.explanation;
    answer.closing += fmt::format(
        " Группы составлены по {}, условия которых известны полностью{}.",
        base::counted(clustering.schools_used, {"школе", "школам", "школам"}),
        clustering.silhouette_sampled ? "; силуэт измерен по случайной части из них" : "");
    for (const model::ContextCluster& one : clustering.clusters) {
        answer.closing +=
            fmt::format("\nГруппа {} ({}): {}.", one.number,
                        base::counted(one.schools, {"школа", "школы", "школ"}), one.words);
    }
    if (!clustering.left_out.empty()) {
        answer.closing +=
            fmt::format("\nНе использованы: {}.", fmt::join(clustering.left_out, "; "));
    }
    return answer;
}

namespace {

std::string differences_text(const std::vector<model::ContextDifference>& differences) {
    std::string text;
    for (const model::ContextDifference& one : differences) {
        text += fmt::format("{}{} {}{}", text.empty() ? "" : "; ", one.title,
                            one.difference > 0 ? "+" : "", decimal_text(one.difference, 1));
    }
    return text;
}

Table comparisons_table(const std::vector<model::SchoolComparison>& comparisons) {
    Table table{.title = "Результат среди похожих",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"result", "Результат", number},
                            {"se", "Ст. ошибка", number},
                            {"comparable", "Похожих школ с результатом", whole},
                            {"comparable_mean", "Среднее похожих", number},
                            {"comparable_deviation", "Их разброс", number},
                            {"difference", "Разность", number},
                            {"ci_low", "ДИ 95 % от", number},
                            {"ci_high", "ДИ 95 % до", number},
                            {"lower_share", "Доля похожих с худшим результатом", number},
                            {"reason", "Почему нет сравнения"}}};
    for (const model::SchoolComparison& one : comparisons) {
        std::vector<TableCell> row{one.school.value, one.name};
        if (const auto& result = one.result) {
            row.insert(row.end(),
                       {result->own, result->standard_error, std::int64_t{result->comparable},
                        result->comparable_mean, result->comparable_deviation, result->difference,
                        result->low, result->high, result->lower_share, TableCell{}});
        } else {
            row.resize(11);
            row.emplace_back(one.reason);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

const std::vector<wording::Column> neighbour_columns{
    {"school_id", "Код школы"},         {"place", "Место", whole},
    {"comparable_id", "Похожая школа"}, {"comparable_name", "Её название"},
    {"distance", "Расстояние", number}, {"known_share", "Общая известная часть условий", number},
    {"result", "Её результат", number}, {"differences", "Чем отличается больше всего"}};

std::vector<std::vector<TableCell>> neighbour_rows(const model::SchoolComparison& one) {
    std::vector<std::vector<TableCell>> rows;
    for (const model::ComparableSchool& other : one.comparable) {
        rows.push_back({one.school.value, std::ssize(rows) + 1, other.school.value, other.name,
                        other.distance, other.known_share, number_cell(other.result),
                        differences_text(other.differences)});
    }
    return rows;
}

Table readable_comparisons(const std::vector<model::SchoolComparison>& comparisons) {
    Table table{.title = "Результат школы среди похожих по условиям",
                .columns = {{"school_id", "Код школы"},
                            {"school_name", "Школа"},
                            {"result", "Результат"},
                            {"mean", "У похожих"},
                            {"difference", "Разность (95 % ДИ)"},
                            {"lower_share", "Хуже неё"}}};
    for (const model::SchoolComparison& one : comparisons) {
        const auto& result = one.result;
        table.rows.push_back(
            {one.school.value, one.name, result ? decimal_text(result->own) : "—",
             result ? decimal_text(result->comparable_mean) : "—",
             result ? interval_text(result->difference, result->low, result->high) : one.reason,
             result ? share_text(result->lower_share) : "—"});
    }
    return table;
}

}  // namespace

TypologyAnswer neighbours_answer(const application::ComparableSchools& schools, bool one) {
    using typology::ComparisonDetail;
    std::vector<model::SchoolComparison> comparisons;
    for (std::size_t i = 0; i < schools.count(); ++i) {
        comparisons.push_back(
            schools.comparison(i, one ? ComparisonDetail::schools : ComparisonDetail::result));
    }
    TypologyAnswer answer;
    answer.parts = {{"comparisons", comparisons_table(comparisons)}};
    answer.readable = {readable_comparisons(comparisons)};
    if (one) {
        Table table{.title = "Похожие школы",
                    .columns = neighbour_columns,
                    .rows = neighbour_rows(comparisons.front())};
        answer.readable.push_back(table);
        answer.parts.insert(answer.parts.begin(), {"neighbours", std::move(table)});
    }
    const auto apart = [&](bool above) {
        return std::ranges::count_if(comparisons, [&](const auto& school) {
            return school.result && (above ? school.result->low > 0 : school.result->high < 0);
        });
    };
    answer.closing = fmt::format(
        "Похожие школы подобраны только по условиям, без результатов. Значимо выше похожих: {}, "
        "значимо ниже: {}. Результаты — в стандартных отклонениях учеников.",
        apart(true), apart(false));
    return answer;
}

base::Result<base::Done> write_neighbours(const application::ComparableSchools& schools,
                                          const OutputOptions& output) {
    const auto writer = OPORA_TRY(row_writer("Похожие школы", neighbour_columns, output));
    for (std::size_t i = 0; i < schools.count(); ++i) {
        for (auto& row :
             neighbour_rows(schools.comparison(i, typology::ComparisonDetail::schools))) {
            writer->add(std::move(row));
        }
    }
    return writer->finish();
}

}  // namespace opora::cli
