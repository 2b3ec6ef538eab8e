// What the register keeps for the risk profile: counted answers, and decisions of curators.

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "opora/base/expects.hpp"
#include "opora/storage/record_fields.hpp"
#include "opora/storage/register_records.hpp"
#include "opora/storage/sqlite_register.hpp"

namespace opora::storage {

namespace {

const RegisterTable& answers_table() {
    const auto tables = register_tables();
    const auto found = std::ranges::find(tables, "questionnaire_answers", &RegisterTable::name);
    OPORA_EXPECTS(found != tables.end());
    return *found;
}

Value perhaps(const std::optional<model::FactorLevel>& level) {
    return level ? Value{std::string{model::code(*level)}} : Value{};
}

std::optional<model::FactorLevel> level_of(const SqliteStatement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    const auto level = model::factor_level(row.text(column));
    if (!level) fail_corrupt_value(row.text(column));
    return level;
}

model::FactorReview review_of(const SqliteStatement& row) {
    const auto decision = model::review_decision(row.text(4));
    if (!decision) fail_corrupt_value(row.text(4));
    return {.number = row.number(0),
            .school = {row.text(1)},
            .year = {static_cast<int>(row.number(2))},
            .factor = {row.text(3)},
            .decision = *decision,
            .level = level_of(row, 5),
            .computed = level_of(row, 6),
            .note = row.text(7),
            .curator = row.text(8),
            .time = row.text(9)};
}

}  // namespace

std::vector<model::AnswerTally> SqliteRegister::answers(model::SchoolYear year) const {
    const std::lock_guard guard{mutex_};
    const RegisterTable& table = answers_table();
    SqliteStatement select = connection_.prepare(
        fmt::format("SELECT {} FROM {} WHERE year = ?1 ORDER BY school, questionnaire, item",
                    table.column_names(), table.name));
    select.start({std::int64_t{year.ending}});
    ports::RegisterRows rows;
    while (select.next()) add_record(rows, table, select.record());
    return std::move(rows.answers);
}

model::FactorReview SqliteRegister::add_review(model::FactorReview review) {
    const std::lock_guard guard{mutex_};
    SqliteTransaction transaction{connection_};
    review.number = connection_.number("SELECT max(number) FROM factor_reviews").value_or(0) + 1;
    review.time = now();
    connection_
        .prepare(
            "INSERT INTO factor_reviews (number, school, year, factor, decision, level, "
            "computed, note, curator, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
        .run({review.number, review.school.value, std::int64_t{review.year.ending},
              review.factor.value, std::string{model::code(review.decision)}, perhaps(review.level),
              perhaps(review.computed), review.note, review.curator, review.time});
    // A note may name people: the journal keeps its keyed digest alone.
    audit_.append(
        review.time, review.curator, "factor_review",
        fmt::format(
            "review={} school={} year={} factor={} decision={} level={} computed={} note={}",
            review.number, review.school.value, review.year.ending, review.factor.value,
            model::code(review.decision), review.level ? model::code(*review.level) : "-",
            review.computed ? model::code(*review.computed) : "-", audit_.pseudonym(review.note)));
    transaction.commit();
    return review;
}

std::vector<model::FactorReview> SqliteRegister::reviews(model::SchoolYear year) const {
    const std::lock_guard guard{mutex_};
    SqliteStatement select = connection_.prepare(
        "SELECT number, school, year, factor, decision, level, computed, note, curator, time "
        "FROM factor_reviews WHERE year = ?1 ORDER BY number");
    select.start({std::int64_t{year.ending}});
    std::vector<model::FactorReview> reviews;
    while (select.next()) reviews.push_back(review_of(select));
    return reviews;
}

}  // namespace opora::storage
