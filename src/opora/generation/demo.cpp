#include "opora/generation/demo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "opora/base/rational.hpp"
#include "opora/generation/bulk_lines.hpp"
#include "opora/generation/context.hpp"
#include "opora/generation/demo_answers.hpp"
#include "opora/generation/demo_parts.hpp"
#include "opora/generation/gia_list.hpp"
#include "opora/generation/reference_sums.hpp"
#include "opora/generation/register_table.hpp"
#include "opora/generation/vpr_form.hpp"

namespace opora::generation {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view example_login = "edu000107";
constexpr std::string_view inflated_login = "edu000112";

/// Means of the invented region: a little above the district's own, from twenty times as many
/// pupils.
std::vector<model::ReferenceValue> demo_references(const DemoDistrict& district) {
    constexpr std::int64_t scale = 10'000;
    ReferenceSums sums;
    for (const DemoSchool& school : district.schools) {
        for (const CellRows& cell : school.cells) sums.add(cell);
    }
    auto references = sums.values(district.territories.front().id);
    for (model::ReferenceValue& reference : references) {
        const bool lower_is_better = reference.indicator.value == "low_share";
        const std::int64_t own = reference.value.numerator * scale / reference.value.denominator;
        const std::int64_t better = own * (lower_is_better ? 92 : 102) / 100;
        const bool share = reference.indicator.value != "mean_mark";
        reference.value = {share ? std::min(better, scale) : better, scale};
        reference.spread = base::Fraction{share ? 8 : 30, 100};
        reference.n = *reference.n * 20;
    }
    return references;
}

std::vector<model::ObjectivityMarker> demo_markers(const DemoDistrict& district) {
    std::vector<model::ObjectivityMarker> markers;
    for (const model::SchoolYear year : {demo_last_year - 1, demo_last_year}) {
        for (const DemoSchool& school : district.schools) {
            const model::School& own = school.profile.school;
            for (const int grade : {4, 5}) {
                if (grade > model::grade_high(own)) continue;
                for (const char* subject : {"russian", "mathematics"}) {
                    // Grade 5 in mathematics was added in the last year only.
                    const bool marked =
                        own.login == inflated_login &&
                        (grade == 4 || (year == demo_last_year && subject[0] == 'm'));
                    markers.push_back({own.id, year, {subject}, grade, marked});
                }
            }
        }
    }
    return markers;
}

/// Seven schools with low results and one with signs of non-objectivity (document S4, clause 1),
/// and the schools of the most adverse context.
std::vector<model::ImportedIndicator> demo_official_lists(const DemoDistrict& district) {
    constexpr double adverse = -0.85;
    std::vector<model::ImportedIndicator> lists;
    for (const DemoSchool& school : district.schools) {
        const model::School& own = school.profile.school;
        const auto add = [&](const char* list, bool named) {
            lists.push_back({own.id, demo_last_year, {list}, {named ? 1 : 0, 1}, {}});
        };
        const bool low = school.profile.kind == SchoolKind::low;
        const bool in_adverse_context = school.profile.context < adverse;
        add("official_list", low || in_adverse_context);
        add("official_list_low", low);
        add("official_list_adverse", in_adverse_context);
        add("official_list_objectivity", own.login == inflated_login);
    }
    return lists;
}

std::string short_name(const WorkForm& work) {
    const bool russian = work.subject == "russian";
    return fmt::format("{}{}",
                       russian                         ? "РУ"
                       : work.subject == "mathematics" ? "МА"
                                                       : "ОМ",
                       work.grade);
}

/// A file to import, with its kind (docs/data.md).
struct DemoFile {
    fs::path path;
    std::string kind;
};

class DemoWriter {
public:
    DemoWriter(fs::path directory, const DemoDistrict& district,
               std::span<const model::Questionnaire> questionnaires)
        : directory_{std::move(directory)}, district_{district}, questionnaires_{questionnaires} {
        for (const DemoSchool& school : district.schools) schools_.push_back(school.profile.school);
    }

    std::vector<DemoFile> write() {
        fs::create_directories(directory_);
        write_registers();
        for (auto year = demo_first_year; year <= demo_last_year; year = year + 1) {
            for (const WorkForm& work : works()) write_work(work, year);
        }
        write_annual();
        write_answers();
        write_readme();
        return std::move(files_);
    }

private:
    void write_registers() {
        write_csv(place("Территории.csv", "territories"), territories_table(district_.territories));
        write_workbook(place("Школы.xlsx", "schools"), schools_table(schools_));
        const auto facts = [&](const char* name, const char* kind) {
            write_workbook(place(name, kind),
                           facts_table(kind, district_.facts, Headings::russian));
        };
        facts("Социальные паспорта.xlsx", "passports");
        facts("Движение после 9 класса.xlsx", "flows");
        facts("Кадры.xlsx", "staff");
        write_workbook(place("Педагоги.xlsx", "teachers"), teachers_table(district_.teachers));
        write_workbook(place("Нагрузка.xlsx", "loads"), loads_table(district_.loads));
        write_csv(place("Значения по области.csv", "references"),
                  references_table(district_.references));
        write_workbook(
            place("Признаки необъективности.xlsx", "objectivity-markers"),
            markers_table(district_.markers, schools_, district_.territories.back().name));
        write_csv(place("Официальные перечни.csv", "indicators"),
                  indicators_table(district_.official_lists));
    }

