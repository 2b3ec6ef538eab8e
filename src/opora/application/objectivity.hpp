#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/application/evidence_loading.hpp"
#include "opora/model/objectivity_sign.hpp"
#include "opora/model/scale.hpp"
#include "opora/objectivity/inspect.hpp"

namespace opora::application {

/// The official scales of a working directory: the shipped ones and those of DIR/scales. An error
/// when these cannot be read.
base::Result<std::vector<model::Scale>> scales_in_force(const Adapters& adapters,
                                                        const std::filesystem::path& directory);

struct ObjectivityOptions {
    model::SchoolYear year;
    double level = 0.05;  ///< Expected share of schools marked by chance among those marked.
    objectivity::Reference reference = objectivity::Reference::region;
};

/// The signs in the results of a year, with the tables that their numbers point into.
struct ObjectivityFindings {
    objectivity::DetailTable details;
    objectivity::Inspection inspection;
};

/// Looks for signs of non-objective assessment in the results in force: histograms, journals and
/// classes are read a couple of thousand schools at a time, protocols are not touched. `loaded` is
/// the evidence of schools.
ObjectivityFindings find_objectivity_signs(const ports::DataSource& source,
                                           const LoadedEvidence& loaded,
                                           std::span<const model::Scale> scales,
                                           const ObjectivityOptions& options);

/// Results of `year` and of all years before it that carry a computed sign at the usual level:
/// sorted, distinct.
std::vector<indicators::MarkedCell> cells_with_signs(const ports::DataSource& source,
                                                     const LoadedEvidence& loaded,
                                                     std::span<const model::Scale> scales,
                                                     model::SchoolYear year);

/// A row with names in place of numbers.
model::ObjectivityRow named(const indicators::Evidence& evidence,
                            const ObjectivityFindings& findings, const objectivity::Row& row);

/// Official markers of a school in a year that say «marked».
std::vector<const model::ObjectivityMarker*> official_marks(const indicators::Evidence& evidence,
                                                            indicators::SchoolNumber school,
                                                            model::SchoolYear year);

}  // namespace opora::application
