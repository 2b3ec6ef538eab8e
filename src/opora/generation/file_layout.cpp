#include "opora/generation/file_layout.hpp"

#include <fmt/format.h>

#include <map>

#include "opora/generation/bulk_lines.hpp"
#include "opora/generation/gia_list.hpp"
#include "opora/generation/random.hpp"
#include "opora/generation/vpr_form.hpp"

namespace opora::generation {
namespace {

constexpr double untidy = 0.125;

VprMess draw_mess(Random& random) {
    VprMess mess;
    if (!random.chance(untidy)) return mess;
    mess.numbers_as_text = random.chance(0.5);
    mess.decimal_comma = mess.numbers_as_text && random.chance(0.5);
    mess.latin_letters = random.chance(0.5);
    mess.difficulty_row = random.chance(0.7);
    mess.helper_sheet = random.chance(0.4);
    mess.rows_above_header = random.below(6);
    mess.declared_too_many = random.below(3);
    return mess;
}

void write_vpr(const std::filesystem::path& out, std::uint64_t seed, const SchoolOutput& school,
               const CellRows& cell, const std::string& municipality) {
    Random random{{seed, 0x6D657373, static_cast<std::uint64_t>(school.profile.number),
                   static_cast<std::uint64_t>(cell.year.ending), text_key(cell.work->subject),
                   static_cast<std::uint64_t>(cell.work->grade)}};
    const auto name = fmt::format("{}_{}_{}.xlsx", school.profile.school.login, cell.work->subject,
                                  cell.work->grade);
    const VprForm form{cell.work, cell.year, municipality, {{school.profile.school, &cell}}, seed};
    write_vpr_form(out / "vpr" / std::to_string(cell.year.ending) / name, form, draw_mess(random));
}

/// Exam lists bring all schools of the municipality; the encodings and line ends alternate.
std::int64_t write_exams(const std::filesystem::path& out, std::uint64_t seed,
                         const std::vector<SchoolOutput>& schools) {
    std::map<std::pair<int, const WorkForm*>, GiaList> lists;
    const std::string& code = schools.front().profile.school.territory.value;
    for (const SchoolOutput& school : schools) {
        for (const CellRows& cell : school.cells) {
            if (cell.work->rcoi_code.empty()) continue;
            GiaList& list = lists[{cell.year.ending, cell.work}];
            list.work = cell.work;
            list.year = cell.year;
            list.municipality_code = code;
            list.seed = seed;
            list.schools.push_back({school.profile.school, &cell});
        }
    }
    std::int64_t number = 0;
    for (const auto& [key, list] : lists) {
        const bool oge = list.work->type == model::ProcedureType::oge;
        const auto folder = out / (oge ? "oge" : "ege") / std::to_string(key.first);
        const auto name =
            fmt::format("{}_{}_{}.csv", code, oge ? "oge" : "ege", list.work->subject);
        const auto encoding = number % 3 == 0   ? TextEncoding::windows_1251
                              : number % 3 == 1 ? TextEncoding::utf8
                                                : TextEncoding::utf8_with_mark;
        write_gia_list(folder / name, list, encoding,
                       number % 2 == 0 ? LineEnd::crlf : LineEnd::lf);
        ++number;
    }
    return number;
}

std::int64_t write_annual(const std::filesystem::path& out,
                          const std::vector<SchoolOutput>& schools) {
    std::string lines{bulk_heading};
    for (const SchoolOutput& school : schools) {
        for (const CellRows& cell : school.cells) {
            if (cell.work->type != model::ProcedureType::annual) continue;
            append_bulk_lines(lines, school.profile.school.id.value, cell);
        }
    }
    if (lines.size() == bulk_heading.size()) return 0;
    const auto name = schools.front().profile.school.territory.value + "_annual.csv";
    TextFile file{out / "annual" / name};
    file.write(lines);
    file.close();
    return 1;
}

}  // namespace

std::int64_t write_protocol_files(const std::filesystem::path& out, const Generator& generator,
                                  const std::vector<SchoolOutput>& schools,
                                  const std::string& municipality) {
    const std::uint64_t seed = generator.spec().seed;
    for (auto year = generator.spec().first; year <= generator.spec().last; year = year + 1) {
        std::filesystem::create_directories(out / "vpr" / std::to_string(year.ending));
    }
    std::int64_t files = 0;
    for (const SchoolOutput& school : schools) {
        for (const CellRows& cell : school.cells) {
            if (cell.work->type != model::ProcedureType::vpr || cell.pupils.empty()) continue;
            write_vpr(out, seed, school, cell, municipality);
            ++files;
        }
    }
    return files + write_exams(out, seed, schools) + write_annual(out, schools);
}

}  // namespace opora::generation
