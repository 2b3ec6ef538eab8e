#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "opora/model/calendar_date.hpp"
#include "opora/model/listing.hpp"
#include "opora/model/scale.hpp"

namespace opora::model {

using ListId = Identifier<struct ListTag>;

/// All that a list says and what it was made of. Never changed once written; named by its hash.
struct ListContent {
    std::string methodology_text;  ///< The pack as it was read.
    std::string methodology_file;
    std::vector<std::string> settings;  ///< «parameter=value», other than the pack's own.
    std::string program;                ///< Version of the program.
    TerritoryId territory;              ///< Empty: the whole store.
    /// Official borders of marks as they held then; nothing where the methodology does not look at
    /// them, and in lists that were made before they were kept.
    std::optional<std::vector<Scale>> scales;
    SchoolList list;  ///< With derivations of all but the plainly not listed.
};

/// A file that a school handed in; kept by its hash.
struct AttachedFile {
    std::string name;  ///< As people see it: no folders, no control characters.
    std::string sha256;
    std::int64_t bytes = 0;

    friend bool operator==(const AttachedFile&, const AttachedFile&) = default;
};

/// A point of an order with its sub-points.
struct OrderClause {
    std::string text;
    std::vector<std::string> subpoints;

    friend bool operator==(const OrderClause&, const OrderClause&) = default;
};

/// The order that approves a list (S1.18). An empty text becomes a line to fill in by hand.
struct OrderRecord {
    std::string number;
    Date date;
    std::string place;
    std::string authority;
    std::string authority_genitive;  ///< «комитета по образованию»: who approved the annex.
    std::string title;                ///< Empty: the usual one.
    std::string basis;                ///< Empty: the analysis of the year's results.
    std::vector<OrderClause> points;  ///< Empty: the usual ones.
    std::string responsible;          ///< Who helps the schools, in the dative.
    std::string control;              ///< Whom control is laid upon; empty: the signatory keeps it.
    std::string executor;
    std::string position;  ///< Of the signatory.
    std::string signatory;

    friend bool operator==(const OrderRecord&, const OrderRecord&) = default;
};

// What can be done with a list. One struct a deed; who did it and when stands in ListAct.

/// Made as a draft.
struct Drafted {
    std::string content;  ///< Hash of the ListContent.
    std::string snapshot;
    MethodologyId methodology;
    std::string version;
    SchoolYear year;
    TerritoryId territory;
    friend bool operator==(const Drafted&, const Drafted&) = default;
};
/// Made again from the data of today; decisions on appeals stay.
struct Renewed {
    std::string content;
    std::string snapshot;
    std::string reason;
    friend bool operator==(const Renewed&, const Renewed&) = default;
};
/// Shown to schools as preliminary.
struct Published {
    Date appeals_until;  ///< The last day.
    friend bool operator==(const Published&, const Published&) = default;
};
/// The school has read that it is in the list and why.
struct Acknowledged {
    SchoolId school;
    friend bool operator==(const Acknowledged&, const Acknowledged&) = default;
};
struct Appealed {
    std::int64_t appeal = 0;  ///< Numbered within the list, from 1.
    SchoolId school;
    TeacherId teacher;  ///< Empty when the list is one of schools.
    std::string text;
    friend bool operator==(const Appealed&, const Appealed&) = default;
};
struct Attached {
    std::int64_t appeal = 0;
    AttachedFile file;
    friend bool operator==(const Attached&, const Attached&) = default;
};
/// The answer to an appeal. A granted one gives the school another verdict.
struct Decided {
    std::int64_t appeal = 0;
    bool granted = false;
    std::string reason;
    Verdict before = Verdict::unknown;
    Verdict after = Verdict::unknown;  ///< The same as before when the appeal is refused.
    friend bool operator==(const Decided&, const Decided&) = default;
};
struct Approved {
    OrderRecord order;
    std::string early_reason;  ///< Why before the end of the term of appeals; empty: after it.
    friend bool operator==(const Approved&, const Approved&) = default;
};
struct Replaced {
    ListId by;
    friend bool operator==(const Replaced&, const Replaced&) = default;
};
/// A draft that nobody needs any more.
struct Discarded {
    std::string reason;
    friend bool operator==(const Discarded&, const Discarded&) = default;
};

/// The school takes its appeal back before it is answered.
struct Withdrawn {
    std::int64_t appeal = 0;
    std::string reason;  ///< May be empty.
    friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};

using ListDeed = std::variant<Drafted, Renewed, Published, Acknowledged, Appealed, Attached,
                              Decided, Approved, Replaced, Discarded, Withdrawn>;

/// One link of a list's chain.
struct ListAct {
    std::int64_t number = 0;  ///< Within the list, from 1.
    std::string time;         ///< ISO 8601, UTC.
    std::string actor;        ///< «user:3», «local:ivanova».
    ListDeed deed;
    std::string hash;     ///< Of this act together with the hash of the one before.
    std::string journal;  ///< Seal of the journal row that was written with it.
};

/// `drafted`, `decided` …
std::string_view code(const ListDeed& deed);
/// «Проект составлен», «Возражение рассмотрено» …
std::string_view title(const ListDeed& deed);

}  // namespace opora::model
