#include "opora/documents/docx_template.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "opora/documents/package.hpp"
#include "support/docx_text.hpp"

namespace opora::documents {

namespace {

constexpr const char* word_namespace =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::string document_of(const std::string& body) {
    return std::string{"<w:document "} + word_namespace + "><w:body>" + body +
           "</w:body></w:document>";
}

std::string docx_of(const std::string& body) {
    return pack({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document_of(body)}});
}

/// One run with a text.
std::string run(const std::string& text, const std::string& look = "") {
    return "<w:r>" + (look.empty() ? "" : "<w:rPr>" + look + "</w:rPr>") +
           "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}
std::string line(const std::string& text) { return "<w:p>" + run(text) + "</w:p>"; }
std::string cell(const std::string& text) { return "<w:tc>" + line(text) + "</w:tc>"; }
std::string row(const std::string& cells) { return "<w:tr>" + cells + "</w:tr>"; }
std::string table(const std::string& rows) { return "<w:tbl>" + rows + "</w:tbl>"; }

std::string part_of(const std::string& docx, const std::string& name) {
    return testing::docx_part(docx, name);
}

/// Paragraphs end with «|», rows with «;».
std::string text_of(const std::string& docx, const std::string& name = "word/document.xml") {
    return testing::docx_text(docx, name, "|", ";");
}

TemplateValues school(const std::string& number, const std::string& name,
                      const std::vector<std::string>& rules = {}) {
    TemplateValues values{{{"number", number}, {"name", name}}};
    TemplateValues::List list;
    for (const std::string& rule : rules) list.push_back({{{"rule", rule}}});
    values.entries["rules"] = list;
    return values;
}

TemplateValues order() {
    return {{{"title", std::string{"О перечне"}},
             {"empty", std::string{}},
             {"lines", std::string{"первая\nвторая\tконец"}},
             {"sly", std::string{"<w:p/>&{{title}}"}},
             {"yes", true},
             {"no", false},
             {"none", TemplateValues::List{}},
             {"schools",
              TemplateValues::List{school("1", "Школа А", {"А", "Б"}), school("2", "Школа Б")}}}};
}

std::string filled(const std::string& body) {
    const auto result = fill_template(docx_of(body), order(), "t.docx");
    if (!result) return result.error().code;
    return text_of(*result);
}

}  // namespace

TEST_CASE("a placeholder is found however Word has cut it into runs") {
    struct Row {
        const char* cut;
        std::string paragraph;
    };
    const std::string proof = "<w:proofErr w:type=\"spellStart\"/>";
    const std::string mark =
        "<w:bookmarkStart w:id=\"0\" w:name=\"m\"/><w:bookmarkEnd w:id=\"0\"/>";
    const std::vector<Row> rows{
        {"one run", run("«{{title}}».")},
        {"three runs", run("«{{") + run("title") + run("}}».")},
        {"inside the braces", run("«{") + run("{title}") + run("}».")},
        {"letter by letter", run("«") + run("{") + run("{") + run("t") + run("i") + run("t") +
                                 run("l") + run("e") + run("}") + run("}") + run("»") + run(".")},
        {"spelling marks", run("«{{") + proof + run("title") + proof + run("}}».")},
        {"a bookmark in the name", run("«{{ti") + mark + run("tle}}».")},
        {"different formatting", run("«{{", "<w:b/>") + run("title", "<w:i/>") + run("}}».")},
        {"a hyperlink",
         run("«") + "<w:hyperlink>" + run("{{title}}") + "</w:hyperlink>" + run("».")},
        {"a tracked insertion", run("«{{") + "<w:ins>" + run("title}}") + "</w:ins>" + run("».")},
        {"deleted text between",
         run("«{{ti") + "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>" + run("tle}}».")},
        {"spaces inside the braces", run("«{{ title }}».")},
        {"two w:t in a run", "<w:r><w:t>«{{tit</w:t><w:t>le}}».</w:t></w:r>"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.cut);
        CHECK(filled("<w:p>" + row.paragraph + "</w:p>") == "«О перечне».|");
    }
}

TEST_CASE("several placeholders of a paragraph keep their order and what stands between them") {
    CHECK(filled(line("{{title}}: {{title}}, {{title}}")) == "О перечне: О перечне, О перечне|");
    CHECK(filled("<w:p>" + run("{{ti") + run("tle}}{{") + run("title}}!") + "</w:p>") ==
          "О перечнеО перечне!|");
    CHECK(filled("<w:p><w:r><w:t>{{title}}</w:t><w:tab/><w:t>№ {{title}}</w:t></w:r></w:p>") ==
          "О перечне<tab>№ О перечне|");
}

TEST_CASE("a value keeps the formatting of the run where its placeholder starts") {
    const auto docx = fill_template(
        docx_of("<w:p>" + run("{{ti", "<w:b/>") + run("tle}}", "<w:i/>") + "</w:p>"), order(), "t");
    REQUIRE(docx);
    CHECK(part_of(*docx, "word/document.xml")
              .find("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">О перечне") !=
          std::string::npos);
}

TEST_CASE("a value is text: line ends become breaks, markup and braces stay as they are") {
    CHECK(filled(line("{{lines}}")) == "первая<br>вторая<tab>конец|");
    CHECK(filled(line("{{sly}}")) == "<w:p/>&{{title}}|");
    CHECK(filled(line("[{{empty}}]")) == "[]|");
}

TEST_CASE("a list repeats paragraphs, table rows, cells' paragraphs or a piece of a line") {
    const std::string inside = "{{number}}. {{name}}";
    CHECK(filled(line("{{#schools}}") + line(inside) + line("{{/schools}}") + line("конец")) ==
          "1. Школа А|2. Школа Б|конец|");
    CHECK(filled(line("{{#schools}}" + inside) + line("тел.{{/schools}}")) ==
          "1. Школа А|тел.|2. Школа Б|тел.|");
    CHECK(filled(line("Школы: {{#schools}}{{name}}; {{/schools}}всё.")) ==
          "Школы: Школа А; Школа Б; всё.|");
    CHECK(filled(table(row(cell("№") + cell("Школа")) +
                       row(cell("{{#schools}}{{number}}") + cell("{{name}}{{/schools}}")))) ==
          "№|Школа|;1|Школа А|;2|Школа Б|;");
    CHECK(filled(table(row(cell("{{#schools}}") + cell("")) + row(cell("{{number}}") + cell("а")) +
                       row(cell("{{name}}") + cell("б")) + row(cell("{{/schools}}") + cell("")))) ==
          "1|а|;Школа А|б|;2|а|;Школа Б|б|;");
    CHECK(filled(table(row("<w:tc>" + line("{{#schools}}") + line("{{name}}") +
                           line("{{/schools}}") + "</w:tc>"))) == "Школа А|Школа Б|;");
}

TEST_CASE("a list inside a list takes the names of its item first and then the outer ones") {
    CHECK(filled(line("{{#schools}}") + line("{{name}}: {{#rules}}{{number}}{{rule}} {{/rules}}") +
                 line("{{/schools}}")) == "Школа А: 1А 1Б |Школа Б: |");
    CHECK(filled(line("{{#schools}}{{title}} {{/schools}}")) == "О перечне О перечне |");
}

TEST_CASE("a table that repeats inside a repeated block is filled for each item") {
    CHECK(filled(line("{{#schools}}") + line("{{name}}") +
                 table(row(cell("условие")) + row(cell("{{#rules}}")) + row(cell("{{rule}}")) +
                       row(cell("{{/rules}}"))) +
                 line("{{/schools}}")) == "Школа А|условие|;А|;Б|;Школа Б|условие|;");
}

TEST_CASE("an empty list leaves nothing, and no table without rows") {
    CHECK(filled(line("а") + line("{{#none}}") + line("{{nowhere}}") + line("{{/none}}") +
                 line("б")) == "а|б|");
    const auto docx = fill_template(
        docx_of(table(row(cell("{{#none}}") + cell("{{/none}}"))) + line("конец")), order(), "t");
    REQUIRE(docx);
    CHECK(part_of(*docx, "word/document.xml").find("w:tbl") == std::string::npos);
}

TEST_CASE("a condition holds for a true value, a text and a list that are not empty") {
    struct Row {
        const char* name;
        bool holds;
    };
    for (const Row& row : std::vector<Row>{{"yes", true},
                                           {"no", false},
                                           {"title", true},
                                           {"empty", false},
                                           {"schools", true},
                                           {"none", false}}) {
        CAPTURE(row.name);
        const std::string name = row.name;
        CHECK(filled(line("a{{?" + name + "}}b{{/" + name + "}}c")) ==
              (row.holds ? "abc|" : "ac|"));
        CHECK(filled(line("a{{^" + name + "}}b{{/" + name + "}}c")) ==
              (row.holds ? "ac|" : "abc|"));
        CHECK(filled(line("{{?" + name + "}}") + line("b") + line("{{/" + name + "}}")) ==
              (row.holds ? "b|" : ""));
    }
}

TEST_CASE("a cell keeps a paragraph when all of its own are dropped") {
    CHECK(filled(table(
              row("<w:tc>" + line("{{?no}}") + line("b") + line("{{/no}}") + "</w:tc>"))) == "|;");
}

TEST_CASE("headers, footers and footnotes are filled; other parts stay as they are") {
    const auto part = [](const std::string& root) {
        return "<" + root + " " + word_namespace + ">" + line("{{title}}") + "</" + root + ">";
    };
    const std::string styles = "<w:styles><w:p>{{title}}</w:p></w:styles>";
    const auto docx = fill_template(pack({{"word/document.xml", document_of(line("{{title}}"))},
                                          {"word/header1.xml", part("w:hdr")},
                                          {"word/footer2.xml", part("w:ftr")},
                                          {"word/footnotes.xml", part("w:footnotes")},
                                          {"word/styles.xml", styles}}),
                                    order(), "t.docx");
    REQUIRE(docx);
    for (const char* name :
         {"word/document.xml", "word/header1.xml", "word/footer2.xml", "word/footnotes.xml"}) {
        CAPTURE(name);
        CHECK(text_of(*docx, name) == "О перечне|");
    }
    CHECK(part_of(*docx, "word/styles.xml") == styles);
}

TEST_CASE("an error of a template names the file and quotes the paragraph") {
    struct Row {
        const char* code;
        std::string body;
    };
    const std::vector<Row> rows{
        {"template_unknown_placeholder", line("{{titel}}")},
        {"template_unknown_placeholder", line("{{#shcools}}") + line("{{/shcools}}")},
        {"template_unknown_placeholder", line("{{name}}")},
        {"template_wrong_kind", line("{{schools}}")},
        {"template_wrong_kind", line("{{yes}}")},
        {"template_wrong_kind", line("{{#title}}a{{/title}}")},
        {"template_section_unbalanced", line("{{#schools}}")},
        {"template_section_unbalanced", line("{{/schools}}")},
        {"template_section_unbalanced", line("{{?yes}}{{?title}}{{/yes}}{{/title}}")},
        {"template_section_misplaced", line("{{#schools}}") + table(row(cell("{{/schools}}")))},
        {"template_section_misplaced", line("a {{#schools}}") + line("{{/schools}}")},
        {"template_malformed_placeholder", line("{{title")},
        {"template_malformed_placeholder", line("title}}")},
        {"template_malformed_placeholder", line("{{}}")},
        {"template_malformed_placeholder", line("{{ # }}")},
        {"template_malformed_placeholder", line("{{two words}}")},
        {"template_malformed_placeholder", line("{{{title}}}")},
        {"template_malformed_placeholder",
         "<w:p><w:r><w:t>{{ti</w:t><w:tab/><w:t>tle}}</w:t></w:r></w:p>"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto result = fill_template(docx_of(row.body), order(), "мой приказ.docx");
        REQUIRE(!result);
        CHECK(result.error().code == row.code);
        CHECK(result.error().place.file == "мой приказ.docx");
        CHECK(result.error().found.find("абзац «") == 0);
    }
}

TEST_CASE("what is no docx is refused, not repaired") {
    const std::string whole = docx_of(line("{{title}}"));
    struct Row {
        const char* what;
        std::string bytes;
    };
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "<w:sdt>";
    const std::vector<Row> rows{
        {"empty", ""},
        {"text", "Приказ"},
        {"truncated", whole.substr(0, whole.size() / 2)},
        {"no body", pack({{"word/styles.xml", "<w:styles/>"}})},
        {"not XML", pack({{"word/document.xml", "Приказ"}})},
        {"unclosed XML", pack({{"word/document.xml", "<w:document><w:body>"}})},
        {"deep XML", docx_of(deep)},
        {"forged token",
         docx_of("<w:p><w:r><opora:token name=\"x\" paragraph=\"9\"/></w:r></w:p>")},
        {"DTD",
         pack({{"word/document.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" +
                                         document_of(line("&a;"))}})},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        const auto result = fill_template(row.bytes, order(), "t.docx");
        REQUIRE(!result);
        CHECK(result.error().code == "template_not_docx");
    }
}

TEST_CASE("an archive that unpacks beyond the limit is refused") {
    const std::string bomb =
        pack({{"word/media/image1.bin", std::string(package_bytes_max + 1, '0')}});
    CHECK(bomb.size() < 200'000);
    const auto result = fill_template(bomb, order(), "t.docx");
    REQUIRE(!result);
    CHECK(result.error().code == "template_too_large");
}

TEST_CASE("sections nested without end are stopped before they fill the memory") {
    TemplateValues values;
    values.entries["a"] = TemplateValues::List(100);
    std::string body = "x";
    for (int i = 0; i < 8; ++i) body = "{{#a}}" + body + "{{/a}}";
    const auto result = fill_template(docx_of(line(body)), values, "t.docx");
    REQUIRE(!result);
    CHECK(result.error().code == "template_too_large");
}

TEST_CASE("the same template and values give the same bytes") {
    const std::string docx = docx_of(line("{{#schools}}{{name}} {{/schools}}"));
    const auto once = fill_template(docx, order(), "a.docx");
    const auto twice = fill_template(docx, order(), "b.docx");
    REQUIRE(once);
    REQUIRE(twice);
    CHECK(*once == *twice);
}

}  // namespace opora::documents
