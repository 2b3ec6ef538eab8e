#include "opora/application/objectivity.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "opora/application/identifying.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/base/russian.hpp"
#include "opora/cli/command.hpp"
#include "opora/cli/territory.hpp"
#include "opora/wording/objectivity_words.hpp"

namespace opora::cli {

namespace {

using application::ObjectivityFindings;
using indicators::Evidence;
using indicators::SchoolNumber;
using wording::ColumnStyle;
using wording::TableCell;

struct Arguments {
    std::filesystem::path directory;
    int year = 0;
    std::string level = "5%";
    std::string reference = "region";
    std::optional<std::string> school;
    std::optional<std::string> territory;
    bool marked_only = false;
    OutputOptions output;
};

const std::vector<wording::Column> columns{
    {"school_id", "Код школы"},
    {"year", "Год"},
    {"type", "Процедура"},
    {"subject", "Предмет"},
    {"grade", "Класс", ColumnStyle::whole},
    {"class", "Класс (литера)"},
    {"marker", "Признак"},
    {"official", "Официальный"},
    {"tested", "Проверено"},
    {"reason", "Почему не проверено"},
    {"approximate", "Приближённо"},
    {"n", "n", ColumnStyle::whole},
    {"value", "Статистика", ColumnStyle::number},
    {"observed", "Наблюдается", ColumnStyle::number},
    {"expected", "Ожидается", ColumnStyle::number},
    {"second_observed", "Наблюдается (2)", ColumnStyle::number},
    {"second_expected", "Ожидается (2)", ColumnStyle::number},
    {"p", "p", ColumnStyle::number},
    {"q", "q", ColumnStyle::number},
    {"marked", "Отмечено"},
    {"words", "Что найдено"}};

/// «5%», «5 %», «0.05»: more than 0 and less than 1.
std::optional<double> level_of(std::string text) {
    std::erase_if(text, [](char symbol) { return symbol == ' '; });
    std::ranges::replace(text, ',', '.');
    const bool percent = text.ends_with('%');
    if (percent) text.pop_back();
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (percent) number /= 100;
    return 0 < number && number < 1 ? std::optional{number} : std::nullopt;
}

TableCell number_or_none(bool known, double number) {
    return known ? TableCell{number} : TableCell{};
}

std::vector<TableCell> cells_of(const model::ObjectivityRow& row, int year) {
    const bool tested = row.untested == model::Untested::none;
    std::vector<TableCell> cells{row.school.value};
    if (row.procedure) {
        cells.insert(cells.end(),
                     {std::int64_t{row.procedure->year.ending},
                      std::string{model::code(row.procedure->type)}, row.procedure->subject.value,
                      std::int64_t{row.procedure->grade}});
    } else {
        cells.insert(cells.end(), {std::int64_t{year}, {}, {}, {}});
    }
    const auto text_or_none = [](std::string_view text) {
        return text.empty() ? TableCell{} : TableCell{std::string{text}};
    };
    cells.insert(
        cells.end(),
        {text_or_none(row.class_name), std::string{model::code(row.sign)}, false, tested,
         text_or_none(model::code(row.untested)), tested ? TableCell{row.approximate} : TableCell{},
         std::int64_t{row.n}, number_or_none(tested, row.statistic),
         number_or_none(tested, row.observed), number_or_none(tested, row.expected),
         number_or_none(tested, row.second_observed), number_or_none(tested, row.second_expected),
         number_or_none(tested, row.p), number_or_none(tested, row.q),
         tested ? TableCell{row.marked} : TableCell{}, wording::objectivity_sentence(row)});
    return cells;
}

std::vector<TableCell> cells_of(const model::ObjectivityMarker& marker) {
    std::vector<TableCell> cells{marker.school.value, std::int64_t{marker.year.ending},
                                 std::string{"vpr"}, marker.subject.value,
                                 std::int64_t{marker.grade}};
    cells.resize(columns.size());
    cells[6] = std::string{"official"};
    cells[7] = true;
    cells[19] = marker.marked;
    cells[20] = std::string{marker.marked ? "официальный признак" : "официального признака нет"};
    return cells;
}

/// What is shown and summed up: the schools asked for.
class Report {
public:
    Report(const Evidence& evidence, const ObjectivityFindings& findings,
           const Arguments& arguments, std::optional<model::SchoolId> school)
        : evidence_{evidence}, findings_{findings}, arguments_{arguments} {
        for (SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
            const model::School& one = evidence.schools()[i];
            wanted_.push_back((!school || one.id == *school) &&
                              (!arguments.territory ||
                               application::lies_in(evidence, one, {*arguments.territory})));
        }
    }

