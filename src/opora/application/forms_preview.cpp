#include <algorithm>
#include <bit>
#include <set>

#include "opora/application/form_differences.hpp"
#include "opora/application/import_preview.hpp"
#include "opora/tally/field_groups.hpp"

namespace opora::application {

namespace {

/// What is stored of the schools and works of a file of forms.
HeldCells held_cells(ports::Store& store, const std::vector<FactInForce>& facts,
                     const std::set<CellKey>& wanted) {
    HeldCells held;
    for (std::uint32_t number = 0; number < facts.size(); ++number) {
        const tally::CoreCells block = store.fact_store().core_cells(facts[number].identity);
        for (const tally::CoreCell& cell : block.cells) {
            const CellKey key{block.schools[cell.school], block.procedures[cell.procedure]};
            if (!wanted.contains(key)) continue;
            const HeldCell::Part part{number, cell.row_first, cell.counts};
            if (cell.origin == tally::Origin::protocol) {
                held[key].protocol = part;
            } else {
                hold_form(held[key], part);
            }
        }
    }
    return held;
}

/// The cells of a stored file of forms with what their forms say of tasks.
struct StoredForms {
    std::map<CellKey, tally::Cell> cells;
    std::vector<model::Work> works;
};

const model::Work* work_of(const std::vector<model::Work>& works, const model::Procedure& held) {
    const auto found = std::ranges::find(works, held, &model::Work::procedure);
    return found != works.end() ? &*found : nullptr;
}

bool same_work(const model::Work* left, const model::Work* right) {
    if (left == nullptr || right == nullptr) return left == right;
    return *left == *right;
}

class FormsPreview {
public:
    FormsPreview(ports::Store& store, const ports::ImportBatch& batch, const ImportOptions& options)
        : store_{store},
          batch_{batch},
          options_{options},
          facts_{facts_in_force(store.register_store().imports())} {
        for (const tally::Cell& cell : batch.aggregates)
            wanted_.insert({cell.school, cell.procedure});
        held_ = held_cells(store, facts_, wanted_);
        facts_.push_back({.file = batch.file, .aggregates = true});
    }

    void compare(ImportPreview& preview) {
        preview.cells += std::ssize(batch_.aggregates);
        std::vector<FormDifference> differences;
        for (const tally::Cell& cell : batch_.aggregates) {
            compare(cell, preview);
            differ(cell, differences);
            preview.outranked = preview.outranked || held_[key_of(cell)].protocol.has_value();
        }
        warn_of(differences, options_, preview.warnings);
    }

private:
    static CellKey key_of(const tally::Cell& cell) { return {cell.school, cell.procedure}; }

    void compare(const tally::Cell& cell, ImportPreview& preview) {
        const HeldCell& held = held_[key_of(cell)];
        const auto place = static_cast<std::size_t>(
            std::countr_zero(tally::bit(tally::leading_group(tally::groups_of(cell.counts)))));
        const auto& before = held.forms[place];
        if (!before) {
            ++preview.added;
            return;
        }
        ++preview.rows_before;
        if (same(cell, before->fact)) {
            ++preview.unchanged;
            return;
        }
        ++preview.changed;
        const RowDelta delta{.changed = 1};
        if (!worth_a_note(preview, delta)) return;
        note_change(preview, cell_words(cell.school, cell.procedure, options_), delta);
    }

    bool same(const tally::Cell& cell, std::uint32_t fact) {
        const StoredForms& stored = stored_[fact];
        if (stored.cells.empty()) load(fact);
        const auto before = stored.cells.find(key_of(cell));
        return before != stored.cells.end() && before->second.counts == cell.counts &&
               before->second.detail == cell.detail &&
               (cell.detail.tasks.empty() || same_work(work_of(batch_.form_works, cell.procedure),
                                                       work_of(stored.works, cell.procedure)));
    }

    void load(std::uint32_t fact) {
        std::set<model::SchoolId> schools;
        for (const CellKey& key : wanted_) schools.insert(key.first);
        StoredForms& stored = stored_[fact];
        const model::FactIdentity& identity = facts_[fact].identity;
        for (tally::Cell& cell : store_.fact_store().cells(
                 identity, {.schools = {schools.begin(), schools.end()}, .procedures = {}})) {
            CellKey key = key_of(cell);
            stored.cells.emplace(std::move(key), std::move(cell));
        }
        stored.works = store_.fact_store().works(identity);
    }

    /// What the file's cell says otherwise than the stored protocol, else than the stored forms.
    void differ(const tally::Cell& cell, std::vector<FormDifference>& all) {
        HeldCell& held = held_[key_of(cell)];
        const auto own = static_cast<std::uint32_t>(facts_.size() - 1);
        hold_form(held, {own, cell.row_first, cell.counts});
        if (!held.protocol) {
            const auto some = differing_participants(key_of(cell), held, facts_);
            all.insert(all.end(), some.begin(), some.end());
            return;
        }
        std::string counts = differing_counts(cell.counts, held.protocol->counts);
        if (counts.empty()) return;
        all.push_back({cell.school, cell.procedure, std::move(counts), batch_.file,
                       facts_[held.protocol->fact].file, true, cell.row_first});
    }

    ports::Store& store_;
    const ports::ImportBatch& batch_;
    const ImportOptions& options_;
    std::vector<FactInForce> facts_;  ///< Behind the stored ones stands the file itself.
    std::set<CellKey> wanted_;
    HeldCells held_;
    std::map<std::uint32_t, StoredForms> stored_;
};

}  // namespace

void preview_forms(ports::Store& store, const ports::ImportBatch& batch,
                   const ImportOptions& options, ImportPreview& preview) {
    if (batch.aggregates.empty()) return;
    FormsPreview{store, batch, options}.compare(preview);
}

}  // namespace opora::application
