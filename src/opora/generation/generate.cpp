#include "opora/generation/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/expects.hpp"
#include "opora/generation/bulk_lines.hpp"
#include "opora/generation/file_layout.hpp"
#include "opora/generation/names.hpp"
#include "opora/generation/reference_sums.hpp"
#include "opora/generation/register_table.hpp"
#include "opora/generation/staff.hpp"
#include "opora/generation/territory.hpp"

namespace opora::generation {
namespace {

namespace fs = std::filesystem;

std::int32_t municipalities(const TerritorySpec& spec) {
    return (spec.schools + municipality_schools - 1) / municipality_schools;
}

/// What one municipality adds to the files of the whole territory, as text.
struct Part {
    std::string schools;
    std::string passports;
    std::string flows;
    std::string truth;
    std::string true_shares;
    std::vector<model::Teacher> teachers;
    std::vector<model::TeachingLoad> loads;
    std::vector<model::SchoolFact> facts;  ///< Of the staff and, for workbooks, of the passports.
    std::map<int, std::string> protocols;  ///< By year.
    ReferenceSums references;
    std::int64_t rows = 0;
    std::int64_t files = 0;
};

/// How the results were distorted is told only where it was asked for.
enum class TruthColumns : std::uint8_t { kind, distortion };

TruthColumns columns_of(const TerritorySpec& spec) {
    return spec.distorted > 0 ? TruthColumns::distortion : TruthColumns::kind;
}

std::string truth_heading(TruthColumns columns) {
    return fmt::format("school_id,year,kind,true_fail_share{}\n",
                       columns == TruthColumns::distortion ? ",distortion" : "");
}

std::string truth_lines(const std::vector<Truth>& truth, TruthColumns columns) {
    std::string lines;
    for (const Truth& line : truth) {
        const std::string share =
            line.fail_share ? fmt::format("{:.6f}", *line.fail_share) : std::string{};
        lines += fmt::format("{},{},{},{}", line.school, line.year.ending, code(line.kind), share);
        if (columns == TruthColumns::distortion) lines += fmt::format(",{}", code(line.distortion));
        lines += '\n';
    }
    return lines;
}

std::string true_share_lines(const std::vector<Truth>& truth) {
    std::string lines;
    for (const Truth& line : truth) {
        for (const auto& [work, share] : line.procedures) {
            lines += fmt::format("{},{},{},{},{},{:.6f}\n", line.school, line.year.ending,
                                 model::code(work->type), work->subject, work->grade, share);
        }
    }
    return lines;
}

void add_school(Part& part, const SchoolOutput& school, Layout layout, TruthColumns columns) {
    part.schools += csv_lines(schools_table({&school.profile.school, 1}));
    part.passports += csv_lines(facts_table("passports", school.facts, Headings::codes));
    part.flows += csv_lines(facts_table("flows", school.facts, Headings::codes));
    part.truth += truth_lines(school.truth, columns);
    part.true_shares += true_share_lines(school.truth);
    for (const CellRows& cell : school.cells) {
        part.rows += std::ssize(cell.pupils);
        if (layout != Layout::files) {
            append_bulk_lines(part.protocols[cell.year.ending], school.profile.school.id.value,
                              cell);
        } else if (cell.work->type != model::ProcedureType::annual) {
            part.references.add(cell);
        }
    }
}

Part make_part(const GenerateRequest& request, const Generator& generator,
               std::int32_t municipality) {
    const std::int32_t first = municipality * municipality_schools + 1;
    const std::int32_t last = std::min(first + municipality_schools - 1, request.spec.schools);
    const bool files = request.layout == Layout::files;
    Part part;
    std::vector<SchoolOutput> schools;
    for (std::int32_t number = first; number <= last; ++number) {
        auto school = generator.school(number, files ? JournalMarks::drawn : JournalMarks::none);
        add_school(part, school, request.layout, columns_of(request.spec));
        if (!files) continue;
        auto staff = generator.staff(number);
        std::ranges::move(staff.teachers, std::back_inserter(part.teachers));
        std::ranges::move(staff.loads, std::back_inserter(part.loads));
        std::ranges::move(staff.facts, std::back_inserter(part.facts));
        std::ranges::copy(school.facts, std::back_inserter(part.facts));
        schools.push_back(std::move(school));
    }
    if (files) {
        const auto name = municipality_name(request.spec.seed, municipality);
        part.files += write_protocol_files(request.out, generator, schools, name);
    }
    return part;
}

std::string_view readme_text() {
    return R"(ВЫМЫШЛЕННЫЕ ДАННЫЕ

Всё в этой папке создано программой «Опора»: территории, школы, педагоги, участники и результаты вымышлены.
Любое совпадение с действительными названиями случайно.

Что здесь лежит
  territories.csv   территории
  schools.csv       школы
  passports.csv     социальные паспорта по годам (часть значений намеренно отсутствует)
  flows.csv         окончившие 9 класс и принятые в 10 класс
  truth.csv         заложенная истина; в программу она не загружается: school_id,year,kind,true_fail_share,
                    где kind: low (низкие результаты), resilient (резильентная), inflated (завышенные отметки),
                    small (малая сельская), plain (обычная)
  true_shares.csv   истинная доля не преодолевших порог в каждой процедуре, тоже только для проверки
)";
}

std::string_view distortion_text() {
    return R"(  truth.csv, колонка distortion — чем искажены результаты: none (ничем), inflated и borders (баллы
                    подняты до границы отметки), helped (помощь на всех ВПР), primary (на ВПР 4 класса),
                    passing (классам «А» 5 и 7 параллели), copied (класс «А» сдаёт одну работу),
                    journal (отметки в журнале выше работ)
)";
}

