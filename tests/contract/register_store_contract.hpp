#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "opora/ports/register_store.hpp"

/// What every RegisterStore promises, run for each adapter by its own test with a way to make an
/// empty store.
namespace opora::contract {

using MakeRegisterStore = std::function<std::unique_ptr<ports::RegisterStore>()>;

inline model::School sample_school(const char* id, const char* name = "Ручейковская СОШ") {
    model::School school;
    school.id = {id};
    school.name = name;
    school.territory = {"d1"};
    return school;
}

inline model::SchoolFact sample_fact(const char* school, int year, base::Fraction value) {
    return {{school}, {year}, "pupils", value};
}

/// A row of every kind, with and without what may be missing, in key order.
inline ports::RegisterRows sample_register() {
    ports::RegisterRows rows;
    rows.territories = {
        {{"d1"}, model::TerritoryLevel::municipality, "Заречный район", {"r1"}, "01234"},
        {{"r1"}, model::TerritoryLevel::region, "Область", {}, ""}};
    model::School full = sample_school("107");
    full.type = model::SchoolType::basic;
    full.login = "edu000107";
    full.rcoi_code = "0107";
    full.inn = "7700000000";
    full.address = "с. Ручейки, 'Верхние'\nи «Нижние»\t\\";
    full.head = "Образцова А. Б.";
    full.settlement = model::SettlementType::village;
    full.distance_km = 0;
    full.grade_low = 1;
    full.grade_high = 9;
    full.opened = model::SchoolYear{2015};
    full.closed = model::SchoolYear{2024};
    full.successor = {"108"};
    rows.schools = {full, sample_school("108", "")};
    rows.facts = {sample_fact("107", 2023, {473, 10}), sample_fact("107", 2024, {0, 1})};
    rows.indicators = {{{"107"}, {2024}, {"growth"}, {-5, 2}, std::nullopt},
                       {{"108"}, {2024}, {"growth"}, {9'000'000'000'000'000'000, 1}, 17}};
    const model::Procedure vpr{.year = {2024},
                               .type = model::ProcedureType::vpr,
                               .subject = {"russian"},
                               .programme_grade = 4,
                               .grade = 5};
    model::Procedure retake = vpr;
    retake.period = model::Period::retake;
    rows.references = {{{"r1"}, vpr, {"quality"}, {1, 2}, base::Fraction{1, 10}, 4000},
                       {{"r1"}, retake, {"quality"}, {1, 3}, std::nullopt, std::nullopt}};
    rows.markers = {{{"107"}, {2024}, {"russian"}, 5, true},
                    {{"107"}, {2024}, {"russian"}, 6, false}};
    model::Teacher teacher{{"t1"}, {"107"}, "Примерова В. Г."};
    teacher.education = model::Education::higher;
    teacher.category = model::QualificationCategory::first;
    teacher.birth_year = 1980;
    rows.teachers = {teacher, {{"t2"}, {"107"}, ""}};
    rows.loads = {{{"t1"}, {"107"}, {2024}, {"russian"}, "5А", {1, 3}}};
    return rows;
}

inline ports::ImportReceipt sample_receipt(const char* kind = "schools") {
    ports::ImportReceipt receipt;
    receipt.kind = kind;
    receipt.file = "школы.xlsx";
    receipt.file_sha256 = std::string(64, 'a');
    receipt.actor = "local:ivanova";
    receipt.rows_accepted = 2;
    return receipt;
}

inline ports::RegisterRows schools_only(std::vector<model::School> schools) {
    ports::RegisterRows rows;
    rows.schools = std::move(schools);
    return rows;
}

inline ports::ImportNumber import_schools(ports::RegisterStore& store,
                                          std::vector<model::School> schools, bool full = false) {
    return store.import(schools_only(std::move(schools)), full, sample_receipt()).number;
}

inline void register_keeps_rows(const MakeRegisterStore& make) {
    const auto store = make();
    CHECK(store->rows() == ports::RegisterRows{});
    const std::string empty_hash = store->rows_hash();
    store->import(sample_register(), false, sample_receipt());
    CHECK(store->rows() == sample_register());
    CHECK(store->rows_hash() != empty_hash);

    const std::string hash = store->rows_hash();
    store->import(sample_register(), true, sample_receipt());
    CHECK(store->rows() == sample_register());
    CHECK(store->rows_hash() == hash);

    ports::RegisterRows backwards = sample_register();
    std::swap(backwards.schools[0], backwards.schools[1]);
    const auto other = make();
    other->import(backwards, false, sample_receipt());
    CHECK(other->rows_hash() == hash);
}

inline void register_keeps_receipts(const MakeRegisterStore& make) {
    const auto store = make();
    auto receipt = sample_receipt("vpr-f1");
    receipt.results = model::FactIdentity{std::string(64, 'b')};
    receipt.rows_refused = 3;
    receipt.added = 1;
    receipt.changed = 4;
    receipt.vanished = 5;
    const auto first = store->import({}, false, receipt);
    const auto second = store->import({}, false, sample_receipt());
    CHECK(first.number == 1);
    CHECK(second.number == 2);
    CHECK_FALSE(first.time.empty());

    const auto imports = store->imports();
    REQUIRE(imports.size() == 2);
    CHECK(imports[0].kind == "vpr-f1");
    CHECK(imports[0].file == receipt.file);
    CHECK(imports[0].file_sha256 == receipt.file_sha256);
    CHECK(imports[0].actor == receipt.actor);
    CHECK(imports[0].time == first.time);
    CHECK(imports[0].rows_accepted == 2);
    CHECK(imports[0].rows_refused == 3);
    CHECK(imports[0].added == 1);
    CHECK(imports[0].changed == 4);
    CHECK(imports[0].vanished == 5);
    CHECK(imports[0].results == receipt.results);
    CHECK_FALSE(imports[0].aggregates);
    CHECK_FALSE(imports[1].results);
    CHECK_FALSE(imports[0].undone);
}

inline void register_compares(const MakeRegisterStore& make) {
    const auto store = make();
    import_schools(*store, {sample_school("1"), sample_school("2"), sample_school("3")});
    model::School renamed = sample_school("2", "Лесная СОШ");
    renamed.head = "Тайнова Т. Т.";
    const auto file = schools_only({sample_school("1"), renamed, sample_school("4")});

    const auto part = store->compare(file, false);
    CHECK(part.added == 1);
    CHECK(part.changed == 1);
    CHECK(part.unchanged == 1);
    CHECK(part.vanished == 0);
    const auto full = store->compare(file, true);
    CHECK(full.vanished == 1);
    CHECK(full.examples.size() == 3);
    std::string lines;
    for (const auto& line : full.examples) lines += line + '\n';
    CHECK(lines.find("школа 2") != std::string::npos);
    CHECK(lines.find("Лесная СОШ") != std::string::npos);
    CHECK(lines.find("Тайнова") == std::string::npos);
    CHECK(store->rows().schools.size() == 3);
}

inline void register_upserts(const MakeRegisterStore& make) {
    const auto store = make();
    import_schools(*store, {sample_school("1"), sample_school("2")});
    model::School elsewhere = sample_school("9");
    elsewhere.territory = {"d2"};
    import_schools(*store, {elsewhere});
    store->import({.facts = {sample_fact("1", 2024, {5, 1})}}, false, sample_receipt("passports"));

    import_schools(*store, {sample_school("2", "Новая"), sample_school("3")}, true);
    const auto rows = store->rows();
    REQUIRE(rows.schools.size() == 3);
    CHECK(rows.schools[0].name == "Новая");
    CHECK(rows.schools[1].id.value == "3");
    CHECK_MESSAGE(rows.schools[2].id.value == "9",
                  "another territory's schools are not the file's business");
    CHECK_MESSAGE(rows.facts.size() == 1, "other kinds of rows are not the file's business");

    import_schools(*store, {sample_school("2", "раз"), sample_school("2", "два")});
    CHECK(store->rows().schools[0].name == "два");
}

inline std::string code_of(const base::Result<base::Done>& result) {
    return result ? "done" : result.error().code;
}

inline void register_undoes(const MakeRegisterStore& make) {
    const auto store = make();
    const auto first = import_schools(*store, {sample_school("1"), sample_school("2")});
    const auto before = store->rows();
    const auto second =
        import_schools(*store, {sample_school("1", "другая"), sample_school("3")}, true);
    CHECK(store->rows().schools.size() == 2);
    CHECK(code_of(store->undo(first, "local:petrova")) == "later_changes");
    CHECK(code_of(store->undo(second, "local:petrova")) == "done");
    CHECK(store->rows() == before);
    CHECK(store->imports().at(1).undone);
    CHECK_FALSE(store->imports().at(0).undone);
    CHECK(code_of(store->undo(second, "local:petrova")) == "already_undone");
    CHECK(code_of(store->undo(77, "local:petrova")) == "no_such_import");
    CHECK(code_of(store->undo(first, "local:petrova")) == "done");
    CHECK(store->rows() == ports::RegisterRows{});
}

inline void register_undo_respects_confirmation(const MakeRegisterStore& make) {
    const auto store = make();
    const auto first = import_schools(*store, {sample_school("1"), sample_school("2")});
    const auto same = import_schools(*store, {sample_school("1")});
    CHECK(code_of(store->undo(first, "local:petrova")) == "done");
    REQUIRE(store->rows().schools.size() == 1);
    CHECK(store->rows().schools[0].id.value == "1");
    CHECK(code_of(store->undo(same, "local:petrova")) == "done");
    CHECK(store->rows().schools.empty());
}

inline void register_undoes_facts_in_any_order(const MakeRegisterStore& make) {
    const auto store = make();
    const auto first = store->import({}, false, sample_receipt("vpr-f1")).number;
    store->import({}, false, sample_receipt("vpr-f1"));
    CHECK(code_of(store->undo(first, "local:petrova")) == "done");
    CHECK(store->imports().at(0).undone);
}

inline void register_keeps_settings(const MakeRegisterStore& make) {
    const auto store = make();
    CHECK_FALSE(store->setting("rating").has_value());
    store->set_setting("rating", "on", "local:ivanova");
    CHECK(store->setting("rating") == "on");
    store->set_setting("rating", "off", "local:ivanova");
    store->set_setting("rating", "off", "local:petrova");
    CHECK(store->setting("rating") == "off");
    CHECK_FALSE(store->setting("other").has_value());
}

inline void register_store_contract(const MakeRegisterStore& make) {
    SUBCASE("rows come back as they were, in key order; the hash names them") {
        register_keeps_rows(make);
    }
    SUBCASE("receipts come back as they were") { register_keeps_receipts(make); }
    SUBCASE("a comparison says what an import would do and does nothing") {
        register_compares(make);
    }
    SUBCASE("an import upserts by key; a full one deletes what its scope misses") {
        register_upserts(make);
    }
    SUBCASE("an undo restores what was before; not under later changes") { register_undoes(make); }
    SUBCASE("a row that a later import brought too stays when the first is undone") {
        register_undo_respects_confirmation(make);
    }
    SUBCASE("a setting is kept until it is set anew") { register_keeps_settings(make); }
    SUBCASE("imports of facts are undone in any order") {
        register_undoes_facts_in_any_order(make);
    }
}

}  // namespace opora::contract
