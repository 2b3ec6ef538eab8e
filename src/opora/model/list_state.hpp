#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/model/list_act.hpp"

namespace opora::model {

/// Where a list is on its way.
enum class ListStage : std::uint8_t {
    draft,
    preliminary,  ///< Schools read, acknowledge and appeal.
    decided,      ///< The term is over and every appeal has its answer.
    approved,
    replaced,
    discarded,
};

/// One form that the list had: by its data, and by the decisions on appeals taken so far.
struct ListVersion {
    int number = 0;
    std::string content;
    std::string snapshot;
    std::string time;
    std::string actor;
    std::string reason;       ///< Why it differs from the one before; empty for the first.
    std::int64_t appeal = 0;  ///< The granted appeal that made it; 0: new data.
};

struct Acknowledgement {
    SchoolId school;
    std::string time;
    std::string actor;
};

struct AppealDecision {
    bool granted = false;
    std::string reason;
    Verdict before = Verdict::unknown;
    Verdict after = Verdict::unknown;
    std::string time;
    std::string actor;
};

struct AppealWithdrawal {
    std::string reason;  ///< May be empty.
    std::string time;
    std::string actor;
};

struct Appeal {
    std::int64_t number = 0;
    SchoolId school;
    TeacherId teacher;
    std::string text;
    std::string time;
    std::string actor;
    std::vector<AttachedFile> files;
    std::optional<AppealDecision> decision;
    std::optional<AppealWithdrawal> withdrawal;

    /// Waits for an answer.
    bool open() const { return !decision && !withdrawal; }
};

/// What became of a list by all that was done with it.
struct ListState {
    ListId id;
    ListStage stage = ListStage::draft;  ///< Never `decided`: see lifecycle::stage_on.
    MethodologyId methodology;
    std::string version;  ///< Of the methodology.
    SchoolYear year;
    TerritoryId territory;
    std::string made;  ///< Time of the draft.
    std::string maker;
    std::optional<std::string> published;
    std::optional<Date> appeals_until;
    std::vector<ListVersion> versions;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<Appeal> appeals;
    std::optional<OrderRecord> order;
    std::string approval_seal;  ///< Seal of the journal row of the approval; printed in the order.
    std::optional<ListId> replaced_by;
    std::int64_t acts = 0;     ///< How many there are.
    std::int64_t edition = 0;  ///< The last act that changes what others decide upon.
    std::string head;          ///< Hash of the last act.
};

/// `draft`, `preliminary` …
std::string_view code(ListStage stage);
/// «Проект», «Предварительный» …
std::string_view title(ListStage stage);

}  // namespace opora::model