std::string_view layout_text(Layout layout) {
    switch (layout) {
        case Layout::files:
            return R"(  vpr/ГОД           формы Ф1 ВПР, xlsx, одна на школу, предмет и класс
                    (часть файлов намеренно неаккуратна)
  oge/ГОД, ege/ГОД  списки РЦОИ, csv в UTF-8 и windows-1251; люди в них вымышлены
  annual            годовые отметки, если они заказаны
  passports.xlsx, flows.xlsx, staff.xlsx, teachers.csv, loads.csv, references.csv

Как загрузить (сначала территории и школы)
  opora init ПАПКА
  opora import ПАПКА territories.csv
  opora import ПАПКА schools.csv
  opora import ПАПКА passports.xlsx flows.xlsx staff.xlsx teachers.csv loads.csv references.csv
  opora import ПАПКА vpr/*/*.xlsx oge/*/*.csv ege/*/*.csv
)";
        case Layout::csv:
        case Layout::parquet:
            return R"(  protocols-ГОД     протоколы одной таблицей: школа, предмет, класс, год,
                    класс с буквой, балл, отметка, процедура

Как загрузить (сначала территории и школы)
  opora init ПАПКА
  opora import ПАПКА territories.csv
  opora import ПАПКА schools.csv
  opora import ПАПКА passports.csv flows.csv
  opora import ПАПКА protocols-*
)";
    }
    return "";
}

/// The files of the whole territory, grown part by part.
class TerritoryFiles {
public:
    TerritoryFiles(const GenerateRequest& request, const Generator& generator)
        : request_{request},
          schools_{request.out / "schools.csv"},
          passports_{request.out / "passports.csv"},
          flows_{request.out / "flows.csv"},
          truth_{request.out / "truth.csv"},
          true_shares_{request.out / "true_shares.csv"} {
        write_csv(request.out / "territories.csv", territories_table(generator.territories()));
        schools_.write(csv_heading(schools_table({})));
        passports_.write(csv_heading(facts_table("passports", {}, Headings::codes)));
        flows_.write(csv_heading(facts_table("flows", {}, Headings::codes)));
        truth_.write(truth_heading(columns_of(request.spec)));
        true_shares_.write("school_id,year,type,subject,grade,true_share\n");
        TextFile readme{request.out / "README.txt"};
        readme.write(readme_text());
        if (request.spec.distorted > 0) readme.write(distortion_text());
        readme.write(layout_text(request.layout));
        readme.close();
        summary_.files = 7;
        if (request.layout != Layout::files) open_protocols();
    }

    void add(Part part) {
        schools_.write(part.schools);
        passports_.write(part.passports);
        flows_.write(part.flows);
        truth_.write(part.truth);
        true_shares_.write(part.true_shares);
        for (const auto& [year, lines] : part.protocols) protocols_.at(year).write(lines);
        summary_.protocols += part.rows;
        summary_.files += part.files;
        references_.merge(part.references);
        std::ranges::move(part.teachers, std::back_inserter(teachers_));
        std::ranges::move(part.loads, std::back_inserter(loads_));
        std::ranges::move(part.facts, std::back_inserter(facts_));
    }

    GenerateSummary finish(const Generator& generator) {
        for (TextFile* file : {&schools_, &passports_, &flows_, &truth_, &true_shares_})
            file->close();
        for (auto& [year, file] : protocols_) finish_protocols(year, file);
        if (request_.layout == Layout::files) write_registers(generator);
        summary_.schools = request_.spec.schools;
        return summary_;
    }

private:
    fs::path protocol_path(int year, std::string_view extension) const {
        return request_.out / fmt::format("protocols-{}.{}", year, extension);
    }

    void open_protocols() {
        for (auto year = request_.spec.first; year <= request_.spec.last; year = year + 1) {
            const auto place =
                protocols_.emplace(year.ending, TextFile{protocol_path(year.ending, "csv")}).first;
            place->second.write(bulk_heading);
            ++summary_.files;
        }
    }

    void finish_protocols(int year, TextFile& file) {
        file.close();
        if (request_.layout != Layout::parquet) return;
        request_.write_bulk_parquet(protocol_path(year, "csv"), protocol_path(year, "parquet"));
        fs::remove(protocol_path(year, "csv"));
    }

    void write_registers(const Generator& generator) {
        write_workbook(request_.out / "passports.xlsx",
                       facts_table("passports", facts_, Headings::russian));
        write_workbook(request_.out / "flows.xlsx",
                       facts_table("flows", facts_, Headings::russian));
        write_workbook(request_.out / "staff.xlsx",
                       facts_table("staff", facts_, Headings::russian));
        write_csv(request_.out / "teachers.csv", teachers_table(teachers_));
        write_csv(request_.out / "loads.csv", loads_table(loads_));
        // One region for its own means is enough: larger territories have means of their own.
        write_csv(request_.out / "references.csv",
                  references_table(references_.values(generator.territories().front().id)));
        summary_.files += 6;
    }

    const GenerateRequest& request_;
    TextFile schools_;
    TextFile passports_;
    TextFile flows_;
    TextFile truth_;
    TextFile true_shares_;
    std::map<int, TextFile> protocols_;
    std::vector<model::Teacher> teachers_;
    std::vector<model::TeachingLoad> loads_;
    std::vector<model::SchoolFact> facts_;
    ReferenceSums references_;
    GenerateSummary summary_;
};

}  // namespace

GenerateSummary generate(const GenerateRequest& request) {
    OPORA_EXPECTS(request.threads >= 1);
    OPORA_EXPECTS(request.layout != Layout::parquet || request.write_bulk_parquet);
    const Generator generator{request.spec};
    TerritoryFiles files{request, generator};
    const std::int32_t count = municipalities(request.spec);
    for (std::int32_t start = 0; start < count; start += request.threads) {
        std::vector<std::future<Part>> parts;
        for (std::int32_t at = start; at < std::min(start + request.threads, count); ++at) {
            parts.push_back(std::async(std::launch::async, [&request, &generator, at] {
                return make_part(request, generator, at);
            }));
        }
        // In their order, so that the number of threads does not show in the files.
        for (auto& part : parts) files.add(part.get());
        if (request.progress) {
            const std::int32_t done = std::min(start + request.threads, count);
            request.progress(std::min(done * municipality_schools, request.spec.schools));
        }
    }
    return files.finish(generator);
}

}  // namespace opora::generation
