#include "opora/lifecycle/list_life.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace opora::lifecycle {

namespace {

using model::ListStage;
using model::ListState;
using Refusal = base::Unexpected<base::Error>;

Refusal refusal(std::string code, std::string message) {
    return Refusal{base::Error{.code = std::move(code), .message = std::move(message)}};
}

/// A deed that the stage does not allow.
Refusal wrong_stage(std::string message) { return refusal("stage_conflict", std::move(message)); }

base::Result<base::Done> check_text(const std::string& text, std::string_view what) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return refusal("field_missing", fmt::format("не заполнено: {}", what));
    }
    if (text.size() > text_bytes_max) {
        return refusal("field_wrong", fmt::format("слишком длинный текст: {}", what));
    }
    return base::Done{};
}

/// Why a list at this stage is not open to a change that only preliminary ones take.
std::string not_preliminary(ListStage stage) {
    switch (stage) {
        case ListStage::draft:
            return "перечень ещё не опубликован как предварительный";
        case ListStage::approved:
            return "перечень уже утверждён приказом";
        case ListStage::replaced:
            return "перечень уже заменён новым";
        case ListStage::discarded:
            return "проект перечня удалён";
        case ListStage::preliminary:
        case ListStage::decided:
            return "перечень предварительный";
    }
    return "";
}

model::Date day_of(const model::ListAct& act) {
    const auto day = model::date_of(act.time);
    OPORA_EXPECTS(day.has_value());  // The store gives times.
    return *day;
}

/// Applies deeds of one list; each overload first says whether the deed is allowed.
class Player {
public:
    Player(ListState& state, const model::ListAct& act)
        : state_{state}, act_{act}, today_{day_of(act)} {}

    base::Result<base::Done> operator()(const model::Drafted& deed) {
        if (state_.acts != 0) return wrong_stage("этот перечень уже составлен");
        state_.methodology = deed.methodology;
        state_.version = deed.version;
        state_.year = deed.year;
        state_.territory = deed.territory;
        state_.made = act_.time;
        state_.maker = act_.actor;
        add_version(deed.content, deed.snapshot, "", 0);
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Renewed& deed) {
        if (state_.stage != ListStage::draft && state_.stage != ListStage::preliminary) {
            return wrong_stage("пересчитать можно только проект или предварительный перечень: " +
                               not_preliminary(state_.stage));
        }
        OPORA_TRY(check_text(deed.reason, "почему перечень пересчитан"));
        add_version(deed.content, deed.snapshot, deed.reason, 0);
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Published& deed) {
        if (state_.stage != ListStage::draft) {
            return wrong_stage(state_.stage == ListStage::discarded ? not_preliminary(state_.stage)
                                                                    : "перечень уже опубликован");
        }
        if (deed.appeals_until < today_) {
            return refusal("field_wrong",
                           "срок подачи возражений уже прошёл: укажите сегодняшний день или более "
                           "поздний");
        }
        state_.stage = ListStage::preliminary;
        state_.published = act_.time;
        state_.appeals_until = deed.appeals_until;
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Acknowledged& deed) {
        if (state_.stage != ListStage::preliminary && state_.stage != ListStage::approved) {
            return wrong_stage("ознакомиться с перечнем нельзя: " + not_preliminary(state_.stage));
        }
        const bool again =
            std::ranges::find(state_.acknowledgements, deed.school,
                              &model::Acknowledgement::school) != state_.acknowledgements.end();
        if (again) return wrong_stage("школа уже подтвердила, что ознакомлена");
        state_.acknowledgements.push_back({deed.school, act_.time, act_.actor});
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Appealed& deed) {
        OPORA_TRY(expect_preliminary("возражения не принимаются"));
        if (!takes_appeals(state_, today_)) {
            return wrong_stage("возражения не принимаются: срок закончился " +
                               model::title(*state_.appeals_until));
        }
        OPORA_TRY(check_text(deed.text, "текст возражения"));
        const bool open = std::ranges::any_of(state_.appeals, [&](const model::Appeal& one) {
            return one.school == deed.school && one.teacher == deed.teacher && one.open();
        });
        if (open) return wrong_stage("возражение школы уже подано и ещё не рассмотрено");
        if (deed.appeal != std::ssize(state_.appeals) + 1) {
            return refusal("field_wrong", "неверный номер возражения");
        }
        state_.appeals.push_back({.number = deed.appeal,
                                  .school = deed.school,
                                  .teacher = deed.teacher,
                                  .text = deed.text,
                                  .time = act_.time,
                                  .actor = act_.actor,
                                  .files = {},
                                  .decision = {},
                                  .withdrawal = {}});
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Attached& deed) {
        OPORA_TRY(expect_preliminary("приложить файл нельзя"));
        model::Appeal* appeal = OPORA_TRY(open_appeal(deed.appeal));
        if (appeal->files.size() >= files_max) {
            return refusal("field_wrong",
                           fmt::format("к возражению можно приложить не больше {} файлов: "
                                       "объедините их в архив",
                                       files_max));
        }
        appeal->files.push_back(deed.file);
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Decided& deed) {
        OPORA_TRY(expect_preliminary("рассмотреть возражение нельзя"));
        model::Appeal* appeal = OPORA_TRY(open_appeal(deed.appeal));
        OPORA_TRY(check_text(deed.reason, "основание решения"));
        if (deed.granted == (deed.before == deed.after)) {
            return refusal("field_wrong",
                           deed.granted ? "возражение удовлетворено, но вывод о школе тот же: "
                                          "выберите новый вывод"
                                        : "в возражении отказано: вывод о школе не меняется");
        }
        appeal->decision = model::AppealDecision{.granted = deed.granted,
                                                 .reason = deed.reason,
                                                 .before = deed.before,
                                                 .after = deed.after,
                                                 .time = act_.time,
                                                 .actor = act_.actor};
        if (deed.granted) {
            const model::ListVersion& last = newest(state_);
            add_version(last.content, last.snapshot, deed.reason, deed.appeal);
        }
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Approved& deed) {
        OPORA_TRY(expect_preliminary("утвердить нельзя"));
        if (has_open_appeals(state_)) {
            return wrong_stage("утвердить нельзя: есть нерассмотренные возражения");
        }
        OPORA_TRY(check_text(deed.order.number, "номер приказа"));
        if (takes_appeals(state_, today_) && deed.early_reason.empty()) {
            return wrong_stage(fmt::format(
                "утвердить нельзя: школы могут возражать до {} включительно; чтобы утвердить "
                "раньше, укажите причину",
                model::title(*state_.appeals_until)));
        }
        state_.stage = ListStage::approved;
        state_.order = deed.order;
        state_.approval_seal = act_.journal;
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Replaced& deed) {
        if (state_.stage != ListStage::approved) {
            return wrong_stage("заменить можно только утверждённый перечень");
        }
        state_.stage = ListStage::replaced;
        state_.replaced_by = deed.by;
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Discarded& deed) {
        if (state_.stage != ListStage::draft) {
            return wrong_stage("удалить можно только проект: " +
                               (state_.stage == ListStage::preliminary
                                    ? std::string{"перечень уже опубликован"}
                                    : not_preliminary(state_.stage)));
        }
        if (!deed.reason.empty()) OPORA_TRY(check_text(deed.reason, "причина"));
        state_.stage = ListStage::discarded;
        return base::Done{};
    }

