#pragma once

#include <string>

#include "opora/documents/document_details.hpp"
#include "opora/documents/template_values.hpp"
#include "opora/model/listing.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/names.hpp"

namespace opora::documents {

/// A letter that tells a school in which list it is and why, with a slip to acknowledge it (S4.18).
struct LetterDetails {
    Issuer issuer;
    std::string head;     ///< Name of the head of the school; may be empty.
    std::string closing;  ///< A last paragraph, e.g. until when objections are taken; may be empty.
};

/// What assets/templates/letter.docx is filled with. A school that is not listed gets the same
/// reasons and no slip.
TemplateValues letter_values(const model::Listing& listing, const wording::ListHeading& heading,
                             const LetterDetails& details, const wording::Vocabulary& vocabulary);

}  // namespace opora::documents
