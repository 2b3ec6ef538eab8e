#include "opora/lifecycle/list_life.hpp"

#include <doctest/doctest.h>

#include "opora/lifecycle/list_versions.hpp"

using namespace opora;
using model::ListStage;
using model::Verdict;

namespace {

constexpr const char* today = "2024-11-20T08:00:00Z";
const model::Date last_day = *model::date_of("2024-11-25");

/// Plays deeds one after another, each on its day.
class Life {
public:
    /// The code of the refusal, or an empty text.
    std::string do_on(const std::string& time, model::ListDeed deed) {
        const model::ListAct act{.number = state_.acts + 1,
                                 .time = time,
                                 .actor = "test",
                                 .deed = std::move(deed),
                                 .hash = "hash",
                                 .journal = "seal"};
        auto next = lifecycle::after(state_, act);
        if (!next) return next.error().code;
        state_ = std::move(*next);
        return "";
    }
    std::string now(model::ListDeed deed) { return do_on(today, std::move(deed)); }

    const model::ListState& state() const { return state_; }

private:
    model::ListState state_;
};

model::ListDeed drafted() { return model::Drafted{"content", "snapshot", {"m"}, "1", {2024}, {}}; }
model::ListDeed published() { return model::Published{last_day}; }
model::ListDeed appealed(int number, const char* school = "1") {
    return model::Appealed{number, {school}, {}, "Не согласны"};
}
model::ListDeed refused(int number) {
    return model::Decided{number, false, "Данные верны", Verdict::listed, Verdict::listed};
}
model::ListDeed granted(int number) {
    return model::Decided{number, true, "Ошибка в протоколе", Verdict::listed, Verdict::not_listed};
}
model::ListDeed approved(std::string early = "") {
    return model::Approved{{.number = "12", .date = last_day}, std::move(early)};
}

/// A list at a stage.
Life life_at(ListStage stage) {
    Life life;
    if (stage == ListStage::discarded) {
        CHECK(life.now(drafted()).empty());
        CHECK(life.now(model::Discarded{}).empty());
        return life;
    }
    const model::ListDeed steps[] = {drafted(), published(), approved("все ознакомлены"),
                                     model::Replaced{{"2"}}};
    for (const model::ListDeed& step : steps) {
        if (life.state().acts > 0 && life.state().stage == stage) break;
        CHECK(life.now(step).empty());
    }
    CHECK(life.state().stage == stage);
    return life;
}

}  // namespace

TEST_CASE("every deed at every stage: only what the stage allows is done, the rest says why not") {
    const struct {
        model::ListDeed deed;
        bool draft, preliminary, approved, replaced, discarded;
    } rows[] = {
        {drafted(), false, false, false, false, false},
        {model::Renewed{"new", "new", "исправлен протокол"}, true, true, false, false, false},
        {published(), true, false, false, false, false},
        {model::Acknowledged{{"1"}}, false, true, true, false, false},
        {appealed(1), false, true, false, false, false},
        {model::Attached{1, {"файл.pdf", "00", 1}}, false, false, false, false, false},
        {refused(1), false, false, false, false, false},
        {model::Withdrawn{1, ""}, false, false, false, false, false},
        {approved("причина"), false, true, false, false, false},
        {model::Replaced{{"2"}}, false, false, true, false, false},
        {model::Discarded{}, true, false, false, false, false},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{code(row.deed)});
        const struct {
            ListStage stage;
            bool allowed;
        } stages[] = {{ListStage::draft, row.draft},
                      {ListStage::preliminary, row.preliminary},
                      {ListStage::approved, row.approved},
                      {ListStage::replaced, row.replaced},
                      {ListStage::discarded, row.discarded}};
        for (const auto& [stage, allowed] : stages) {
            CAPTURE(std::string{code(stage)});
            Life life = life_at(stage);
            const auto before = life.state().acts;
            CHECK(life.now(row.deed).empty() == allowed);
            CHECK(life.state().acts == before + (allowed ? 1 : 0));
        }
        Life unborn;
        CHECK(unborn.now(row.deed).empty() == std::holds_alternative<model::Drafted>(row.deed));
    }
}

TEST_CASE("appeals are taken until the end of the last day, and one of a school at a time") {
    Life life = life_at(ListStage::preliminary);
    CHECK(life.do_on("2024-11-26T00:00:00Z", appealed(1)) == "stage_conflict");
    CHECK(life.do_on("2024-11-25T23:59:59Z", appealed(1)).empty());
    CHECK(life.now(appealed(2)) == "stage_conflict");
    CHECK(life.now(appealed(2, "7")).empty());
    CHECK(life.now(refused(1)).empty());
    CHECK(life.now(appealed(3)).empty());
    CHECK(life.now(model::Appealed{4, {"9"}, {}, " \n"}) == "field_missing");
    CHECK(life.now(model::Appealed{5, {"9"}, {}, "текст"}) == "field_wrong");
}

