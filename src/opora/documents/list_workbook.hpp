#pragma once

#include <filesystem>

#include "opora/documents/document_details.hpp"
#include "opora/documents/methodology_summary.hpp"
#include "opora/model/listing.hpp"
#include "opora/wording/names.hpp"

namespace opora::documents {

/// The list as an Excel workbook: «Перечень» with every school, one sheet per rule with every
/// measured value (counts, share, interval, threshold, gap in pupils, source), «Методика» with
/// rules, parameters and the snapshot.
///
/// Holds values only, never formulas. A file that was there is replaced as a whole or not at all.
/// Throws ports::StorageError when the disk refuses.
void write_list_workbook(const std::filesystem::path& path, const model::SchoolList& list,
                         const MethodologySummary& methodology, const Particulars& schools,
                         const wording::Vocabulary& vocabulary);

}  // namespace opora::documents
