#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/factor_review.hpp"
#include "opora/model/identifier.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::ports {

using ImportNumber = std::int64_t;

/// The receipt of one import, as the register keeps it. Imports are numbered in their order.
struct ImportReceipt {
    ImportNumber number = 0;
    std::string kind;
    std::string file;  ///< Name without folder.
    std::string file_sha256;
    std::string actor;  ///< «local:ivanova».
    std::string time;   ///< ISO 8601, UTC.
    std::int64_t rows_accepted = 0;
    std::int64_t rows_refused = 0;
    std::int64_t added = 0;  ///< Keys (cells or register rows).
    std::int64_t changed = 0;
    std::int64_t vanished = 0;
    std::optional<model::FactIdentity>
        results;  ///< Fact file of rows of pupils, if the import brought one.
    std::optional<model::FactIdentity> aggregates;  ///< Fact file of aggregate cells, if any.
    bool undone = false;
    std::string batch;  ///< Of files that came together; empty for one that came alone.
};

/// How a file's register rows meet the rows that are there.
struct RowChanges {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    /// Present in the register and of the file's scope (its territory, year …), absent in the file:
    /// deleted by a full import and counted for one only.
    std::int64_t vanished = 0;
    std::vector<std::string>
        examples;  ///< Up to 20 lines «школа 107: тип: СОШ -> ООШ», no personal data.
};

/// The registers as conclusions are drawn from them.
class RegisterReader {
public:
    virtual ~RegisterReader() = default;

    /// The register's rows in key order, but for the answers to questionnaires.
    virtual RegisterRows rows() const = 0;

    /// Hash of the register rows that bear on verdicts (all of `rows()`), part of a snapshot.
    /// Answers and decisions on factors are outside: no list is made of them.
    virtual std::string rows_hash() const = 0;

    /// Imports in their order, undone ones included.
    virtual std::vector<ImportReceipt> imports() const = 0;
};

/// Everything that people do and the registers that they keep. Every change is one transaction with
/// its audit row.
///
/// Only a broken store throws (StorageError, with code `busy` when another process writes). Every
/// implementation passes tests/contract/register_store_contract.hpp.
class RegisterStore : public RegisterReader {
public:
    /// Answers to questionnaires of a year, in key order.
    virtual std::vector<model::AnswerTally> answers(model::SchoolYear year) const = 0;

    /// Keeps what a curator decided on a factor, with its audit row: one transaction. Number and
    /// time are assigned here; earlier decisions stay.
    virtual model::FactorReview add_review(model::FactorReview review) = 0;

    /// All decisions on the factors of a year, in their order.
    virtual std::vector<model::FactorReview> reviews(model::SchoolYear year) const = 0;

    /// What an import of these rows would change; nothing is written.
    virtual RowChanges compare(const RegisterRows& rows, bool full) const = 0;

    /// Upserts the rows by key (deletes the kind's missing keys with `full`), keeps what is needed
    /// to undo it, and writes the receipt and its audit row: one transaction. `receipt.number` and
    /// `time` are assigned here.
    virtual ImportReceipt import(const RegisterRows& rows, bool full, ImportReceipt receipt) = 0;

    /// Marks the import undone and restores register rows that it changed. Refused (Error
    /// `later_changes`) when a later import that is in force changed the same register rows; facts
    /// are always undoable.
    virtual base::Result<base::Done> undo(ImportNumber number, const std::string& actor) = 0;

    /// A setting of the data folder (`rating`: `on` or `off`); std::nullopt when it was never set.
    virtual std::optional<std::string> setting(const std::string& name) const = 0;
    /// Sets it, with its audit row; the same value again changes nothing.
    virtual void set_setting(const std::string& name, const std::string& value,
                             const std::string& actor) = 0;

    /// One audit row for an action that changes nothing else (a list exported, a document made).
    virtual void audit(const std::string& actor, const std::string& action,
                       const std::string& detail, const std::string& reason = {}) = 0;
};

}  // namespace opora::ports