TEST_CASE("an appeal is taken back while it has no answer; then it is closed for everybody") {
    Life life = life_at(ListStage::preliminary);
    CHECK(life.now(appealed(1)).empty());
    CHECK(life.now(model::Withdrawn{1, std::string(30'000, 'x')}) == "field_wrong");
    CHECK(life.now(model::Withdrawn{1, "ошибка найдена у нас"}).empty());
    CHECK_FALSE(lifecycle::has_open_appeals(life.state()));
    CHECK(life.state().appeals[0].withdrawal->reason == "ошибка найдена у нас");
    CHECK(life.now(model::Withdrawn{1, ""}) == "stage_conflict");
    CHECK(life.now(refused(1)) == "stage_conflict");
    CHECK(life.now(model::Attached{1, {"файл.pdf", "00", 1}}) == "stage_conflict");
    CHECK(life.now(appealed(2)).empty());  // The school may appeal again.
    CHECK(life.now(refused(2)).empty());
    CHECK(life.now(model::Withdrawn{2, ""}) == "stage_conflict");
    CHECK(life.now(model::Withdrawn{3, ""}) == "appeal_unknown");
}

TEST_CASE("a term that is over cannot be set") {
    Life life = life_at(ListStage::draft);
    CHECK(life.now(model::Published{*model::date_of("2024-11-19")}) == "field_wrong");
    CHECK(life.now(model::Published{*model::date_of("2024-11-20")}).empty());
}

TEST_CASE("a decision needs its reason and changes the verdict exactly when it grants the appeal") {
    Life life = life_at(ListStage::preliminary);
    CHECK(life.now(appealed(1)).empty());
    const auto decided = [&](bool granted, const char* reason, Verdict after) {
        return life.now(model::Decided{1, granted, reason, Verdict::listed, after});
    };
    CHECK(decided(true, "", Verdict::not_listed) == "field_missing");
    CHECK(decided(true, "почему", Verdict::listed) == "field_wrong");
    CHECK(decided(false, "почему", Verdict::not_listed) == "field_wrong");
    CHECK(life.now(model::Decided{2, false, "почему", Verdict::listed, Verdict::listed}) ==
          "appeal_unknown");
    CHECK(life.state().versions.size() == 1);
    CHECK(decided(true, "почему", Verdict::watch).empty());
    CHECK(life.state().versions.size() == 2);
    CHECK(life.now(refused(1)) == "stage_conflict");
    CHECK(life.now(model::Attached{1, {"поздно.pdf", "00", 1}}) == "stage_conflict");
}

TEST_CASE("a list is not approved over an open appeal, nor before the term without a reason") {
    Life life = life_at(ListStage::preliminary);
    CHECK(life.now(approved()) == "stage_conflict");
    CHECK(life.now(appealed(1)).empty());
    CHECK(life.now(approved("спешим")) == "stage_conflict");
    CHECK(life.do_on("2024-11-26T00:00:00Z", approved()) == "stage_conflict");
    CHECK(lifecycle::stage_on(life.state(), *model::date_of("2024-11-26")) ==
          ListStage::preliminary);
    CHECK(life.now(refused(1)).empty());
    CHECK(lifecycle::stage_on(life.state(), last_day) == ListStage::preliminary);
    CHECK(lifecycle::stage_on(life.state(), *model::date_of("2024-11-26")) == ListStage::decided);
    CHECK(life.do_on("2024-11-26T00:00:00Z", approved()).empty());
    CHECK(life.state().order->number == "12");
    CHECK(life.state().approval_seal == "seal");
}

TEST_CASE("an acknowledgement changes nothing that others decide upon, everything else does") {
    Life life = life_at(ListStage::preliminary);
    const auto edition = life.state().edition;
    CHECK(life.now(model::Acknowledged{{"1"}}).empty());
    CHECK(life.state().edition == edition);
    CHECK(life.now(model::Acknowledged{{"1"}}) == "stage_conflict");
    CHECK(life.now(appealed(1)).empty());
    CHECK(life.state().edition == life.state().acts);
}

TEST_CASE("a granted appeal changes the list visibly from its version on, and no earlier one") {
    Life life = life_at(ListStage::preliminary);
    CHECK(life.now(appealed(1)).empty());
    CHECK(life.now(granted(1)).empty());
    model::SchoolList computed;
    computed.listings = {
        {.school = {"1"}, .verdict = Verdict::listed, .probability = 0.9, .rules_met = {"A"}},
        {.school = {"2"}, .verdict = Verdict::watch},
        {.school = {"3"}, .verdict = Verdict::not_listed}};

    const auto first = lifecycle::with_decisions(computed, life.state(), 1);
    CHECK(lifecycle::moves(computed, first).empty());
    const auto second = lifecycle::with_decisions(computed, life.state(), 2);
    const auto moved = lifecycle::moves(first, second);
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].school.value == "1");
    CHECK(moved[0].before == Verdict::listed);
    CHECK(moved[0].after == Verdict::not_listed);
    const model::Listing* listing = lifecycle::find_listing(second, {"1"}, {});
    REQUIRE(listing != nullptr);
    CHECK(listing->notes.back().find("Ошибка в протоколе") != std::string::npos);
    CHECK(listing->rules_met == std::vector<std::string>{"A"});
    CHECK_FALSE(listing->probability);
    CHECK(lifecycle::told_schools(first) == std::vector<model::SchoolId>{{"1"}, {"2"}});
    CHECK(lifecycle::told_schools(second) == std::vector<model::SchoolId>{{"2"}});

    // New data without the school: the decision has nothing to change.
    CHECK(life.now(model::Renewed{"new", "new", "школа закрыта"}).empty());
    computed.listings.erase(computed.listings.begin());
    const auto third = lifecycle::with_decisions(computed, life.state(), 3);
    CHECK(third.listings.size() == 2);
    const auto gone = lifecycle::moves(second, third);
    REQUIRE(gone.size() == 1);
    CHECK_FALSE(gone[0].after);
}

TEST_CASE("a chain with an act that was never allowed is refused with its number") {
    const auto act = [](std::int64_t number, model::ListDeed deed) {
        return model::ListAct{number, today, "test", std::move(deed), "", ""};
    };
    const std::vector<model::ListAct> whole{act(1, drafted()), act(2, published())};
    CHECK(lifecycle::replay({"1"}, whole));
    const std::vector<model::ListAct> wrong{act(1, drafted()), act(2, approved())};
    const auto replayed = lifecycle::replay({"1"}, wrong);
    REQUIRE_FALSE(replayed);
    CHECK(replayed.error().message.find("действие 2") != std::string::npos);
}
