#include "opora/storage/register_records.hpp"

#include <array>
#include <charconv>

#include "opora/base/expects.hpp"
#include "opora/storage/procedure_text.hpp"
#include "opora/storage/record_fields.hpp"

namespace opora::storage {

namespace {

// The codes of enumerations, in the order of their values.
constexpr std::array<std::string_view, 3> level_codes{"country", "region", "municipality"};
constexpr std::array<std::string_view, 8> type_codes{
    "primary", "basic", "secondary", "gymnasium", "lyceum", "evening", "correctional", "boarding"};
constexpr std::array<std::string_view, 4> settlement_codes{"unknown", "city", "town", "village"};
constexpr std::array<std::string_view, 3> education_codes{"unknown", "secondary", "higher"};
constexpr std::array<std::string_view, 4> category_codes{"unknown", "none", "first", "highest"};

Record record(const model::Territory& row) {
    return RecordWriter{}
        .text(row.id.value)
        .code(row.level, level_codes)
        .text(row.name)
        .text(row.parent.value)
        .text(row.code)
        .record();
}

void read(RecordReader reader, model::Territory& row) {
    row.id = {reader.text()};
    row.level = reader.code<model::TerritoryLevel>(level_codes);
    row.name = reader.text();
    row.parent = {reader.text()};
    row.code = reader.text();
}

Record record(const model::School& row) {
    return RecordWriter{}
        .text(row.id.value)
        .text(row.name)
        .text(row.territory.value)
        .code(row.type, type_codes)
        .text(row.login)
        .text(row.rcoi_code)
        .text(row.inn)
        .text(row.address)
        .text(row.head)
        .code(row.settlement, settlement_codes)
        .perhaps(row.distance_km)
        .perhaps(row.grade_low)
        .perhaps(row.grade_high)
        .perhaps(row.opened)
        .perhaps(row.closed)
        .text(row.successor.value)
        .record();
}

void read(RecordReader reader, model::School& row) {
    row.id = {reader.text()};
    row.name = reader.text();
    row.territory = {reader.text()};
    row.type = reader.code<model::SchoolType>(type_codes);
    row.login = reader.text();
    row.rcoi_code = reader.text();
    row.inn = reader.text();
    row.address = reader.text();
    row.head = reader.text();
    row.settlement = reader.code<model::SettlementType>(settlement_codes);
    row.distance_km = reader.perhaps_small();
    row.grade_low = reader.perhaps_small();
    row.grade_high = reader.perhaps_small();
    row.opened = reader.perhaps_year();
    row.closed = reader.perhaps_year();
    row.successor = {reader.text()};
}

Record record(const model::SchoolFact& row) {
    return RecordWriter{}
        .text(row.school.value)
        .number(row.year.ending)
        .text(row.fact)
        .fraction(row.value)
        .record();
}

void read(RecordReader reader, model::SchoolFact& row) {
    row.school = {reader.text()};
    row.year = {reader.small()};
    row.fact = reader.text();
    row.value = reader.fraction();
}

Record record(const model::ImportedIndicator& row) {
    return RecordWriter{}
        .text(row.school.value)
        .number(row.year.ending)
        .text(row.indicator.value)
        .fraction(row.value)
        .perhaps(row.n)
        .record();
}

void read(RecordReader reader, model::ImportedIndicator& row) {
    row.school = {reader.text()};
    row.year = {reader.small()};
    row.indicator = {reader.text()};
    row.value = reader.fraction();
    row.n = reader.perhaps();
}

Record record(const model::ReferenceValue& row) {
    return RecordWriter{}
        .text(row.territory.value)
        .procedure(row.procedure)
        .text(row.indicator.value)
        .fraction(row.value)
        .perhaps(row.spread)
        .perhaps(row.n)
        .record();
}

void read(RecordReader reader, model::ReferenceValue& row) {
    row.territory = {reader.text()};
    row.procedure = reader.procedure();
    row.indicator = {reader.text()};
    row.value = reader.fraction();
    row.spread = reader.perhaps_fraction();
    row.n = reader.perhaps();
}

Record record(const model::ObjectivityMarker& row) {
    return RecordWriter{}
        .text(row.school.value)
        .number(row.year.ending)
        .text(row.subject.value)
        .number(row.grade)
        .number(row.marked ? 1 : 0)
        .record();
}

void read(RecordReader reader, model::ObjectivityMarker& row) {
    row.school = {reader.text()};
    row.year = {reader.small()};
    row.subject = {reader.text()};
    row.grade = reader.small();
    row.marked = reader.number() != 0;
}

Record record(const model::Teacher& row) {
    return RecordWriter{}
        .text(row.id.value)
        .text(row.school.value)
        .text(row.name)
        .code(row.education, education_codes)
        .code(row.category, category_codes)
        .perhaps(row.birth_year)
        .perhaps(row.experience_years)
        .perhaps(row.arrived_year)
        .record();
}

void read(RecordReader reader, model::Teacher& row) {
    row.id = {reader.text()};
    row.school = {reader.text()};
    row.name = reader.text();
    row.education = reader.code<model::Education>(education_codes);
    row.category = reader.code<model::QualificationCategory>(category_codes);
    row.birth_year = reader.perhaps_small();
    row.experience_years = reader.perhaps_small();
    row.arrived_year = reader.perhaps_small();
}

Record record(const model::TeachingLoad& row) {
    return RecordWriter{}
        .text(row.teacher.value)
        .text(row.school.value)
        .number(row.year.ending)
        .text(row.subject.value)
        .text(row.class_name)
        .fraction(row.share)
        .record();
}

void read(RecordReader reader, model::TeachingLoad& row) {
    row.teacher = {reader.text()};
    row.school = {reader.text()};
    row.year = {reader.small()};
    row.subject = {reader.text()};
    row.class_name = reader.text();
    row.share = reader.fraction();
}

/// «agree=3,unsure=1»: codes of answers hold neither sign.
std::string answers_text(const std::vector<model::AnswerCount>& answers) {
    std::string text;
    for (const model::AnswerCount& count : answers) {
        text += text.empty() ? "" : ",";
        text += count.answer + "=" + std::to_string(count.respondents);
    }
    return text;
}

std::vector<model::AnswerCount> read_answers(std::string_view text) {
    std::vector<model::AnswerCount> answers;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        const std::size_t sign = part.find('=');
        if (sign == std::string_view::npos) fail_corrupt_value(text);
        model::AnswerCount count{.answer = std::string{part.substr(0, sign)}};
        const auto [end, error] =
            std::from_chars(part.data() + sign + 1, part.data() + part.size(), count.respondents);
        if (error != std::errc{} || end != part.data() + part.size() || count.respondents <= 0)
            fail_corrupt_value(text);
        answers.push_back(std::move(count));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return answers;
}

Record record(const model::AnswerTally& row) {
    return RecordWriter{}
        .text(row.school.value)
        .number(row.year.ending)
        .text(row.questionnaire.value)
        .text(row.item.value)
        .number(row.respondents)
        .text(answers_text(row.answers))
        .record();
}

void read(RecordReader reader, model::AnswerTally& row) {
    row.school = {reader.text()};
    row.year = {reader.small()};
    row.questionnaire = {reader.text()};
    row.item = {reader.text()};
    row.respondents = reader.number();
    row.answers = read_answers(reader.text());
}

/// Calls `visit` with the vector of the rows that belongs to the table.
template <class Rows, class Visit>
void with_vector(Rows& rows, const RegisterTable& table, const Visit& visit) {
    const auto tables = register_tables();
    const auto number = static_cast<std::size_t>(
        std::ranges::find(tables, table.name, &RegisterTable::name) - tables.begin());
    switch (number) {
        case 0:
            return visit(rows.territories);
        case 1:
            return visit(rows.schools);
        case 2:
            return visit(rows.facts);
        case 3:
            return visit(rows.indicators);
        case 4:
            return visit(rows.references);
        case 5:
            return visit(rows.markers);
        case 6:
            return visit(rows.teachers);
        case 7:
            return visit(rows.loads);
        case 8:
            return visit(rows.answers);
        default:
            OPORA_EXPECTS(false && "unknown register table");
    }
}

}  // namespace

std::vector<Record> records_of(const ports::RegisterRows& rows, const RegisterTable& table) {
    std::vector<Record> records;
    with_vector(rows, table, [&](const auto& vector) {
        records.reserve(vector.size());
        for (const auto& row : vector) records.push_back(record(row));
    });
    return records;
}

void add_record(ports::RegisterRows& rows, const RegisterTable& table, const Record& record) {
    with_vector(rows, table,
                [&](auto& vector) { read(RecordReader{record}, vector.emplace_back()); });
}

void add_records(ports::RegisterRows& rows, const RegisterTable& table, std::size_t count,
                 const std::function<bool(Record&)>& next) {
    with_vector(rows, table, [&](auto& vector) {
        vector.reserve(vector.size() + count);
        Record record;
        while (next(record)) read(RecordReader{record}, vector.emplace_back());
    });
}

std::string encode(std::span<const Value> record) {
    std::string text;
    encode_into(text, record);
    return text;
}

void encode_into(std::string& text, std::span<const Value> record) {
    for (const Value& value : record) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            text += 'i';
            text += std::to_string(*number);
        } else if (const auto* words = std::get_if<std::string>(&value)) {
            text += 't';
            add_escaped(text, *words);
        } else {
            text += 'n';
        }
        text += '\n';
    }
}

Record decode(std::string_view text) {
    Record record;
    for (const std::string& line : read_lines_text(text)) {
        if (line.starts_with('t')) {
            record.emplace_back(line.substr(1));
        } else if (line.starts_with('i')) {
            std::int64_t number = 0;
            const auto [end, error] =
                std::from_chars(line.data() + 1, line.data() + line.size(), number);
            if (error != std::errc{} || end != line.data() + line.size()) fail_corrupt_value(line);
            record.emplace_back(number);
        } else {
            if (line != "n") fail_corrupt_value(line);
            record.emplace_back();
        }
    }
    return record;
}

}  // namespace opora::storage
