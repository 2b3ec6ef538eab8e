// The life of a list over a real store: who may do what, what is kept, what checking it anew says.
#include "opora/application/list_desk.hpp"

#include <thread>

#include "api/list_office.hpp"
#include "opora/application/list_verification.hpp"
#include "opora/storage/sqlite_connection.hpp"

using namespace opora;
using model::ListStage;
using model::Verdict;
using testing::code_of;
using testing::desk_of;

namespace {

model::OrderRecord order(const char* number = "12-о") {
    return {.number = number, .date = *model::date_of("2024-11-26")};
}

model::User person(testing::Office& office, model::Role role) {
    const auto user = office.accounts().find_login(testing::Office::login_of(role));
    REQUIRE(user);
    return *user;
}

Verdict verdict(const application::ListDossier& dossier, const char* school) {
    const auto* listing = lifecycle::find_listing(dossier.list, {school}, {});
    REQUIRE(listing != nullptr);
    return listing->verdict;
}

application::ListVerification verified(application::Workspace& workspace, const model::ListId& list,
                                       const std::optional<std::string>& seal = {}) {
    const auto dossier = desk_of(workspace).find(list);
    REQUIRE(dossier);
    return application::verify_list(workspace.store(), *dossier, workspace.scales(), "1", seal);
}

}  // namespace

TEST_CASE(
    "from draft to order: an approved list says who, when, why, and replaces the one before") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    auto desk = desk_of(workspace);
    CHECK(verdict(*desk.find(list), "1") == Verdict::listed);
    REQUIRE(desk.appeal(list, {"1"}, {}, "Ошибка в протоколе"));
    CHECK(code_of(desk.approve(list, order(), "спешим", {})) == "stage_conflict");
    const auto decided = desk.decide(list, {1, true, "Протокол исправлен", Verdict::watch}, {});
    REQUIRE(decided);
    CHECK(verdict(*decided, "1") == Verdict::watch);
    CHECK(decided->state.versions.size() == 2);
    CHECK(verdict(*desk.find(list), "2") == Verdict::listed);
    CHECK(code_of(desk.approve(list, order(), "", {})) == "stage_conflict");
    const auto approved = desk.approve(list, order(), "все ознакомлены", {});
    REQUIRE(approved);
    CHECK(approved->stage == ListStage::approved);
    CHECK(workspace.store().list_store().check_journal(approved->state.approval_seal));

    const model::ListId next = testing::draft(workspace);
    REQUIRE(desk.publish(next, testing::day_after(workspace, 0), {}));
    REQUIRE(desk.approve(next, order("13-о"), "возражений нет", {}));
    const auto before = desk.find(list);
    CHECK(before->stage == ListStage::replaced);
    CHECK(before->state.replaced_by == next);
    CHECK(desk.all().front().state.id == next);
    CHECK(verified(workspace, list, approved->state.approval_seal).holds());
}

TEST_CASE("a school is told, acknowledges once and appeals for itself alone") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    const auto view = workspace.view();
    auto head = desk_of(workspace, *view, person(office, model::Role::school_head));
    auto coordinator =
        desk_of(workspace, *view, person(office, model::Role::municipal_coordinator));
    auto teacher = desk_of(workspace, *view, person(office, model::Role::teacher));
    CHECK(code_of(coordinator.acknowledge(list, {"2"})) == "forbidden");
    CHECK(code_of(teacher.acknowledge(list, {"2"})) == "forbidden");
    CHECK(code_of(head.acknowledge(list, {"1"})) == "other_school");
    CHECK(code_of(head.acknowledge(list, {"2"})).empty());
    CHECK(code_of(head.acknowledge(list, {"2"})) == "stage_conflict");
    CHECK(code_of(head.appeal(list, {"1"}, {}, "За соседей")) == "other_school");
    CHECK(code_of(head.appeal(list, {"2"}, {"t"}, "О педагоге")) == "school_unknown");
    CHECK(code_of(head.appeal(list, {"2"}, {}, "Не согласны")).empty());
    CHECK(code_of(head.decide(list, {1, true, "Сами решили", {}}, {})) == "forbidden");
    CHECK(code_of(head.approve(list, order(), "да", {})) == "forbidden");
    CHECK(code_of(coordinator.decide(list, {1, false, "Данные верны", {}}, {})).empty());
    // The third school lies elsewhere; the list does not look at it.
    CHECK(code_of(desk_of(workspace).acknowledge(list, {"3"})) == "school_not_told");
}

