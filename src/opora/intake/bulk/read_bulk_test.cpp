#include "opora/intake/bulk/read_bulk.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "opora/base/sha256.hpp"
#include "opora/intake/bulk/bulk_header.hpp"
#include "support/temporary_folder.hpp"
#include "support/written_file.hpp"

using namespace opora;
using namespace opora::intake;
using opora::testing::TemporaryFolder;
using opora::testing::written_file;

namespace {

using Lines = std::vector<std::string>;

/// Schools 107 (also edu000107) and 108, subjects russian (also «русский язык») and mathematics.
BulkContext known() {
    BulkContext context;
    context.school = [](std::string_view text) -> std::optional<model::SchoolId> {
        if (text == "107" || text == "edu000107") return model::SchoolId{"107"};
        if (text == "108") return model::SchoolId{"108"};
        return std::nullopt;
    };
    context.subject = [](std::string_view text) -> std::optional<model::SubjectCode> {
        if (text == "russian" || text == "русский язык") return model::SubjectCode{"russian"};
        if (text == "mathematics") return model::SubjectCode{"mathematics"};
        return std::nullopt;
    };
    return context;
}

base::Result<ports::ImportBatch> read(std::string_view content,
                                      const BulkContext& context = known()) {
    const TemporaryFolder folder;
    return read_bulk_csv(written_file(folder.path() / "bulk.csv", content), context);
}

std::string number(const std::optional<std::int32_t>& value) {
    return value ? std::to_string(*value) : "-";
}

/// Rows as «2: 107 vpr russian 5/5 2024 5А 14 3», score (test score) and mark last.
Lines rows(const ports::ImportBatch& batch) {
    Lines lines;
    for (std::size_t i = 0; i < batch.results.rows(); ++i) {
        const auto row = batch.results.row(i);
        lines.push_back(std::to_string(row.source_row) + ": " + row.school.value + " " +
                        std::string{model::code(row.procedure.type)} + " " +
                        row.procedure.subject.value + " " + std::to_string(row.procedure.grade) +
                        "/" + std::to_string(row.procedure.programme_grade) + " " +
                        std::to_string(row.procedure.year.ending) + " " + row.class_name + " " +
                        number(row.test_score ? row.test_score : row.score) + " " +
                        number(row.mark));
    }
    return lines;
}

/// Errors as «code@row column found».
Lines errors(const ports::ImportBatch& batch) {
    Lines lines;
    for (const base::Error& error : batch.errors) {
        lines.push_back(error.code + "@" + std::to_string(error.place.row.value_or(0)) + " " +
                        error.place.column + (error.found.empty() ? "" : " " + error.found));
    }
    return lines;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

const std::string heading = "school_id,subject,grade,year,class,score,mark\n";

/// The errors of one row below the usual headings.
Lines row_errors(const std::string& row) {
    const auto batch = read(heading + row + "\n");
    REQUIRE(batch);
    CHECK(batch->results.rows() == (batch->errors.empty() ? 1 : 0));
    return errors(*batch);
}

std::string error_code(const base::Result<ports::ImportBatch>& batch) {
    return batch ? "" : batch.error().code;
}

}  // namespace

TEST_CASE(
    "bulk protocols become rows of results, headings in any order, any separator, any line end") {
    const Lines expected{"2: 107 vpr russian 5/5 2024 5А 14 3",
                         "3: 108 vpr mathematics 4/4 2023  - 5"};
    CHECK(rows(*read("school_id,subject,grade,year,class,score,mark\n107,russian,5,2024,5А,14,"
                     "3\n108,mathematics,4,2023,,,5\n")) == expected);
    CHECK(rows(*read("mark;score;class;year;grade;subject;school_id\r\n3;14;5А;2024;5;russian;"
                     "107\r\n5;;;2023;4;mathematics;108")) == expected);
    CHECK(rows(*read("school_id\tsubject\tgrade\tyear\tclass\tscore\tmark\redu000107\tрусский "
                     "язык\t5\t2024\t5А\t14\t3\r108\tmathematics\t4\t2023\t\t\t5\r")) == expected);
    CHECK(rows(*read("\xEF\xBB\xBFSchool_ID,Subject,Grade,Year,Class,Score,Mark\n\"107\","
                     "\"russian\",5,2024,\"5А\",14,3\n108 , mathematics, 4,2023,,, 5\n")) ==
          expected);
    CHECK(rows(*read("\"school_id\",\"subject\",\"grade\",\"year\",\"class\",\"score\",\"mark\"\n"
                     "107,russian,5,2024,5А,14,3\n108,mathematics,4,2023,,,5\n")) == expected);
    // windows-1251.
    CHECK(rows(*read(
              "school_id,subject,grade,year,class,score,mark\n107,\xF0\xF3\xF1\xF1\xEA\xE8\xE9 "
              "\xFF\xE7\xFB\xEA,5,2024,5\xC0,14,3\n108,mathematics,4,2023,,,5\n")) == expected);
}

TEST_CASE("blank lines and explanations are passed over and counted") {
    CHECK(rows(*read("# Протоколы\n\n" + heading +
                     "# пример\n107,russian,5,2024,5А,14,3\n\n\n108,russian,5,2024,5А,1,2\n")) ==
          Lines{"5: 107 vpr russian 5/5 2024 5А 14 3", "8: 108 vpr russian 5/5 2024 5А 1 2"});
    CHECK(read(heading)->results.rows() == 0);
    CHECK(rows(*read("sep=;\nschool_id;subject;grade;year;mark\n107;russian;5;2024;3\n")) ==
          Lines{"3: 107 vpr russian 5/5 2024  - 3"});
}

TEST_CASE("each value is checked on both sides of its limits; a blank mark or score is no error") {
    struct Row {
        const char* row;
        Lines errors;
    };
    for (const auto& [row, expected] : std::vector<Row>{
             {"107,russian,5,2024,5А,14,3", {}},
             {"999,russian,5,2024,5А,14,3", {"unknown_school@2 school_id 999"}},
             {",russian,5,2024,5А,14,3", {"unknown_school@2 school_id"}},
             {"107,физкультура,5,2024,5А,14,3", {"unknown_subject@2 subject физкультура"}},
             {"107,,5,2024,5А,14,3", {"unknown_subject@2 subject"}},
             {"107,russian,0,2024,5А,14,3", {"wrong_grade@2 grade 0"}},
             {"107,russian,1,2024,5А,14,3", {}},
             {"107,russian,11,2024,5А,14,3", {}},
             {"107,russian,12,2024,5А,14,3", {"wrong_grade@2 grade 12"}},
             {"107,russian,,2024,5А,14,3", {"wrong_grade@2 grade"}},
             {"107,russian,5,1999,5А,14,3", {"wrong_year@2 year 1999"}},
             {"107,russian,5,2000,5А,14,3", {}},
             {"107,russian,5,2100,5А,14,3", {}},
             {"107,russian,5,2101,5А,14,3", {"wrong_year@2 year 2101"}},
             {"107,russian,5,2024,5А,14,1", {"wrong_mark@2 mark 1"}},
             {"107,russian,5,2024,5А,14,2", {}},
             {"107,russian,5,2024,5А,14,5", {}},
             {"107,russian,5,2024,5А,14,6", {"wrong_mark@2 mark 6"}},
             {"107,russian,5,2024,5А,14,", {}},
             {"107,russian,5,2024,5А,14,X", {"wrong_mark@2 mark X"}},
             {"107,russian,5,2024,5А,0,3", {}},
             {"107,russian,5,2024,5А,-1,3", {"wrong_score@2 score -1"}},
             {"107,russian,5,2024,5А,4000,3", {}},
             {"107,russian,5,2024,5А,4001,3", {"wrong_score@2 score 4001"}},
             {"107,russian,5,2024,5А,99999999999999999999,3",
              {"wrong_score@2 score 99999999999999999999"}},
             {"107,russian,5,2024,5А,1.5,3", {"wrong_score@2 score 1.5"}},
             {"107,russian,5,2024,5А,,", {}},
             {"107,русский язык,5,2024,\xFF,14,3", {"wrong_class@2 class"}},
             {"3,14,5А,2024,5,russian,107",
              {"unknown_school@2 school_id 3", "wrong_grade@2 grade 5А",
               "wrong_score@2 score russian", "wrong_mark@2 mark 107"}},
             {"107,russian,5,2024,5А,14", {"wrong_cell_count@2  6"}},
             {"107,russian,5,2024,5А,14,3,", {"wrong_cell_count@2  8"}},
             {"107,russian,5,2024,\"5А,14,3", {"quote_unbalanced@2 "}},
         }) {
        const std::string line = row;
        CAPTURE(line);
        const Lines found = row_errors(row);
        CAPTURE(doctest::String{joined(found).c_str()});
        CHECK(found == expected);
    }
}

TEST_CASE("a name in place of a participant's code refuses the row and is told to nobody") {
    const auto batch = read(
        "school_id,subject,grade,year,mark,participant\n107,russian,5,2024,3,Секретов "
        "Секрет\n107,russian,5,2024,4,5А-01\n");
    REQUIRE(batch);
    CHECK(batch->results.rows() == 1);
    REQUIRE(batch->errors.size() == 1);
    CHECK(batch->errors[0].code == "participant_name");
    CHECK(base::describe(batch->errors[0]).find("Секрет") == std::string::npos);
    for (const ports::FailedRow& row : batch->failed.rows) {
        for (const std::string& cell : row.cells) CHECK(cell.find("Секрет") == std::string::npos);
    }
}

TEST_CASE("zero bytes are named as what they are") {
    const auto codes = [](const std::string& line) {
        const auto batch = read(heading + line + "\n");
        Lines found;
        for (const base::Error& error : batch->errors) found.push_back(error.code);
        return found;
    };
    const std::string nul(1, '\0');
    CHECK(codes(nul + nul + "," + nul) == Lines{"nul_byte"});
    CHECK(codes("107,russ" + nul + "ian,5,2024,5А,14,3") == Lines{"nul_byte"});
    CHECK(codes("107,russian,5,2024,5А,1" + nul + ",3") == Lines{"nul_byte"});
    CHECK(codes("107,russian,5,2024,5А,14,3").empty());
}

TEST_CASE("a numeric subject code is kept with one warning") {
    const auto batch =
        read(heading + "107,01,5,2024,,1,3\n108,01,5,2024,,1,3\n107,russian,5,2024,,1,3\n");
    CHECK(rows(*batch).front() == "2: 107 vpr 01 5/5 2024  1 3");
    REQUIRE(batch->warnings.size() == 1);
    CHECK(batch->warnings.front().code == "subject_code_unknown");
    CHECK(batch->warnings.front().found == "01");
}

TEST_CASE(
    "type, programme grade, journal mark, participant and points are read when they are there") {
    const auto batch = read(
        "school_id,subject,grade,year,mark,type,programme_grade,journal_mark,participant,t1,t2,"
        "score\n"
        "107,russian,5,2022,3,ВПР,4,4,50001,1,,9\n"
        "107,russian,9,2022,3,oge,,,50001,,,20\n"
        "107,russian,11,2022,,ege,,,50001,1,2,100\n"
        "107,russian,11,2022,,ege,,,50002,1,2,101\n"
        "107,russian,11,2022,,xyz,12,6,50003,-1,2,1\n");
    CHECK(rows(*batch) == Lines{"2: 107 vpr russian 5/4 2022  9 3",
                                "3: 107 oge russian 9/9 2022  20 3",
                                "4: 107 ege russian 11/11 2022  100 -"});
    CHECK(joined(errors(*batch)) ==
          joined(Lines{"wrong_score@5 score 101", "wrong_type@6 type xyz",
                       "wrong_programme_grade@6 programme_grade",
                       "wrong_journal_mark@6 journal_mark", "wrong_points@6 t1"}));
    const auto first = batch->results.row(0);
    CHECK(first.participant == "50001");
    CHECK(first.journal_mark == 4);
    CHECK(first.points == std::vector<std::optional<std::int16_t>>{std::int16_t{1}, std::nullopt});
    CHECK(first.score == 9);
    CHECK_FALSE(first.test_score);
    CHECK_FALSE(batch->results.row(2).score);
    CHECK(batch->results.row(2).test_score == 100);
}

TEST_CASE("below the minimum: mark 2, for ЕГЭ the certificate minimum, unknown without either") {
    BulkContext context = known();
    context.minimum_score = [](const model::Procedure& procedure) {
        return procedure.subject.value == "russian" ? std::optional<std::int32_t>{24}
                                                    : std::nullopt;
    };
    const std::string content =
        "school_id,subject,grade,year,type,score,mark\n"
        "107,russian,11,2024,ege,23,\n107,russian,11,2024,ege,24,\n107,mathematics,11,2024,ege,23,"
        "\n107,mathematics,11,2024,ege,3,2\n"
        "107,russian,9,2024,oge,24,3\n107,russian,9,2024,oge,24,2\n107,russian,9,2024,oge,23,\n107,"
        "russian,9,2024,oge,,\n";
    const auto with = read(content, context);
    const auto flag = [](const std::optional<bool>& value) {
        return value ? (*value ? "1" : "0") : "-";
    };
    std::string below;
    std::string exactly;
    for (std::size_t i = 0; i < with->results.rows(); ++i) {
        below += flag(with->results.row(i).below_minimum);
        exactly += flag(with->results.row(i).at_minimum);
    }
    CHECK(below == "10-1011-");
    CHECK(exactly == "01--110-");
    const auto without = read(content);
    CHECK(without->results.at_minimum.empty());
    CHECK_FALSE(without->results.row(0).below_minimum);
    CHECK(without->results.row(5).below_minimum == true);
}

TEST_CASE("a participant code may stand once in a procedure of a school") {
    const std::string content =
        "school_id,subject,grade,year,score,participant,t1\n"
        "107,russian,5,2024,1,А1,1\n108,russian,5,2024,2,А1,2\n107,mathematics,5,2024,3,А1,3\n107,"
        "russian,5,2024,4,А1,4\n"
        "107,russian,5,2024,5,,5\n107,russian,5,2024,6,,6\n107,russian,6,2024,7,А1,7\n";
    const auto batch = read(content);
    CHECK(errors(*batch) == Lines{"duplicate_participant@5 participant"});
    CHECK(rows(*batch) ==
          Lines{"2: 107 vpr russian 5/5 2024  1 -", "3: 108 vpr russian 5/5 2024  2 -",
                "4: 107 vpr mathematics 5/5 2024  3 -", "6: 107 vpr russian 5/5 2024  5 -",
                "7: 107 vpr russian 5/5 2024  6 -", "8: 107 vpr russian 6/6 2024  7 -"});
    CHECK(batch->results.row(3).points ==
          std::vector<std::optional<std::int16_t>>{std::int16_t{5}});
    REQUIRE(batch->failed.rows.size() == 1);
    CHECK(batch->failed.rows.front().cells == Lines{"107", "russian", "5", "2024", "4", "А1", "4"});
}

TEST_CASE("refused rows keep what may be shown, in the order of the columns that are read") {
    const auto batch = read(
        "Фамилия;mark;school_id;subject;grade;year;заметка;class\nСекретов;6;107;russian;5;2024;"
        "тайна;5А\n");
    CHECK(batch->failed.headings ==
          Lines{"school_id", "subject", "grade", "year", "class", "mark"});
    REQUIRE(batch->failed.rows.size() == 1);
    CHECK(batch->failed.rows.front().row == 2);
    CHECK(batch->failed.rows.front().cells == Lines{"107", "russian", "5", "2024", "5А", "6"});
    REQUIRE(batch->warnings.size() == 2);
    CHECK(batch->warnings[0].code == "column_personal");
    CHECK(batch->warnings[1].code == "column_unknown");
    for (const base::Error& error : batch->errors)
        CHECK(base::describe(error).find("Секретов") == std::string::npos);
}

TEST_CASE("personal headings are recognised, those of the file are not") {
    for (const char* personal : {"Фамилия", " ИМЯ ", "Отчество", "ФИО ученика", "СНИЛС",
                                 "Серия паспорта", "name", "Surname", "Дата рождения"}) {
        CAPTURE(personal);
        CHECK(looks_personal(personal));
    }
    for (const char* plain : {"school_id", "subject", "Класс", "Отметка", "participant", ""}) {
        CAPTURE(plain);
        CHECK_FALSE(looks_personal(plain));
    }
}

TEST_CASE("a file without the needed columns is refused") {
    CHECK(error_code(read("school_id,subject,grade,class,mark\n107,russian,5,5А,3\n")) ==
          "columns_missing");
    CHECK(error_code(read("school_id,subject,grade,year,class\n107,russian,5,2024,5А\n")) ==
          "columns_missing");
    CHECK(error_code(read("school_id|subject|grade|year|mark\n107|russian|5|2024|3\n")) ==
          "columns_missing");
    CHECK(error_code(read("school_id,subject,grade,year,mark,mark\n107,russian,5,2024,3,3\n")) ==
          "column_repeated");
    CHECK(error_code(read("school_id,subject,grade,year,mark,t1,t3\n107,russian,5,2024,3,3,1\n")) ==
          "tasks_missing");
    CHECK(error_code(read("")) == "empty_file");
    CHECK(error_code(read("\n\n")) == "columns_missing");
    CHECK(error_code(read("школа,school_id,subject,grade,year,mark,\xD0\n")) == "encoding_broken");
    const TemporaryFolder folder;
    CHECK(error_code(read_bulk_csv(folder.path() / "absent.csv", known())) == "file_unreadable");
}

TEST_CASE("the year asked for and the last year are limits too; headings may have synonyms") {
    BulkContext context = known();
    context.year = model::SchoolYear{2024};
    context.column = [](std::string_view text) -> std::optional<std::string> {
        return text == "Отметка" ? std::optional<std::string>{"mark"} : std::nullopt;
    };
    const auto batch =
        read("school_id,subject,grade,year,Отметка\n107,russian,5,2024,3\n107,russian,5,2023,3\n",
             context);
    CHECK(rows(*batch) == Lines{"2: 107 vpr russian 5/5 2024  - 3"});
    CHECK(errors(*batch) == Lines{"wrong_year@3 year 2023"});
    context.year.reset();
    context.year_last = model::SchoolYear{2023};
    CHECK(errors(*read(
              "school_id,subject,grade,year,mark\n107,russian,5,2024,3\n107,russian,5,2023,3\n",
              context)) == Lines{"wrong_year@2 year 2024"});
}

TEST_CASE(
    "a file of many blocks gives the rows of its lines, in order, with the hash of its bytes") {
    std::string content = heading;
    constexpr int count = 400'000;
    for (int i = 0; i < count; ++i) {
        content += (i % 7 == 0 ? "108" : "107");
        content += ",russian," + std::to_string(i % 11 + 1) + "," + std::to_string(2000 + i % 25) +
                   ",1," + std::to_string(i % 4000) + ",\n";
    }
    const auto batch = read(content);
    REQUIRE(batch);
    REQUIRE(batch->results.rows() == count);
    CHECK(batch->errors.empty());
    CHECK(batch->file_sha256 == base::sha256(content));
    bool equal = true;
    for (int i = 0; i < count; ++i) {
        const auto row = batch->results.row(static_cast<std::size_t>(i));
        equal = equal && row.source_row == i + 2 && row.score == i % 4000 &&
                row.procedure.grade == i % 11 + 1 && row.procedure.year.ending == 2000 + i % 25 &&
                row.school.value == (i % 7 == 0 ? "108" : "107");
    }
    CHECK(equal);
    CHECK(batch->results.schools.text(0) == "108");
    CHECK(batch->results.procedures.front().grade == 1);
    CHECK(batch->results.mark.empty());
}

TEST_CASE("of very many errors the first thousand are told, always the same ones") {
    std::string content = heading;
    for (int i = 0; i < 300'000; ++i)
        content += i % 100 == 99 ? "107,russian,0,1,1,1,9\n" : "107,russian,5,2024,1,1,3\n";
    const auto batch = read(content);
    REQUIRE(batch);
    CHECK(batch->results.rows() == 297'000);
    REQUIRE(batch->errors.size() == 1'001);
    CHECK(batch->errors.back().code == "too_many_errors");
    CHECK_FALSE(batch->errors.back().place.row);
    CHECK(batch->errors.back().message.find("9\u00a0000") != std::string::npos);
    for (int i = 0; i < 1'000; ++i)
        CHECK(batch->errors[static_cast<std::size_t>(i)].place.row == i / 3 * 100 + 101);
    CHECK(batch->failed.rows.size() == 334);
    CHECK(errors(*batch) == errors(*read(content)));
}

TEST_CASE("a line without end is refused, not kept in memory") {
    CHECK(error_code(read(heading + std::string(4'000'000, 'x'))) == "line_too_long");
}