    base::Result<base::Done> operator()(const model::Withdrawn& deed) {
        OPORA_TRY(expect_preliminary("отозвать возражение нельзя"));
        model::Appeal* appeal = OPORA_TRY(open_appeal(deed.appeal));
        if (!deed.reason.empty()) OPORA_TRY(check_text(deed.reason, "почему возражение отозвано"));
        appeal->withdrawal =
            model::AppealWithdrawal{.reason = deed.reason, .time = act_.time, .actor = act_.actor};
        return base::Done{};
    }

private:
    base::Result<base::Done> expect_preliminary(std::string_view what) const {
        if (state_.stage == ListStage::preliminary) return base::Done{};
        return wrong_stage(fmt::format("{}: {}", what, not_preliminary(state_.stage)));
    }

    base::Result<model::Appeal*> open_appeal(std::int64_t number) {
        const auto found = std::ranges::find(state_.appeals, number, &model::Appeal::number);
        if (found == state_.appeals.end()) {
            return refusal("appeal_unknown", "такого возражения нет");
        }
        if (found->decision) return wrong_stage("возражение уже рассмотрено");
        if (found->withdrawal) return wrong_stage("возражение отозвано школой");
        return &*found;
    }

    void add_version(const std::string& content, const std::string& snapshot,
                     const std::string& reason, std::int64_t appeal) {
        state_.versions.push_back({.number = static_cast<int>(state_.versions.size()) + 1,
                                   .content = content,
                                   .snapshot = snapshot,
                                   .time = act_.time,
                                   .actor = act_.actor,
                                   .reason = reason,
                                   .appeal = appeal});
    }

    ListState& state_;
    const model::ListAct& act_;
    model::Date today_;
};

}  // namespace

base::Result<ListState> after(ListState state, const model::ListAct& act) {
    const bool first = std::holds_alternative<model::Drafted>(act.deed);
    if (state.acts == 0 && !first) return refusal("list_unknown", "такого перечня нет");
    OPORA_TRY(std::visit(Player{state, act}, act.deed));
    ++state.acts;
    if (!std::holds_alternative<model::Acknowledged>(act.deed)) state.edition = state.acts;
    state.head = act.hash;
    return state;
}

base::Result<ListState> replay(const model::ListId& id, std::span<const model::ListAct> acts) {
    ListState state{.id = id};
    for (const model::ListAct& act : acts) {
        auto next = after(std::move(state), act);
        if (!next) {
            return refusal(next.error().code,
                           fmt::format("действие {}: {}", act.number, next.error().message));
        }
        state = std::move(*next);
    }
    return state;
}

ListStage stage_on(const ListState& state, model::Date today) {
    const bool over = state.stage == ListStage::preliminary && !takes_appeals(state, today) &&
                      !has_open_appeals(state);
    return over ? ListStage::decided : state.stage;
}

bool takes_appeals(const ListState& state, model::Date today) {
    return state.stage == ListStage::preliminary && today <= *state.appeals_until;
}

bool has_open_appeals(const ListState& state) {
    return std::ranges::any_of(state.appeals, [](const model::Appeal& one) { return one.open(); });
}

const model::ListVersion& newest(const ListState& state) {
    OPORA_EXPECTS(!state.versions.empty());
    return state.versions.back();
}

}  // namespace opora::lifecycle