TEST_CASE(
    "a draft is not shown to schools, a list of another district is as if it were not there") {
    testing::Office office;
    auto& workspace = office.workspace();
    testing::add_procedure(workspace, {5, 4, 5});
    const model::ListId list = testing::draft(workspace);
    auto other = testing::district_list(workspace);
    other.territory = {"b"};
    const auto elsewhere = desk_of(workspace).draft(other, workspace.scales(), "1");
    REQUIRE(elsewhere);
    const auto view = workspace.view();
    const auto sees = [&](model::Role role, const model::ListId& id) {
        return code_of(desk_of(workspace, *view, person(office, role)).find(id)).empty();
    };
    for (const auto role :
         {model::Role::municipal_coordinator, model::Role::methodologist, model::Role::auditor}) {
        CHECK(sees(role, list));
        CHECK_FALSE(sees(role, *elsewhere));
    }
    CHECK_FALSE(sees(model::Role::school_head, list));
    CHECK_FALSE(sees(model::Role::curator, list));
    CHECK_FALSE(sees(model::Role::administrator, list));
    auto coordinator =
        desk_of(workspace, *view, person(office, model::Role::municipal_coordinator));
    CHECK(code_of(coordinator.draft(other, workspace.scales(), "1")) == "other_territory");
    CHECK(code_of(coordinator.publish(*elsewhere, testing::day_after(workspace, 1), {})) ==
          "list_unknown");
    REQUIRE(coordinator.publish(list, testing::day_after(workspace, 1), {}));
    CHECK(sees(model::Role::school_head, list));
    CHECK(sees(model::Role::curator, list));
}

TEST_CASE("what is loaded later changes no list; checking says what would be different today") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    const std::string snapshot = desk_of(workspace).find(list)->content->list.snapshot;
    testing::add_procedure(workspace, {0, 4, 0});  // Replaces the second procedure.
    const auto after = desk_of(workspace).find(list);
    CHECK(verdict(*after, "1") == Verdict::listed);
    CHECK(after->content->list.snapshot == snapshot);
    const auto checked = verified(workspace, list);
    CHECK(checked.holds());
    CHECK(checked.snapshot_today != snapshot);
    REQUIRE(checked.moves_today.size() == 1);
    CHECK(checked.moves_today[0].school.value == "1");

    auto desk = desk_of(workspace);
    REQUIRE(desk.appeal(list, {"2"}, {}, "Не согласны"));
    REQUIRE(desk.decide(list, {1, true, "Школа в ремонте", Verdict::watch}, {}));
    const auto renewed = desk.renew(list, "Исправлен протокол", workspace.scales(), "1", {});
    REQUIRE(renewed);
    CHECK(verdict(*renewed, "1") != Verdict::listed);
    CHECK(verdict(*renewed, "2") == Verdict::watch);  // A decision outlives new data.
    CHECK(renewed->state.versions.size() == 3);
    CHECK(verdict(*after, "1") == verdict({.list = *desk.version(*renewed, 1)}, "1"));
    CHECK(verified(workspace, list).holds());
    CHECK(code_of(desk.renew(list, "ещё раз", workspace.scales(), "1", {})) == "data_unchanged");
}

TEST_CASE("a list that was changed behind the program's back does not pass") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    const auto holds = [&](std::string_view code) {
        for (const auto& check : verified(workspace, list).checks) {
            if (check.code == code) return check.holds;
        }
        return false;
    };
    CHECK(holds("rederived"));
    const storage::SqliteConnection connection{workspace.store().directory() / "opora.sqlite",
                                               storage::SqliteConnection::Access::write};
    connection.execute(
        "UPDATE list_snapshots SET imports = replace(imports, '\"undone\":false', "
        "'\"undone\":true')");
    CHECK_FALSE(holds("rederived"));
    CHECK(holds("chain"));
    CHECK(verified(workspace, list, std::string(64, '0')).checks.front().holds == false);
}