    void write_rows(RowWriter& writer) const {
        auto row = findings_.inspection.rows.begin();
        for (SchoolNumber i = 0; i < wanted_.size(); ++i) {
            for (const model::ObjectivityMarker& marker : evidence_.markers(i)) {
                const bool shown = wanted_[i] && marker.year.ending == arguments_.year &&
                                   (marker.marked || !arguments_.marked_only);
                if (shown) writer.add(cells_of(marker));
            }
            for (; row != findings_.inspection.rows.end() && row->school == i; ++row) {
                if (!wanted_[i] || (arguments_.marked_only && !row->marked)) continue;
                writer.add(
                    cells_of(application::named(evidence_, findings_, *row), arguments_.year));
            }
        }
    }

    wording::Table people() const {
        wording::Table table{.title = "Объективность",
                             .columns = {{"school_id", "Код школы"},
                                         {"school_name", "Школа"},
                                         {"official", "Официальных", ColumnStyle::whole},
                                         {"grounds", "Независимых", ColumnStyle::whole},
                                         {"q", "q", ColumnStyle::number},
                                         {"signs", "Что замечено"}}};
        for (SchoolNumber i = 0; i < wanted_.size(); ++i) {
            if (!wanted_[i]) continue;
            const auto official = official_count(i);
            const objectivity::SchoolSigns* own = signs_of(i);
            const bool marked = own != nullptr && own->marked > 0;
            if (official == 0 && !marked) continue;
            table.rows.push_back({evidence_.schools()[i].id.value, evidence_.schools()[i].name,
                                  official, std::int64_t{own == nullptr ? 0 : own->grounds},
                                  own == nullptr ? TableCell{} : TableCell{own->q}, signs_text(i)});
        }
        return table;
    }

    std::string closing() const {
        std::int64_t tested = 0;
        std::int64_t marked = 0;
        std::int64_t official = 0;
        std::int64_t took = 0;
        for (SchoolNumber i = 0; i < wanted_.size(); ++i) {
            if (!wanted_[i]) continue;
            const objectivity::SchoolSigns* own = signs_of(i);
            tested += own != nullptr ? 1 : 0;
            marked += own != nullptr && own->marked > 0 ? 1 : 0;
            official += official_count(i) > 0 ? 1 : 0;
            took += took_russian_4(i) ? 1 : 0;
        }
        const base::PluralForms schools{"школы", "школ", "школ"};
        std::string text = fmt::format(
            "Вычисленные признаки: у {} из {}{}.", marked, base::counted(tested, schools),
            tested > 0 ? " (" + base::percent({marked, tested}) + ")" : "");
        text += fmt::format(
            " Официальные: у {} из {}, писавших ВПР по русскому языку в 4 "
            "классе{}.",
            official, base::counted(took, schools),
            took > 0 ? " (" + base::percent({official, took}) + ")" : "");
        return text +
               fmt::format(
                   " Ожидаемая доля школ, отмеченных случайно, среди отмеченных — не более {} %."
                   " Признак — {}, а не вывод о необъективности.",
                   base::decimal_comma(100 * findings_.inspection.level, 1),
                   wording::objectivity_caution);
    }

private:
    const objectivity::SchoolSigns* signs_of(SchoolNumber school) const {
        const auto& all = findings_.inspection.schools;
        const auto place =
            std::ranges::lower_bound(all, school, {}, &objectivity::SchoolSigns::school);
        return place != all.end() && place->school == school ? &*place : nullptr;
    }

    std::int64_t official_count(SchoolNumber school) const {
        return std::ssize(application::official_marks(evidence_, school, {arguments_.year}));
    }

    bool took_russian_4(SchoolNumber school) const {
        return std::ranges::any_of(evidence_.cells_of(school), [&](const auto& cell) {
            const model::Procedure& held = evidence_.procedures()[cell.procedure];
            return held.type == model::ProcedureType::vpr && held.grade == 4 &&
                   held.year.ending == arguments_.year && held.subject.value == "russian";
        });
    }

