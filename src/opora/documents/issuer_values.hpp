#pragma once

#include <string>

#include "opora/documents/document_details.hpp"
#include "opora/documents/template_values.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/names.hpp"

namespace opora::documents {

/// Adds what every document says of its issuer: authority, date, number, signature …
void add_issuer(TemplateValues& values, const Issuer& issuer);

/// Adds what makes a list reproducible: methodology with version, snapshot, audit head.
void add_origin(TemplateValues& values, const wording::ListHeading& heading, const Issuer& issuer,
                const wording::Vocabulary& vocabulary);

/// The text, or a line to write on.
std::string or_blank(const std::string& text, std::size_t underscores);

}  // namespace opora::documents
