#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/result_table.hpp"
#include "opora/tally/cell.hpp"
#include "opora/tally/core_cells.hpp"

namespace opora::ports {

using tally::CoreCell;
using tally::CoreCells;

/// Which cells a caller wants in detail; an empty list means all.
struct CellFilter {
    std::vector<model::SchoolId> schools;
    std::vector<model::Procedure> procedures;
};

using tally::Histogram;

/// Immutable facts and the tallies derived from them, by identity.
///
/// `add…` write the fact file and its tally whole or not at all; adding the same rows again changes
/// nothing and gives the same identity, whatever the order of the rows. Only a broken store throws
/// (StorageError). Every implementation passes tests/contract/fact_store_contract.hpp.
class FactStore {
public:
    virtual ~FactStore() = default;

    /// Stores rows of pupils and their tally. `results` may be reordered: it is consumed.
    virtual model::FactIdentity add_results(model::ResultTable results) = 0;
    /// Stores cells that came without rows of pupils, with what their forms tell of the works (the
    /// numbers and maxima of the tasks that the cells have tallies of).
    virtual model::FactIdentity add_aggregates(std::vector<tally::Cell> cells,
                                               std::vector<model::Work> works) = 0;

    /// Core cells of a fact file; a missing tally is computed anew from the facts.
    virtual CoreCells core_cells(const model::FactIdentity& identity) const = 0;
    /// The same of several, in their order; many small files cost little more than one.
    virtual std::vector<CoreCells> core_cells_of(
        std::span<const model::FactIdentity> identities) const = 0;
    /// Cells with detail, sorted by (school, procedure).
    virtual std::vector<tally::Cell> cells(const model::FactIdentity& identity,
                                           const CellFilter& filter) const = 0;
    virtual std::vector<Histogram> histograms(const model::FactIdentity& identity,
                                              const CellFilter& filter) const = 0;

    /// Rows of pupils of one school and procedure, for the last step of a derivation.
    virtual model::ResultTable results(const model::FactIdentity& identity,
                                       const model::SchoolId& school,
                                       const model::Procedure& procedure) const = 0;

    /// Works (tasks, maximum score) that the file described.
    virtual std::vector<model::Work> works(const model::FactIdentity& identity) const = 0;

    /// Re-computes the hash of the canonical rows and compares it with the identity.
    virtual bool verify(const model::FactIdentity& identity) const = 0;

    /// Deletes files of identities that nobody names (after a killed import). Returns how many.
    virtual std::int64_t sweep(std::span<const model::FactIdentity> in_use) = 0;
};

}  // namespace opora::ports
