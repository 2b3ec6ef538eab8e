#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "opora/base/workbook_writer.hpp"
#include "opora/intake/kinds/headings.hpp"
#include "opora/intake/kinds/kind_tables.hpp"
#include "opora/intake/read_file.hpp"

namespace opora::intake {

namespace {

using Lines = std::vector<std::vector<std::string>>;

/// A template before it is a file: lines above the headings, headings, comment lines below them.
struct Sheet {
    Lines above;
    std::vector<std::string> headings;
    Lines comments;
};

std::vector<std::string> example_of(const Kind& kind,
                                    const std::vector<std::string>& task_examples) {
    std::vector<std::string> cells;
    for (const Column& column : kind.columns) {
        if (column.code == pattern_column) {
            cells.insert(cells.end(), task_examples.begin(), task_examples.end());
        } else {
            cells.push_back(column.example);
        }
    }
    return cells;
}

std::vector<std::string> headings_of(const Kind& kind,
                                     const std::vector<std::string>& task_headings) {
    std::vector<std::string> cells;
    for (const Column& column : kind.columns) {
        if (column.code == pattern_column) {
            cells.insert(cells.end(), task_headings.begin(), task_headings.end());
        } else {
            cells.push_back(column.title);
        }
    }
    return cells;
}

Sheet sheet_of(const Kind& kind) {
    std::vector<std::string> tasks;
    std::vector<std::string> examples;
    Lines above;
    const std::string work = "ВПР 2024 Математика 5 класс";
    if (kind.code == "vpr-f1") {
        tasks = {"1 (1б)", "2 (2б)", "3К1 (2б)"};
        examples = {"1", "2", "1"};
        above = {{work},
                 {"Предмет", "Математика"},
                 {"Максимальный первичный балл", "5"},
                 {"Вымышленная Ручейковская СОШ (edu000107)"}};
    } else if (kind.code == "gia-list") {
        above = {{"1 - Русский язык 06.06.2024"}};
    } else if (kind.code == "bulk") {
        tasks = {"t1", "t2"};
        examples = {"1", "0"};
    } else if (kind.code == "vpr-marks") {
        above = {{"Статистика по отметкам"}, {work}};
    } else if (kind.code == "vpr-journal") {
        above = {{"Сравнение отметок с отметками по журналу"}, {work}};
    } else if (kind.code == "vpr-scores") {
        tasks = {"0", "1", "2", "3", "4", "5"};
        examples = {"4", "8", "16", "28", "32", "12"};
        above = {{"Распределение первичных баллов"}, {work}};
    } else if (kind.code == "vpr-tasks") {
        tasks = {"1", "2", "3К1"};
        examples = {"64", "48", "30"};
        above = {{"Выполнение заданий"}, {work}};
    } else if (kind.code == "objectivity-markers") {
        tasks = {"4 РУ", "4 МА", "5 РУ", "5 МА"};
        examples = {"1", "0", "0", "0"};
    }
    Sheet sheet{.above = std::move(above), .headings = headings_of(kind, tasks)};
    std::vector<std::string> example = example_of(kind, examples);
    if (kind.code == "bulk")
        return sheet;  // Its fast reader knows no comments: the example stands in docs/data.md.
    // The mark of a comment stands in the first cell: readers skip the whole line.
    example.front() = "# пример (вымышленный): " + example.front();
    sheet.comments.push_back(std::move(example));
    return sheet;
}

void write_workbook(const Kind& kind, const Sheet& sheet, const std::filesystem::path& path) {
    base::WorkbookWriter writer{path};
    writer.sheet(kind.code == "vpr-f1" ? "Индивидуальные результаты" : "Данные");
    for (int column = 0; column < static_cast<int>(sheet.headings.size()); ++column)
        writer.column_width(column, 18);
    std::int64_t line = 0;
    const auto write = [&](const std::vector<std::string>& cells, base::CellStyle style) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) writer.text(line, static_cast<int>(i), cells[i], style);
        }
        ++line;
    };
    for (const auto& cells : sheet.above) write(cells, base::CellStyle::plain);
    write(sheet.headings, base::CellStyle::heading);
    for (const auto& cells : sheet.comments) write(cells, base::CellStyle::plain);

    writer.sheet("Пояснения");
    writer.column_width(0, 34);
    writer.column_width(1, 24);
    writer.column_width(2, 14);
    writer.column_width(3, 80);
    writer.column_width(4, 24);
    line = 0;
    write({kind.title}, base::CellStyle::title);
    write({kind.description}, base::CellStyle::plain);
    write({"Столбец", "Имя в программе", "Обязателен", "Что в нём", "Пример (вымышленный)"},
          base::CellStyle::heading);
    for (const Column& column : kind.columns) {
        write({column.title, column.code, column.required ? "да" : "нет", column.description,
               column.example},
              base::CellStyle::wrapped);
    }
    writer.close();
}

/// A csv cell: quoted when it must be.
std::string csv_cell(const std::string& text) {
    if (text.find_first_of(";,\t\"\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char symbol : text) {
        if (symbol == '"') quoted += '"';
        quoted += symbol;
    }
    return quoted + "\"";
}

bool write_csv(const Kind& kind, const Sheet& sheet, const std::filesystem::path& path) {
    std::ofstream file{path, std::ios::binary};
    const auto write = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i)
            line += (i > 0 ? ";" : "") + csv_cell(cells[i]);
        file << line << "\r\n";
    };
    // The mark of the encoding makes spreadsheets read UTF-8.
    file << "\xEF\xBB\xBF";
    for (const auto& cells : sheet.above) write(cells);
    write(sheet.headings);
    for (const auto& cells : sheet.comments) write(cells);
    for (const Column& column : kind.columns) {
        if (kind.code == "bulk") break;
        write({fmt::format("# {}: {}{}", column.title, column.description,
                           column.required ? " (обязателен)" : "")});
    }
    file.flush();
    return file.good();
}

}  // namespace

base::Result<base::Done> write_template(std::string_view code, const std::filesystem::path& path,
                                        const Dictionaries& dictionaries) {
    std::vector<Kind> all = kinds(dictionaries);
    constexpr std::string_view one_questionnaire = "answers-";
    if (code.starts_with(one_questionnaire)) {
        const auto* questionnaire = dictionaries.factors.questionnaire(
            {std::string{code.substr(one_questionnaire.size())}});
        if (questionnaire != nullptr) {
            *std::ranges::find(all, "answers", &Kind::code) =
                questionnaire_kind(dictionaries, *questionnaire);
            code = "answers";
        }
    }
    const Kind* kind = find_kind(all, code);
    if (kind == nullptr) {
        return base::Unexpected{
            base::Error{.code = "kind_unknown",
                        .message = "Такого вида файлов нет. Виды перечисляет команда opora kinds.",
                        .found = std::string{code}}};
    }
    const Sheet sheet = sheet_of(*kind);
    if (path.extension() == ".xlsx") {
        write_workbook(*kind, sheet, path);
        return base::Done{};
    }
    if (path.extension() == ".csv") {
        if (write_csv(*kind, sheet, path)) return base::Done{};
        return base::Unexpected{
            base::Error{.code = "file_unwritable",
                        .message = "Не удалось записать шаблон. Проверьте папку и место на диске.",
                        .place = {path.string()}}};
    }
    return base::Unexpected{base::Error{
        .code = "template_extension",
        .message = "Шаблон записывается как xlsx или csv: укажите такое расширение файла.",
        .expected = ".xlsx или .csv",
        .found = path.extension().string()}};
}

}  // namespace opora::intake
