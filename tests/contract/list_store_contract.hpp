#pragma once

#include <doctest/doctest.h>

#include <fstream>

#include "opora/ports/list_store.hpp"

namespace opora::contract {

/// A content with everything that a list can hold, once.
inline model::ListContent sample_content(const char* snapshot = "снимок") {
    model::Derivation share{
        .kind = model::Derivation::Kind::indicator,
        .text = "low_share(p)",
        .indicator = "low_share",
        .procedure = model::Procedure{{2024}, model::ProcedureType::vpr, {"russian"}, 5, 5},
        .year = model::SchoolYear{2024},
        .value = model::Measurement::of(8, 25, 25),
        .unit = model::Unit::share,
        .interval_low = 0.1 + 0.2,
        .interval_high = 1.0 / 3,
        .has_interval = true,
        .among = "кластер 1",
        .years_pooled = 2,
        .sources = {{"Ф1 «5».xlsx", 14, 38}}};
    model::Derivation absent{.text = "нет",
                             .value = model::Measurement::absent(model::Missing::not_held)};
    model::Derivation whole{.kind = model::Derivation::Kind::comparison,
                            .text = "low_share(p) >= 30 %",
                            .comparison = ">=",
                            .outcome = model::Outcome::met,
                            .parts = {share, absent}};
    model::Listing listed{.school = {"1"},
                          .school_name = "Первая <script> «школа»",
                          .verdict = model::Verdict::listed,
                          .probability = 0.1 + 0.7,
                          .reliability = model::Reliability::unsure,
                          .rules_met = {"A"},
                          .notes = {"за один год"},
                          .findings = {{"A", "1.1", model::Outcome::met, whole}}};
    model::Listing teacher{.school = {"2"}, .school_name = "Вторая", .teacher = {"t1"}};
    return {.methodology_text = "document: {id: federal-2025}\n",
            .methodology_file = "federal-2025.yaml",
            .settings = {"low_limit=35%"},
            .program = "0.1.0",
            .territory = {"a"},
            .list = {.methodology = {"federal-2025"},
                     .version = "1",
                     .year = {2024},
                     .snapshot = snapshot,
                     .clusters = "по ИСБШ",
                     .listings = {listed, teacher},
                     .uncertainty = model::ListUncertainty{.expected_false = 0.3, .judged = 2}}};
}

inline ports::FrozenData sample_data() {
    ports::FrozenData data{.rows = {}, .rows_hash = "hash", .imports = {}};
    data.rows.schools = {
        {.id = {"1"}, .name = "Первая", .territory = {"a"}, .head = "Вымышленная"}};
    data.rows.teachers = {{.id = {"t1"}, .school = {"1"}, .name = "Вымышленный"}};
    data.imports = {{.number = 1, .kind = "vpr-f1", .file = "Ф1.xlsx", .results = {{"facts"}}},
                    {.number = 2, .kind = "schools", .file = "школы.csv", .undone = true}};
    return data;
}

/// A draft of the sample content in the store.
inline model::ListId sample_draft(ports::ListStore& store, const char* snapshot = "снимок") {
    const model::ListContent content = sample_content(snapshot);
    const ports::FrozenData data = sample_data();
    const ports::ListEntry entry{
        .list = {},
        .acts_before = 0,
        .deed =
            model::Drafted{store.hash_of(content), snapshot, {"federal-2025"}, "1", {2024}, {"a"}},
        .actor = "user:1"};
    const auto list = store.append({&entry, 1}, ports::Freeze{&content, &data});
    REQUIRE(list);
    return *list;
}

inline base::Result<model::ListId> append_one(ports::ListStore& store, const model::ListId& list,
                                              std::int64_t acts_before, model::ListDeed deed) {
    const ports::ListEntry entry{list, acts_before, std::move(deed), "user:2"};
    return store.append({&entry, 1}, std::nullopt);
}

/// One of each deed, with texts that need care.
inline std::vector<model::ListDeed> sample_deeds() {
    const model::Date day = *model::date_of("2024-11-25");
    model::OrderRecord order{.number = "12-о",
                             .date = day,
                             .place = "п. Вымышленный",
                             .authority = "Комитет",
                             .authority_genitive = "комитета",
                             .title = "Об утверждении",
                             .basis = "На основании",
                             .points = {{"Утвердить.", {}}, {"Поручить:", {"раз", "два"}}},
                             .responsible = "Кабинету",
                             .control = "заместителя",
                             .executor = "Исполнитель",
                             .position = "Председатель",
                             .signatory = "В. В."};
    return {model::Drafted{"content", "снимок", {"m"}, "1", {2024}, {"a"}},
            model::Renewed{"content", "снимок", "исправлен «протокол»"},
            model::Published{day},
            model::Acknowledged{{"1"}},
            model::Appealed{1, {"1"}, {"t"}, "Строка 1\nстрока 2 \"\\ <script>"},
            model::Attached{1, {"акт.pdf", "00ff", 7}},
            model::Decided{1, true, "Ошибка", model::Verdict::listed, model::Verdict::excluded},
            model::Approved{order, "досрочно"},
            model::Replaced{{"2"}},
            model::Discarded{"не нужен"},
            model::Withdrawn{1, "передумали"}};
}

/// What every ListStore promises of contents, data and files; `make` gives an empty one.
template <class Make>
void check_list_contents(Make make) {
    SUBCASE("a content comes back as it went in, number by number") {
        const auto store = make();
        sample_draft(*store);
        const model::ListContent content = sample_content();
        const auto back = store->content(store->hash_of(content));
        CHECK(store->hash_of(*back) == store->hash_of(content));
        const model::Derivation& node = back->list.listings[0].findings[0].derivation.parts[0];
        CHECK(node.interval_low == 0.1 + 0.2);
        CHECK(node.value == model::Measurement::of(8, 25, 25));
        CHECK(node.sources == std::vector<model::Source>{{"Ф1 «5».xlsx", 14, 38}});
        CHECK(node.procedure->grade == 5);
        CHECK(back->list.listings[0].findings[0].derivation.parts[1].value.missing ==
              model::Missing::not_held);
        CHECK(back->list.listings[0].probability == 0.1 + 0.7);
        CHECK(back->list.listings[1].teacher.value == "t1");
        CHECK(back->list.uncertainty->expected_false == 0.3);
        CHECK(back->settings == content.settings);
        const auto outline = store->outline(store->hash_of(content));
        CHECK(outline->list.listings[0].notes == content.list.listings[0].notes);
        CHECK(outline->list.listings[0].findings.empty());
        model::ListContent other = content;
        other.list.listings[0].notes.clear();
        CHECK(store->hash_of(other) != store->hash_of(content));
    }
    SUBCASE("frozen data come back without names of people") {
        const auto store = make();
        sample_draft(*store);
        const ports::FrozenData data = store->frozen("снимок");
        CHECK(data.rows_hash == "hash");
        REQUIRE(data.rows.schools.size() == 1);
        CHECK(data.rows.schools[0].name == "Первая");
        CHECK(data.rows.schools[0].head.empty());
        REQUIRE(data.rows.teachers.size() == 1);
        CHECK(data.rows.teachers[0].name.empty());
        REQUIRE(data.imports.size() == 2);
        CHECK(data.imports[0].results->value == "facts");
        CHECK(data.imports[1].undone);
    }
    SUBCASE("a file is kept by its hash, once, and nothing else is found by a hash") {
        const auto store = make();
        const auto path = std::filesystem::temp_directory_path() / "opora-list-contract.bin";
        std::ofstream{path, std::ios::binary} << std::string("\0тело\xff", 10);
        const model::AttachedFile kept = store->keep_file(path, "акт.pdf");
        CHECK(kept.name == "акт.pdf");
        CHECK(kept.bytes == 10);
        CHECK(store->keep_file(path, "акт 2.pdf").sha256 == kept.sha256);
        const auto found = store->file(kept.sha256);
        REQUIRE(found);
        CHECK(std::filesystem::file_size(*found) == 10);
        CHECK_FALSE(store->file("../opora.sqlite"));
        CHECK_FALSE(store->file(std::string(64, '0')));
        std::filesystem::remove(path);
    }
}

/// What every ListStore promises of acts.
template <class Make>
void check_list_acts(Make make) {
    SUBCASE("every deed comes back as it was done, in order, chained and told in the journal") {
        const auto store = make();
        const model::ListId list = sample_draft(*store);
        std::int64_t acts = 1;
        for (const model::ListDeed& deed : sample_deeds()) {
            // The sample's contents are named by no content that is kept.
            if (std::holds_alternative<model::Drafted>(deed)) continue;
            if (std::holds_alternative<model::Renewed>(deed)) continue;
            REQUIRE(append_one(*store, list, acts, deed));
            const auto all = store->acts(list);
            REQUIRE(std::ssize(all) == ++acts);
            CHECK(all.back().deed == deed);
            CHECK(all.back().number == acts);
            CHECK(all.back().actor == "user:2");
            CHECK(all.back().time == store->now());
            CHECK(all.back().hash.size() == 64);
            CHECK(store->check_journal(all.back().journal));
        }
        CHECK(store->check_chain(list).empty());
        CHECK(store->lists() == std::vector<model::ListId>{list});
    }
    SUBCASE("of two acts after the same one the second is refused, and nothing of it is kept") {
        const auto store = make();
        const model::ListId first = sample_draft(*store);
        const model::ListId second = sample_draft(*store, "другой");
        CHECK(first != second);
        REQUIRE(append_one(*store, first, 1, model::Acknowledged{{"1"}}));
        const ports::ListEntry both[] = {{second, 1, model::Replaced{first}, "user:2"},
                                         {first, 1, model::Acknowledged{{"2"}}, "user:2"}};
        const auto late = store->append(both, std::nullopt);
        REQUIRE_FALSE(late);
        CHECK(late.error().code == "acts_conflict");
        CHECK(store->acts(first).size() == 2);
        CHECK(store->acts(second).size() == 1);
        CHECK(store->check_journal(std::nullopt));
        CHECK(store->acts({"77"}).empty());
        CHECK(store->acts({"1 or 1=1"}).empty());
        CHECK(append_one(*store, {"77"}, 1, model::Acknowledged{{"2"}}).error().code ==
              "acts_conflict");
    }
}

}  // namespace opora::contract
