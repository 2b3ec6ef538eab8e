#pragma once

#include "opora/application/import.hpp"

namespace opora::application {

// Parts of preview_import: each adds what it finds to the preview.

/// Rows of pupils against the stored protocols of the same schools and procedures.
///
/// The file's cells are counted and compared one at a time, stored ones are read a few thousand at
/// a time, so that memory does not grow with the file. Up to 2,000 cells that are stored already
/// are compared row by row; more of them cell by cell, with all that a tally holds (marks, scores,
/// tasks, classes), so that a pupil's code is the only thing whose change goes unnoticed.
void preview_results(ports::Store& store, const ports::ImportBatch& batch,
                     const ImportOptions& options, ImportPreview& preview);

/// Cells of aggregate forms against the stored forms of the same fields.
void preview_forms(ports::Store& store, const ports::ImportBatch& batch,
                   const ImportOptions& options, ImportPreview& preview);

/// A pupil's rows of one cell against the other: equal ones cancel, a leftover of each side is a
/// changed row, the rest was added or vanished.
struct RowDelta {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t vanished = 0;
    std::int64_t unchanged = 0;
};

void add(ImportPreview& preview, const RowDelta& delta);

/// «школа edu000107, ВПР «Биология», 5 класс, 2023/24».
std::string cell_words(const model::SchoolId& school, const model::Procedure& procedure,
                       const ImportOptions& options);

/// Whether there is something to tell of a cell and room for it among the examples.
bool worth_a_note(const ImportPreview& preview, const RowDelta& delta);
void note_change(ImportPreview& preview, const std::string& cell, const RowDelta& delta);

}  // namespace opora::application
