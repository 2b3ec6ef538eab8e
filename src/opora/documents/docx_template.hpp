#pragma once

#include <string>
#include <string_view>

#include "opora/base/result.hpp"
#include "opora/documents/template_values.hpp"

namespace opora::documents {

/// Fills a Word template (.docx) that was written in Word or LibreOffice.
///
///     {{name}}                     a text; its line ends become line breaks
///     {{#rows}} … {{/rows}}        once for every item of a list, names of the item inside
///     {{?name}} … {{/name}}        only if the text or the list is not empty, or the value is true
///     {{^name}} … {{/name}}        only if it is
///
/// Body, headers, footers, footnotes and end notes are filled. Markers of a section stand in
/// paragraphs of their own, in the cells of a table row (the row repeats), or both within one
/// paragraph; see template_sections.hpp. A value is plain text: it never becomes markup or a
/// placeholder. The formatting is that of the placeholder's first letter.
///
/// The same template and values give the same bytes. `file` names the template in errors, whose
/// codes are `template_not_docx`, `template_too_large`, `template_malformed_placeholder`,
/// `template_unknown_placeholder`, `template_wrong_kind`, `template_section_unbalanced`,
/// `template_section_misplaced`; `found` holds the paragraph.
base::Result<std::string> fill_template(std::string_view docx, const TemplateValues& values,
                                        const std::string& file);

}  // namespace opora::documents