TEST_CASE("of two decisions on one state the second is refused; schools never get in their way") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    auto desk = desk_of(workspace);
    REQUIRE(desk.appeal(list, {"1"}, {}, "Первая"));
    const auto seen = desk.appeal(list, {"2"}, {}, "Вторая");
    REQUIRE(seen);
    const auto edition = seen->state.edition;
    REQUIRE(desk.acknowledge(list, {"1"}));
    REQUIRE(desk.decide(list, {1, false, "Верно", {}}, edition));
    CHECK(code_of(desk.decide(list, {2, false, "Верно", {}}, edition)) == "edition_conflict");
    CHECK(desk.find(list)->state.appeals[1].decision == std::nullopt);
}

TEST_CASE("many schools at the same time: every acknowledgement is kept, once") {
    testing::Office office;
    auto& workspace = office.workspace();
    const model::ListId list = testing::preliminary(workspace);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            static_cast<void>(desk_of(workspace).acknowledge(list, {i % 2 == 0 ? "1" : "2"}));
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(desk_of(workspace).find(list)->state.acknowledgements.size() == 2);
    CHECK(verified(workspace, list).holds());
}

TEST_CASE("names of files are shown without folders, controls and what no disk takes") {
    const struct {
        const char* given;
        const char* shown;
    } rows[] = {{"акт.pdf", "акт.pdf"},
                {"../../etc/passwd", "passwd"},
                {"C:\\Документы\\акт.pdf", "акт.pdf"},
                {"...", "файл"},
                {"", "файл"},
                {".bashrc", "bashrc"},
                {"a\nb\tc\x7f.pdf", "abc.pdf"},
                {"\u202eакт\u200f.pdf", "акт.pdf"},
                {"<b>\"x\"|?*.pdf", "bx.pdf"},
                {"\xff\xfe.pdf", "pdf"}};
    for (const auto& row : rows) {
        CAPTURE(row.given);
        CHECK(application::clean_file_name(row.given) == row.shown);
    }
    CHECK(application::clean_file_name(std::string(500, 'a')).size() == 120);
}

TEST_CASE("official borders of marks are kept with a list that looks at them, as they were then") {
    testing::Office office;
    auto& workspace = office.workspace();
    testing::add_procedure(workspace, {5, 4, 0});
    const model::Scale then{
        .edition = "vpr-own",
        .type = model::ProcedureType::vpr,
        .subject = {"mathematics"},
        .programme_grade = 5,
        .year_first = model::SchoolYear{2024},
        .region = {"r"},
        .first_scores = {7, 12, {}},
        .score_max = 20,
        .conditions = {{.mark = 3, .points_min = 2, .tasks = {"1", "2"}, .text = "за «счёт»"}},
        .minima = {{.score = 27}},
        .profile_minimum = 14,
        .evidence = "C",
        .source = "приказ"};
    model::Scale later = then;
    later.first_scores = {9, 15, 18};
    auto request = testing::district_list(workspace);
    request.settings = {"marked_results=all_excluded"};
    auto desk = desk_of(workspace);
    const auto list = desk.draft(request, {&then, 1}, "1");
    REQUIRE(list);
    const auto dossier = desk.find(*list);
    REQUIRE(dossier->content->scales);
    CHECK(*dossier->content->scales == std::vector<model::Scale>{then});
    CHECK(application::verify_list(workspace.store(), *dossier, {&later, 1}, "1", {}).holds());
    CHECK(application::verify_list(workspace.store(), *dossier, {}, "1", {}).holds());

    // A methodology that does not look at them keeps none.
    const auto plain = desk.draft(testing::district_list(workspace), {&then, 1}, "1");
    REQUIRE(plain);
    CHECK_FALSE(desk.find(*plain)->content->scales);
}
