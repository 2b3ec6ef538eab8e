#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/list_act.hpp"
#include "opora/ports/register_store.hpp"

namespace opora::ports {

/// The data that a list was made from, kept so that it can be made again after later imports. Facts
/// are immutable and stay where they are.
struct FrozenData {
    RegisterRows rows;  ///< Without names of people.
    std::string rows_hash;
    std::vector<ImportReceipt> imports;
};

/// A list's content with its data, to be kept with the act that names it.
struct Freeze {
    const model::ListContent* content = nullptr;
    const FrozenData* data = nullptr;
};

/// One act to be added. Number, time, hash and seal are given by the store.
struct ListEntry {
    std::optional<model::ListId> list;  ///< Absent: a new list.
    std::int64_t acts_before = 0;       ///< How many acts the list had when the deed was allowed.
    model::ListDeed deed;
    std::string actor;
};

/// The lives of lists: chains of acts that only grow.
///
/// hash = SHA-256 over the parts (each preceded by its length) hash before, list, number, time,
/// actor, code of the deed, SHA-256 of salt and details. The details may so be erased where the law
/// demands it, and the chain stays whole.
///
/// Only a broken store throws (StorageError). Every implementation passes
/// tests/contract/list_store_contract.hpp.
class ListStore {
public:
    virtual ~ListStore() = default;

    /// The time that an act written now would get: ISO 8601, UTC.
    virtual std::string now() const = 0;

    /// In the order of their making.
    virtual std::vector<model::ListId> lists() const = 0;
    /// In their order; empty for a list that is not there.
    virtual std::vector<model::ListAct> acts(const model::ListId& list) const = 0;

    /// Adds all entries, each with its journal row, and what they freeze: one transaction. Error
    /// `acts_conflict` when one of the lists has got acts since; nothing is written then.
    /// Gives the list of the first entry.
    virtual base::Result<model::ListId> append(std::span<const ListEntry> entries,
                                               const std::optional<Freeze>& freeze) = 0;

    /// The hash under which a content is, or would be, kept.
    virtual std::string hash_of(const model::ListContent& content) const = 0;
    /// StorageError `corrupt` when it is not there.
    virtual std::shared_ptr<const model::ListContent> content(const std::string& hash) const = 0;
    /// The same without findings and methodology: small, for looking at many lists.
    virtual std::shared_ptr<const model::ListContent> outline(const std::string& hash) const = 0;
    virtual FrozenData frozen(const std::string& snapshot) const = 0;

    /// What is wrong with the chain of a list, its contents and its rows in the journal; empty when
    /// all is whole. Codes `chain_broken`, `content_changed`, `journal_differs`.
    virtual base::Errors check_chain(const model::ListId& list) const = 0;
    /// Checks the whole journal and that a seal printed earlier is in it; gives the newest seal.
    /// Errors `audit_broken`, `audit_cut`.
    virtual base::Result<std::string> check_journal(
        const std::optional<std::string>& known_seal) const = 0;

    /// Keeps a copy of a file under its hash; the same file twice is kept once.
    virtual model::AttachedFile keep_file(const std::filesystem::path& file,
                                          const std::string& name) = 0;
    /// Where it lies; std::nullopt when it is not there.
    virtual std::optional<std::filesystem::path> file(const std::string& sha256) const = 0;
};

}  // namespace opora::ports
