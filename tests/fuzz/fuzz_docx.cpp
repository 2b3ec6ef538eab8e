// Any bytes are a template: the text of a document, or a whole archive.

#include <cstdint>
#include <string>
#include <string_view>

#include "opora/base/expects.hpp"
#include "opora/documents/docx_template.hpp"
#include "opora/documents/package.hpp"

using namespace opora;

namespace {

documents::TemplateValues values() {
    using List = documents::TemplateValues::List;
    const documents::TemplateValues item{
        {{"name", std::string{"Школа\n№ 1"}}, {"rows", List(2)}, {"yes", true}}};
    return {{{"title", std::string{"{{title}}<w:p>&\x01"}},
             {"empty", std::string{}},
             {"yes", true},
             {"no", false},
             {"list", List{item, item}},
             {"none", List{}}}};
}

void check(const base::Result<std::string>& result) {
    if (!result) {
        OPORA_EXPECTS(result.error().code.starts_with("template_"));
        return;
    }
    OPORA_EXPECTS(documents::unpack(*result, "filled.docx").has_value());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view content{reinterpret_cast<const char*>(bytes), size};
    static const documents::TemplateValues filling = values();
    if (content.starts_with("PK")) {
        check(documents::fill_template(content, filling, "fuzz.docx"));
        return 0;
    }
    const std::string body =
        "<w:document xmlns:w=\"w\"><w:body>" + std::string{content} + "</w:body></w:document>";
    check(documents::fill_template(documents::pack({{"word/document.xml", body}}), filling,
                                   "fuzz.docx"));
    return 0;
}