    void write_work(const WorkForm& work, model::SchoolYear year) {
        VprForm form{&work, year, district_.territories.back().name, {}, demo_spec().seed};
        GiaList list{&work, year, district_.territories.back().id.value, {}, demo_spec().seed};
        for (const DemoSchool& school : district_.schools) {
            const auto cell = std::ranges::find_if(school.cells, [&](const CellRows& rows) {
                return rows.work == &work && rows.year == year;
            });
            if (cell == school.cells.end()) continue;
            // One school sends files of its own, as most schools do.
            if (work.type == model::ProcedureType::vpr && year == demo_last_year &&
                school.profile.school.login == example_login) {
                VprForm own = form;
                own.schools = {{school.profile.school, &*cell}};
                const auto name = fmt::format("Ф1 {} {}.xlsx", short_name(work), example_login);
                write_vpr_form(place(name, "vpr-f1"), own);
                continue;
            }
            form.schools.push_back({school.profile.school, &*cell});
            list.schools.push_back({school.profile.school, &*cell});
        }
        if (form.schools.empty()) return;
        if (work.type == model::ProcedureType::vpr) {
            const auto name = fmt::format("Ф1 {} {}.xlsx", short_name(work), year.ending);
            write_vpr_form(place(name, "vpr-f1"), form);
        } else {
            const bool oge = work.type == model::ProcedureType::oge;
            const auto name =
                fmt::format("{} {} {}.csv", oge ? "ОГЭ" : "ЕГЭ", work.rcoi_code, year.ending);
            write_gia_list(place(name, "gia-list"), list,
                           oge ? TextEncoding::windows_1251 : TextEncoding::utf8, LineEnd::crlf);
        }
    }

    void write_annual() {
        std::string lines{bulk_heading};
        for (const DemoSchool& school : district_.schools) {
            for (const CellRows& cell : school.annual) {
                append_bulk_lines(lines, school.profile.school.id.value, cell);
            }
        }
        TextFile file{place("Годовые отметки.csv", "bulk")};
        file.write(lines);
        file.close();
    }

    void write_answers() {
        const auto tables = demo_answers(district_, questionnaires_);
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const auto name = fmt::format("Ответы, {}.csv", model::title(questionnaires_[i].group));
            write_csv(place(name, "answers"), tables[i]);
        }
    }

    void write_readme() const {
        TextFile readme{directory_ / "README.txt"};
        readme.write(
            "ВЫМЫШЛЕННЫЕ ДАННЫЕ\n\n"
            "Ручейковский район, его школы, педагоги, участники, результаты и ответы на анкеты "
            "вымышлены; любое "
            "совпадение с\n"
            "действительными названиями случайно. Район одинаков при каждом создании.\n\n"
            "Файлы загружаются в таком порядке (opora import ПАПКА ФАЙЛ --as ВИД):\n");
        for (const DemoFile& file : files_) {
            readme.write(fmt::format("  {:22} {}\n", file.kind, file.path.filename().string()));
        }
        readme.close();
    }

    fs::path place(std::string_view name, std::string_view kind) {
        files_.push_back({directory_ / name, std::string{kind}});
        return files_.back().path;
    }

    fs::path directory_;
    const DemoDistrict& district_;
    std::span<const model::Questionnaire> questionnaires_;
    std::vector<model::School> schools_;
    std::vector<DemoFile> files_;
};

}  // namespace

DemoDistrict demo_district() {
    const TerritorySpec spec = demo_spec();
    DemoDistrict district{.territories = demo_territories()};
    for (const SchoolProfile& profile : demo_profiles()) {
        DemoSchool school{profile, demo_cells(profile), {}};
        for (auto year = spec.first; year <= spec.last; year = year + 1) {
            std::ranges::move(draw_annual_marks(spec, profile, 1.0, year),
                              std::back_inserter(school.annual));
            std::ranges::move(context_facts(spec, profile, 1.0, year),
                              std::back_inserter(district.facts));
        }
        district.schools.push_back(std::move(school));
    }
    calibrate_annual_marks(district.schools);
    add_demo_staff(district);
    district.references = demo_references(district);
    district.markers = demo_markers(district);
    district.official_lists = demo_official_lists(district);
    return district;
}

std::vector<std::filesystem::path> write_demo_files(
    const std::filesystem::path& directory, std::span<const model::Questionnaire> questionnaires) {
    const DemoDistrict district = demo_district();
    std::vector<std::filesystem::path> paths;
    for (DemoFile& file : DemoWriter{directory, district, questionnaires}.write()) {
        paths.push_back(std::move(file.path));
    }
    return paths;
}

}  // namespace opora::generation