    /// «пик баллов на границе отметки (3), …»: the number of results of each.
    std::string signs_text(SchoolNumber school) const {
        std::array<int, model::objectivity_signs> counts{};
        const auto& rows = findings_.inspection.rows;
        for (auto row = std::ranges::lower_bound(rows, school, {}, &objectivity::Row::school);
             row != rows.end() && row->school == school; ++row) {
            if (row->marked) ++counts[static_cast<std::size_t>(row->sign)];
        }
        std::string text;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] == 0) continue;
            if (!text.empty()) text += ", ";
            text += fmt::format("{} ({})", model::title(static_cast<model::ObjectivitySign>(i)),
                                counts[i]);
        }
        return text;
    }

    const Evidence& evidence_;
    const ObjectivityFindings& findings_;
    const Arguments& arguments_;
    std::vector<char> wanted_;
};

int show_objectivity(const application::Adapters& adapters, const Arguments& arguments) {
    const auto level = level_of(arguments.level);
    if (!level) {
        return refuse(base::Error{.code = "level_wrong",
                                  .message = "уровень — доля больше 0 % и меньше 100 %",
                                  .expected = "5%",
                                  .found = arguments.level});
    }
    const auto format = format_of(arguments.output);
    if (!format) return refuse(format.error());
    const auto scales = application::scales_in_force(adapters, arguments.directory);
    if (!scales) return refuse(scales.error());
    const auto store = adapters.open_store(arguments.directory, ports::OpenMode::read);
    const auto loaded = application::load_evidence(*store);
    const auto territory = expect_territory(arguments.territory, loaded.evidence.territories());
    if (!territory) return refuse(territory.error());
    std::optional<model::SchoolId> school;
    if (arguments.school) {
        school = application::resolve_school(loaded.evidence, *arguments.school);
        if (!school) {
            return refuse(base::Error{.code = "school_unknown",
                                      .message = "такой школы нет в реестре",
                                      .found = *arguments.school});
        }
    }
    const auto findings = application::find_objectivity_signs(
        *store, loaded, *scales,
        {.year = {arguments.year},
         .level = *level,
         .reference = arguments.reference == "cluster" ? objectivity::Reference::cluster
                                                       : objectivity::Reference::region});
    const Report report{loaded.evidence, findings, arguments, school};
    const bool for_people = *format == Format::table;
    if (for_people && !school) {
        const auto written = write_table(report.people(), arguments.output);
        if (!written) return refuse(written.error());
    } else {
        auto writer = row_writer("Объективность", columns, arguments.output);
        if (!writer) return refuse(writer.error());
        report.write_rows(**writer);
        const auto written = (*writer)->finish();
        if (!written) return refuse(written.error());
    }
    if (for_people) say(report.closing());
    return done;
}

}  // namespace

void add_objectivity_command(CommandLine& line) {
    auto* command = line.app.add_subcommand(
        "objectivity", "Найти признаки необъективности результатов (не доказательства)");
    auto arguments = std::make_shared<Arguments>();
    add_directory(*command, arguments->directory);
    command->add_option("--year", arguments->year, "Год окончания учебного года")
        ->required()
        ->check(CLI::Range(model::year_min.ending, model::year_max.ending));
    command->add_option("--level", arguments->level,
                        "Ожидаемая доля случайных среди отмеченных школ (по умолчанию 5%)");
    command
        ->add_option("--group", arguments->reference,
                     "С кем сравнивать средний результат: region, cluster")
        ->check(CLI::IsMember({"region", "cluster"}));
    command->add_option("--school", arguments->school, "Только эта школа, со всеми проверками");
    command->add_option("--territory", arguments->territory, "Только школы этой территории");
    command->add_flag("--marked", arguments->marked_only, "Только отмеченное");
    add_output_options(*command, arguments->output);
    command->footer("Пример: opora objectivity район --year 2024 --level 5%");
    command->callback([&line, arguments] {
        line.action = [&line, arguments] { return show_objectivity(line.adapters, *arguments); };
    });
}

}  // namespace opora::cli
